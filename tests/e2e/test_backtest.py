import pytest

from monps.brain import FORECASTERS

SPAN = ["--from", "2025-08-01", "--to", "2026-03-01"]
SCORES = ("n", "rps", "log_loss", "brier", "ece", "rps_gap", "log_loss_gap")


@pytest.fixture
def backtest(monps):
    def ask(*more, competitions=("SIM1",), forecaster="bookmakers", span=SPAN):
        codes = [word for code in competitions for word in ("--competition", code)]
        return monps("backtest", *codes, *span, "--forecaster", forecaster, *more)

    return ask


def test_the_answer_has_the_keys_that_scripts_rely_on(backtest, country):
    answer = backtest("--json", competitions=("SIM1", "SIM2"))
    assert answer.status == 0
    assert answer.err == ""
    told = answer.json
    assert {*SCORES, "by_competition", "by_season", "seconds", "refits"} <= told.keys()
    for card in (told, told["by_competition"]["SIM2"], told["by_season"]["2025/26"]):
        low, high = card["rps_gap"]["interval"]
        assert low <= card["rps_gap"]["value"] <= high
        assert len(card["log_loss_gap"]["interval"]) == 2
    assert told["forecaster"] == "bookmakers"
    assert told["competitions"] == ["SIM1", "SIM2"]
    played = sum(len(country.season(code, 2025).home) for code in told["competitions"])
    assert 0 < told["n"] == told["wanted"] - told["abstained"] < played
    assert sum(card["n"] for card in told["by_competition"].values()) == told["n"]
    assert "2025-08-01" <= told["first_day"] < told["last_day"] <= "2026-03-01"
    assert {"match_result", "totals 2.5", "correct_score"} <= {each["market"] for each in told["markets"]}
    assert {each["outcome"] for each in told["reliability"]} == {"home", "draw", "away"}


@pytest.mark.parametrize(
    "forecaster", sorted(FORECASTERS.keys() - {"market_memory", "style", "elo", "pi_ratings"})
)
def test_every_forecaster_that_needs_no_earlier_seasons_can_be_judged(backtest, forecaster):
    told = backtest("--json", forecaster=forecaster).json
    assert (told["forecaster"], told["abstained"]) == (forecaster, 0)


def test_the_same_call_gives_the_same_numbers(backtest):
    first, second = (backtest("--json").json for _ in range(2))
    assert {key: first[key] for key in first if key != "seconds"} == {
        key: second[key] for key in second if key != "seconds"
    }


def test_the_market_knows_more_than_the_base_rate(backtest):
    base, prices = (backtest("--json", forecaster=name).json for name in ("base_rate", "closing"))
    assert prices["log_loss"] < base["log_loss"]
    assert base["log_loss_gap"]["value"] > prices["log_loss_gap"]["value"]


def test_the_tables_fit_and_show_the_same(backtest):
    answer, told = backtest(), backtest("--json").json
    assert max(map(len, answer.out.splitlines())) <= 100
    assert f"{told['log_loss']:.4f}" in answer.out
    assert f"{told['rps']:.5f}" in answer.out
    for heading in ("By competition", "By season", "2025/26", "Markets", "no forecast for 0 of"):
        assert heading in answer.out
    assert answer.err == ""


def test_an_unknown_forecaster_is_offered_those_there_are(backtest):
    near = backtest(forecaster="bookmaker")
    assert near.status == 2
    assert "bookmakers" in near.err
    far = backtest(forecaster="crystal_ball")
    assert far.status == 2
    assert all(name in far.err for name in FORECASTERS)


def test_an_unknown_competition_is_refused(backtest):
    answer = backtest(competitions=("SIM1", "SIM8"))
    assert answer.status == 2
    assert "SIM8" in answer.err


def test_an_empty_store_has_nothing_to_judge(empty):
    answer = empty("backtest", "--competition", "SIM1", *SPAN, "--forecaster", "base_rate")
    assert answer.status == 1
    assert "ingest" in answer.err


def test_days_without_matches_have_nothing_to_judge(backtest):
    answer = backtest(span=["--from", "2001-08-01", "--to", "2002-06-30"])
    assert answer.status == 1
    assert "no match of SIM1 was played from 2001-08-01 to 2002-06-30" in answer.err


def test_who_needs_more_seasons_says_so(backtest):
    answer = backtest(forecaster="market_memory", span=["--from", "2024-08-01", "--to", "2024-10-01"])
    assert answer.status == 1
    assert "more earlier seasons" in answer.err


@pytest.mark.parametrize(
    "span",
    [
        ["--from", "2025-08-01", "--to", "2024-08-01"],
        ["--from", "August", "--to", "2026-03-01"],
        ["--from", "2025-08-01"],
    ],
)
def test_days_that_make_no_span_are_refused(backtest, span):
    assert backtest(span=span).status == 2


@pytest.mark.parametrize(("name", "begins"), [("scores.svg", b"<?xml"), ("scores.png", b"\x89PNG")])
def test_a_picture_is_drawn(backtest, tmp_path, name, begins):
    answer = backtest("--plot", str(tmp_path / name), "--json")
    assert answer.status == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert answer.json["n"]


@pytest.mark.parametrize("name", ["scores.pdf", "nowhere/scores.png"])
def test_what_cannot_be_a_picture_is_refused_before_the_work(backtest, tmp_path, name):
    answer = backtest("--plot", str(tmp_path / name), forecaster="nobody")
    assert answer.status == 2
    assert "nobody" not in answer.err
    assert not (tmp_path / name).exists()


BET = ["--stake", "kelly", "--price", "books", "--caution", "0", "--least-value", "0"]


def test_bets_are_replayed_with_intervals(own):
    words = ["backtest", "-c", "SIM1", *SPAN, "-f", "dixon_coles", *BET]
    told = own(*words, "--json").json
    assert {"bets", "yield", "clv", "drawdown", "betting"} <= told.keys()
    assert told["bets"] > 0
    for name in ("yield", "clv"):
        low, high = told[name]["interval"]
        assert low <= told[name]["value"] <= high
    low, high = told["drawdown"]["interval"]
    assert 0 <= low <= high <= 1
    again = own(*words, "--json").json
    assert again["betting"]["profit"] == told["betting"]["profit"]
    table = own(*words)
    for heading in ("Betting by kelly at books odds", "By season", "Not bet on", "rules ever tried"):
        assert heading in table.out
    assert max(map(len, table.out.splitlines())) <= 100


def test_the_bankroll_is_drawn(own, tmp_path):
    answer = own("backtest", "-c", "SIM1", *SPAN, "-f", "dixon_coles", *BET, "--plot", "bets.svg", "--json")
    assert answer.status == 0
    assert (tmp_path / "bets.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    "words",
    [["--stake", "martingale"], ["--stake", "flat", "--choice", "all"], ["--stake", "flat", "--price", "no"]],
)
def test_unknown_rules_are_refused(own, words):
    answer = own("backtest", "-c", "SIM1", *SPAN, "-f", "dixon_coles", *words)
    assert answer.status == 2
    assert words[-1] in answer.err
