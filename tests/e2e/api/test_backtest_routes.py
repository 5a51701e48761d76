"""Backtests as jobs: begun in a process of their own, watched, cancelled, and begun anew."""

import json
import time
from datetime import timedelta

import pytest

from fakes import NOON, FakeClock
from monps.services import jobs

V1 = "/api/v1"
ASKED = {
    "competitions": ["SIM1"], "first_day": "2025-08-01", "last_day": "2026-02-01", "forecaster": "base_rate"
}  # fmt: skip


def wait_until(client, where, condition, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = client.get(where).json()
        if condition(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"still {job}")


def test_a_backtest_is_run_and_answers_as_the_command_does(serve, monps):
    client = serve()
    answer = client.post(f"{V1}/backtest", json=ASKED)
    assert answer.status_code == 202
    where = answer.headers["location"]
    assert (answer.json()["state"], where) == ("queued", f"{V1}/backtest/{answer.json()['job_id']}")
    job = wait_until(client, where, lambda job: job["finished_at"])
    assert (job["state"], job["progress"], job["attempts"], job["error"]) == ("done", 1.0, 1, None)
    days = ["--from", ASKED["first_day"], "--to", ASKED["last_day"]]
    told = monps("backtest", "-c", "SIM1", "-f", "base_rate", *days, "--json").json
    same = set(told) - {"seconds"}
    assert {name: job["result"][name] for name in same} == {name: told[name] for name in same}
    events = client.get(f"{V1}/audit", params={"entity_type": "backtest"}).json()["events"]
    assert [event["event_type"] for event in events] == ["backtest.done", "backtest.begun", "backtest.queued"]
    assert events[-1]["actor"] == "local"
    again = client.post(f"{where}/cancel")
    assert (again.status_code, again.json()["error_code"]) == (409, "CONFLICT")


def test_bets_are_replayed_as_the_command_does(serve, monps):
    client = serve()
    where = client.post(f"{V1}/backtest", json=ASKED | {"stake": "flat"}).headers["location"]
    job = wait_until(client, where, lambda job: job["finished_at"])
    assert job["state"] == "done", job["error"]
    days = ["--from", ASKED["first_day"], "--to", ASKED["last_day"]]
    told = monps("backtest", "-c", "SIM1", "-f", "base_rate", *days, "--stake", "flat", "--json").json
    assert {"bets", "yield", "clv", "drawdown"} <= job["result"].keys()
    same = set(told) - {"seconds", "betting"}
    assert {name: job["result"][name] for name in same} == {name: told[name] for name in same}


def test_a_job_that_cannot_be_done_says_why(serve):
    client = serve()
    early = {"first_day": "1999-08-01", "last_day": "1999-09-01"}
    where = client.post(f"{V1}/backtest", json=ASKED | early).headers["location"]
    job = wait_until(client, where, lambda job: job["finished_at"])
    assert job["state"] == "failed"
    assert "no match of SIM1" in job["error"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"competitions": ["XX1"]}, "UNKNOWN_NAME"),
        ({"forecaster": "base_rat"}, "UNKNOWN_NAME"),
        ({"stake": "kely"}, "UNKNOWN_NAME"),
    ],
)
def test_names_that_are_not_known_are_refused_with_the_nearest(serve, wrong, code):
    answer = serve().post(f"{V1}/backtest", json=ASKED | wrong)
    assert (answer.status_code, answer.json()["error_code"]) == (404, code)
    assert "did you mean" in answer.json()["detail"]


def test_there_is_no_such_job(api):
    for method, path in (("get", "/backtest/7"), ("post", "/backtest/7/cancel")):
        answer = getattr(api, method)(V1 + path)
        assert (answer.status_code, answer.json()["error_code"]) == (404, "BACKTEST_NOT_FOUND")


@pytest.fixture(params=["silent", "talking"])
def held(request, serve, monkeypatch):
    """A service whose jobs take their time; some tell of every step, without a pause."""
    how = {"silent": never_ends, "talking": never_stops_telling}[request.param]
    monkeypatch.setattr("monps.api.background.run_job", how)
    return serve()


def never_ends(_application, _request, pipe):
    from monps.api.background import Told  # noqa: PLC0415 - in another process

    pipe.send(Told("stage", ("forecasting", 0.4)))
    time.sleep(120)


def never_stops_telling(_application, _request, pipe):
    from monps.api.background import Told  # noqa: PLC0415 - in another process

    until = time.monotonic() + 120
    while time.monotonic() < until:
        pipe.send(Told("stage", ("forecasting", 0.4)))
        time.sleep(0.01)


def test_a_running_job_shows_progress_and_can_be_cancelled(held):
    where = held.post(f"{V1}/backtest", json=ASKED).headers["location"]
    running = wait_until(held, where, lambda job: job["progress"])
    assert (running["state"], running["stage"], running["progress"]) == ("running", "forecasting", 0.4)
    waiting = held.post(f"{V1}/backtest", json=ASKED).headers["location"]
    assert held.post(f"{waiting}/cancel").json()["state"] == "cancelled"
    assert held.post(f"{where}/cancel").json()["cancel_wanted"]
    job = wait_until(held, where, lambda job: job["finished_at"])
    assert (job["state"], job["result"]) == ("cancelled", None)
    page = held.get(f"{V1}/backtest", params={"state": "cancelled"}).json()
    assert page["total"] == 2


def test_a_job_waits_again_when_the_service_is_shut_down(held):
    where = held.post(f"{V1}/backtest", json=ASKED).headers["location"]
    wait_until(held, where, lambda job: job["progress"])
    held.__exit__(None, None, None)
    with held.application.open_work() as work:
        job = work.jobs.all()[0]
    assert (job.state, job.attempts) == ("queued", 0)
    held.__enter__()


def test_a_job_whose_process_was_lost_is_begun_anew_but_not_for_ever(serve):
    clock = FakeClock()
    open_work = serve(clock=clock).application.open_work
    request = jobs.BacktestRequest.model_validate_json(json.dumps(ASKED))
    with open_work(write=True) as work:
        lost = work.jobs.add(request, "desk", NOON)
        running = {"state": "running", "attempts": 1, "started_at": NOON, "seen_at": NOON}
        work.jobs.replace(lost.model_copy(update=running))
        work.commit()
    assert jobs.claim_backtest(open_work, now=NOON + timedelta(seconds=30)) is None
    later = NOON
    for attempt in (2, 3):
        later += timedelta(seconds=31)
        assert jobs.claim_backtest(open_work, now=later).attempts == attempt
    assert jobs.claim_backtest(open_work, now=later + timedelta(seconds=31)) is None
    job = jobs.show_backtest(open_work, lost.job_id)
    assert (job.state, job.error) == ("failed", "its process was lost 3 times")
