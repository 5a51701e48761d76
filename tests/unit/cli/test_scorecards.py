import io
from datetime import date

import pytest
from rich.console import Console

from monps.cli import scorecards
from monps.domain.evaluation import Estimate, Evaluation, MarketScore, Scorecard

CARD = Scorecard(
    n=1234,
    log_loss=0.98765,
    rps=0.198768,
    brier=0.58765,
    ece=0.0123,
    n_priced=1200,
    log_loss_gap=Estimate(value=0.01234, interval=(-0.001, 0.02)),
    rps_gap=Estimate(value=-0.001234, interval=(-0.002, -0.0005)),
)
EVALUATION = Evaluation(
    **dict(CARD),
    forecaster="goals",
    competitions=("E0", "SP1"),
    first_day=date(2022, 8, 5),
    last_day=date(2024, 5, 19),
    wanted=1300,
    abstained=66,
    refits=4321,
    seconds=2.34,
    by_competition={"E0": CARD},
    by_season={"2022/23": CARD.model_copy(update={"log_loss_gap": None, "rps_gap": None})},
    markets=(
        MarketScore(market="totals 2.5", n=1234, log_loss=0.67, base_log_loss=0.69, ece=0.01),
        MarketScore(market="minutes_1_15 totals 0.5", n=1234, log_loss=0.6, base_log_loss=0.6, ece=0.01),
    ),
)


@pytest.fixture
def shown():
    page = io.StringIO()

    def show(what, *found):
        what(Console(file=page, width=120, highlight=False), *found)
        return page.getvalue()

    return show


def test_a_backtest_shows_all_its_parts(shown):
    text = shown(scorecards.show_evaluation, EVALUATION)
    assert "goals, walk-forward, 2022-08-05 to 2024-05-19" in text
    for figure in ("1,234", "0.9877", "0.19877", "0.5877", "0.0123", "+0.0123 [-0.0010, +0.0200]"):
        assert figure in text
    assert "-0.00123 [-0.00200, -0.00050]" in text
    assert "4,321 refits in 2.3 s; no forecast for 66 of 1,300 matches" in text
    assert "lower is better" in text


def test_where_there_is_no_gap_there_is_a_dash(shown):
    text = shown(scorecards.show_evaluation, EVALUATION)
    [row] = [line for line in text.splitlines() if "2022/23" in line]
    assert row.split()[-2:] == ["-", "-"]


def test_markets_are_shown_with_what_they_gain_over_the_base_rate(shown):
    text = shown(scorecards.show_evaluation, EVALUATION)
    [row] = [line for line in text.splitlines() if "totals 2.5" in line]
    assert row.split() == ["totals", "2.5", "1,234", "0.6700", "-0.0200", "0.0100"]
    assert "minutes_1_15" not in text


def test_without_markets_there_is_no_such_table(shown):
    text = shown(scorecards.show_evaluation, EVALUATION.model_copy(update={"markets": ()}))
    assert "Markets" not in text


def test_forecasters_stand_side_by_side(shown):
    other = EVALUATION.model_copy(update={"forecaster": "base_rate"})
    text = shown(scorecards.show_side_by_side, [EVALUATION, other])
    rows = [line.split()[0] for line in text.splitlines() if "0.9877" in line]
    assert rows == ["goals", "base_rate"]


def test_nobody_side_by_side_is_nothing_to_show(shown):
    assert shown(scorecards.show_side_by_side, []) == ""
