import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MONPS = [sys.executable, "-c", "import sys; from monps.cli import main; sys.exit(main())"]


@pytest.mark.parametrize(
    "command", ["demo", "ingest", "fetch", "fit", "predict", "markets", "teams", "doctor", "db"]
)
def test_help_lists_every_command_and_each_has_an_example(empty, command):
    assert command in empty("--help").out
    pages = {"ingest": "football-data", "fetch": "football-data", "db": "current"}
    page = empty(command, *([pages[command]] if command in pages else []), "--help")
    assert page.status == 0
    assert f"monps {command}" in page.out


@pytest.mark.parametrize(("given", "counts"), [(None, "1"), ("3", "3")])
def test_linear_algebra_takes_one_thread_unless_told_otherwise(empty, monkeypatch, given, counts):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", given or "")
    if given is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert empty("--version").status == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == counts


def test_the_version_is_printed(empty):
    answer = empty("--version")
    assert answer.status == 0
    assert answer.out.startswith("monps 0.")


@pytest.mark.parametrize(
    "words", [["nonsense"], ["predict"], ["fit", "--competition"], ["fit", "--as-of", "soon"]]
)
def test_wrong_usage_ends_with_2(empty, words):
    assert empty(*words).status == 2


def test_teams_are_listed_by_season(monps, country):
    every = monps("teams", "--competition", "SIM1", "--json").json
    season = monps("teams", "--competition", "SIM1", "--season", "2526", "--json").json
    assert season["season"] == "2025/26"
    assert season["teams"] == sorted(set(country.season("SIM1", 2025).home))
    assert set(season["teams"]) < set(every["teams"])
    assert season["teams"][0] in monps("teams", "--competition", "SIM1", "--season", "2025/26").out


def test_a_season_that_was_not_played_has_no_teams(monps):
    assert monps("teams", "--competition", "SIM1", "--season", "0102").status == 1
    assert monps("teams", "--competition", "SIM1", "--season", "0199").status == 2


def test_a_fit_says_what_it_found(monps):
    arguments = ["fit", "--competition", "SIM1", "--as-of", "2026-03-01T00:00:00Z", "--json"]
    found = monps(*arguments).json
    assert found["report"]["converged"]
    assert found["report"]["matches"] > 50
    assert found["strengths"][0].keys() == {"team", "attack", "attack_error", "defence", "defence_error"}
    sums = [team["attack"] + team["defence"] for team in found["strengths"]]
    assert sums == sorted(sums, reverse=True)
    assert monps(*arguments).json == found
    table = monps(*arguments[:-1]).out
    assert all(team["team"] in table for team in found["strengths"])


def test_models_differ(monps):
    since = ["--competition", "SIM1", "--as-of", "2026-03-01T00:00:00Z", "--json"]
    poisson = monps("fit", *since, "--model", "poisson").json["report"]
    assert poisson["shape"] == {}
    assert "rho" in monps("fit", *since).json["report"]["shape"]


def test_markets_are_listed_with_their_rules(empty):
    listed = empty("markets", "--list", "--json").json
    assert sum(len(market["selections"]) for market in listed) >= 130
    assert all(market["rule"].endswith(".") for market in listed)
    families = empty("markets", "--json").json
    assert {row["family"] for row in families} == {market["family"] for market in listed}
    assert "asian_handicap" in empty("markets").out
    assert max(map(len, empty("markets", "--list").out.splitlines())) <= 100


def test_the_doctor_tells_the_truth(monps):
    checks = {check["name"]: check for check in monps("doctor", "--json").json["checks"]}
    assert checks["migrations"]["verdict"] == "ok"
    assert {"python", "disk", "sqlite", "database", "data SIM1", "data SIM2"} <= checks.keys()


def test_the_doctor_finds_an_empty_store_empty(empty):
    answer = empty("doctor", "--json")
    assert answer.status == 0
    assert {check["name"]: check["verdict"] for check in answer.json["checks"]}["migrations"] == "warn"


def test_the_doctor_fails_on_a_file_that_is_no_database(empty):
    Path("monps.sqlite").write_text("this is no database, however long it may be. " * 100)
    answer = empty("doctor", "--json")
    assert answer.status == 1
    assert {check["name"]: check["verdict"] for check in answer.json["checks"]}["database"] == "fail"
    assert empty("teams", "--competition", "SIM1").status == 1


def test_the_schema_goes_up_and_down_and_up(empty):
    head = empty("db", "upgrade", "--json").json["head"]
    assert empty("db", "current", "--json").json["current"] == head
    assert empty("db", "downgrade", "base", "--json").json["current"] is None
    assert "none yet" in empty("db", "current").out
    assert empty("db", "upgrade", "--json").json["current"] == head
    assert empty("db", "upgrade", "nonsense").status == 2


def test_a_setting_that_makes_no_sense_is_named(empty, monkeypatch):
    monkeypatch.setenv("MONPS_LOG_LEVEL", "loud")
    answer = empty("teams", "--competition", "SIM1")
    assert answer.status == 2
    assert "MONPS_LOG_LEVEL='loud'" in answer.err


def test_logs_go_to_standard_error(monps, monkeypatch):
    monkeypatch.setenv("MONPS_LOG_LEVEL", "info")
    monkeypatch.setenv("MONPS_LOG_FORMAT", "json")
    answer = monps("fit", "--competition", "SIM1", "--as-of", "2026-02-01T00:00:00Z", "--json")
    assert '"event":"fitted"' in answer.err.replace(" ", "")
    assert answer.json["report"]["matches"]


def test_the_demo_goes_all_the_way_and_touches_no_store_but_its_own(empty, files):
    answer = empty("demo", "--data", str(files), "--json")
    assert answer.status == 0
    told = answer.json
    assert told["ingestion"]["matches_added"] > 0
    assert told["competition"]["code"] == "SIM1"
    assert told["fit"]["report"]["converged"]
    assert all(f["home_win"] + f["draw"] + f["away_win"] == pytest.approx(1) for f in told["forecasts"])
    scores = {card["forecaster"]: card["log_loss"] for card in told["scorecard"]}
    assert scores["closing"] < scores["base_rate"]
    assert empty("db", "current", "--json").json["current"] is None


def test_the_demo_prints_prices_and_says_what_next(empty, files):
    shown = empty("demo", "--data", str(files)).out
    assert "expected goals" in shown
    assert "Scorecard" in shown
    assert "Betting loses money on average" in shown
    commands = [line.strip() for line in shown.splitlines() if line.startswith("  monps predict")]
    assert commands


@pytest.mark.usefixtures("empty")
def test_a_pipe_that_is_closed_early_is_no_drama():
    running = subprocess.Popen(
        [*MONPS, "markets", "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    running.stdout.readline()
    running.stdout.close()
    with running.stderr as err:
        assert "Traceback" not in err.read()
    running.wait(30)


@pytest.mark.usefixtures("empty")
@pytest.mark.skipif(os.name == "nt", reason="signals are not sent there")
def test_an_interrupt_ends_with_130_and_no_traceback():
    files = Path("cache", "demo", "files")
    running = subprocess.Popen([*MONPS, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if files.exists():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in err


def test_a_fault_of_ours_asks_for_a_report(empty, tmp_path, monkeypatch):
    monkeypatch.setenv("MONPS_CACHE_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    answer = empty("demo")
    assert answer.status == 1
    assert answer.err.startswith("error: ")
    assert "Traceback" not in answer.err
    assert "Traceback" in empty("--debug", "demo").err
