import pytest

SPAN = "--from", "2024/25", "--to", "2526"


@pytest.fixture
def sweep(monps, monkeypatch, tmp_path):
    monkeypatch.setenv("MONPS_CACHE_DIR", str(tmp_path))

    def ask(*more, forecasters=("base_rate", "closing"), span=SPAN):
        named = [word for name in forecasters for word in ("--forecaster", name)]
        return monps("sweep", "-c", "SIM1", "-c", "SIM2", *span, *named, *more)

    return ask


def test_the_answer_has_every_task_and_the_totals(sweep):
    answer = sweep("--json")
    assert (answer.status, answer.err) == (0, "")
    told = answer.json
    assert (told["run"], told["kept"], len(told["results"])) == (8, 0, 8)
    assert {result["season"]["start"] for result in told["results"]} == {2024, 2025}
    base, closing = told["totals"]
    assert (base["forecaster"], closing["forecaster"]) == ("base_rate", "closing")
    assert base["n"] == sum(r["card"]["n"] for r in told["results"] if r["forecaster"] == "base_rate")
    assert base["log_loss_gap"] > closing["log_loss_gap"]


def test_it_agrees_with_a_backtest_of_the_same_season(sweep, monps):
    days = "--from", "2025-07-01", "--to", "2026-06-30"
    [task] = [
        r
        for r in sweep("--json", forecasters=("dixon_coles",)).json["results"]
        if (r["competition"], r["season"]["start"]) == ("SIM2", 2025)
    ]
    tested = monps("backtest", "-c", "SIM2", *days, "--forecaster", "dixon_coles", "--json").json
    assert task["card"] == {name: tested[name] for name in task["card"]}


def test_a_second_sweep_runs_nothing(sweep):
    first, second = (sweep("--json").json for _ in range(2))
    assert (second["run"], second["kept"]) == (0, 8)
    assert second["results"] == first["results"]


def test_a_table_shows_the_totals(sweep):
    answer = sweep(forecasters=("base_rate", "market_memory"))
    assert answer.status == 0
    assert "4 of 4" in answer.out
    assert "0 of 4" in answer.out
    assert answer.out.count("not judged: market_memory, SIM") == 4
    assert "8 tasks run in" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 140


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"forecasters": ("base_rates",)}, "did you mean base_rate"),
        ({"span": ("--from", "2025", "--to", "2526")}, "is not a season"),
        ({"span": ("--from", "2526", "--to", "2425")}, "comes after the last"),
    ],
)
def test_what_makes_no_sense_is_refused(sweep, more, said):
    answer = sweep(**more)
    assert answer.status == 2
    assert said in answer.err


def test_a_scheduler_is_for_dask(sweep):
    answer = sweep("--scheduler", "tcp://127.0.0.1:1")
    assert answer.status == 2
    assert "asks no scheduler" in answer.err


def test_a_scheduler_that_does_not_answer_is_a_failure(sweep, monkeypatch):
    monkeypatch.setattr("monps.runners.dask._SECONDS_TO_ANSWER", 0.5)
    answer = sweep("--runner", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert answer.status == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in answer.err
