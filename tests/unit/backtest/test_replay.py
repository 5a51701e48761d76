from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from factories import quote
from histories import last_season, simulated
from monps.agents import BaseRate, History
from monps.backtest import evaluate, rows_between
from monps.backtest.markets import Closing, score_markets
from monps.errors import NotEnoughData, UsageError
from monps.markets.facts import Facts
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

DAY = timedelta(days=1)


@dataclass
class Given:
    """Forecasts what it was given, three outcomes a match: 1–0, 0–0 or 0–1."""

    outcomes: np.ndarray
    silent: tuple[int, ...] = ()
    name: str = "given"
    refits: int = 7

    def replay(self, _history, wanted):
        self.made = wanted & ~np.isin(np.arange(len(wanted)), self.silent)
        return self

    def grid(self, rows):
        cells = np.zeros((rows.sum(), 15, 15))
        cells[:, [1, 0, 0], [0, 0, 1]] = self.outcomes[rows]
        return ScoreGrid(cells, np.zeros(rows.sum()))


def history_of(happened, *, closing=None, days=None, season=None, competition="E0") -> History:
    """Make a history of matches with these outcomes, by day, and closing odds without a margin."""
    n = len(happened)
    kickoffs = [
        datetime(2024, 8, 3, 15, tzinfo=UTC) + int(day) * DAY for day in (range(n) if days is None else days)
    ]
    columns = {
        "match_id": range(n),
        "competition": competition,
        "season": 2024 if season is None else season,
        "kickoff": kickoffs,
        "known_at": [kickoff + timedelta(hours=3) for kickoff in kickoffs],
        "home": [f"team {number:05}" for number in range(n)],
        "away": [f"guest {number:05}" for number in range(n)],
        "home_goals": (np.asarray(happened) == 0).astype(int),
        "away_goals": (np.asarray(happened) == 2).astype(int),
        "home_half_time_goals": 0,
        "away_half_time_goals": 0,
    }
    offered = (
        []
        if closing is None
        else [(number, quote(odds=tuple(odds), closing=True)) for number, odds in enumerate(1 / closing)]
    )
    return History(MatchTable.from_dataframe(pl.DataFrame(columns)), QuoteTable.from_quotes(offered))


def every(history):
    return np.ones(len(history.matches), dtype=bool)


def drawn(n, seed=1):
    """Draw probabilities, and outcomes that truly follow them."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet((5.0, 3.0, 4.0), n)
    return p, (p.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)


N = 20_000


@pytest.fixture(scope="module")
def truth():
    return drawn(N)


@pytest.fixture(scope="module")
def known(truth):
    """A history whose closing prices are the true probabilities, ten matches a day."""
    p, happened = truth
    return history_of(happened, closing=p, days=np.arange(N) // 10)


@pytest.fixture(scope="module")
def true_forecast(truth, known):
    return evaluate(known, Given(truth[0]), every(known))


def within(found, expected, spread):
    """Whether a mean lies within four standard errors of what theory says."""
    return abs(found - expected) < 4 * np.sqrt(spread / N)


def test_who_knows_the_truth_scores_its_entropy(truth, true_forecast):
    p, _ = truth
    entropy = -(p * np.log(p)).sum(axis=1)
    spread = (p * np.log(p) ** 2).sum(axis=1) - entropy**2
    assert within(true_forecast.log_loss, entropy.mean(), spread.mean())


def test_who_knows_the_truth_scores_the_spread_of_what_may_happen(truth, true_forecast):
    """Expected RPS is the mean of F(1 − F), expected Brier score 1 − Σ p²."""
    p, _ = truth
    below = p.cumsum(axis=1)[:, :2]
    assert within(true_forecast.rps, (below * (1 - below)).mean(), 0.06)
    assert within(true_forecast.brier, (1 - (p**2).sum(axis=1)).mean(), 0.2)


def test_who_knows_the_truth_is_calibrated_up_to_chance(truth, true_forecast):
    """In bins of n/10 matches |observed − forecast| is half-normal: its mean is √(2/π) of its deviation."""
    p, _ = truth
    chance = np.sqrt(2 / np.pi) * np.sqrt((p * (1 - p)).mean(axis=0) / (N / 10)).mean()
    assert chance / 2 < true_forecast.ece < 1.5 * chance


def test_who_knows_as_much_as_the_closing_price_has_no_gap_to_it(true_forecast):
    assert true_forecast.n_priced == N
    for gap in (true_forecast.log_loss_gap, true_forecast.rps_gap):
        assert gap.value == pytest.approx(0.0, abs=1e-9)
        assert gap.interval == pytest.approx((0.0, 0.0), abs=1e-9)


def test_who_draws_at_random_scores_what_theory_says(truth, known):
    """Forecasts uniform on all distributions, p ~ Dirichlet(1, 1, 1), whatever happens.

    Each chance is Beta(1, 2): E(−log p) = ψ(3) − ψ(1) = 3/2; E(p²) = 1/6, so that the Brier score is
    3/6 − 2/3 + 1; and the two cumulative chances err by ((1/2 + 1/6) / 2) after a win of either side, by
    ((1/6 + 1/6) / 2) after a draw.
    """
    _, happened = truth
    random = Given(np.random.default_rng(3).dirichlet((1.0, 1.0, 1.0), N))
    found, draws = evaluate(known, random, every(known)), (happened == 1).mean()
    assert within(found.log_loss, 1.5, 1.25)
    assert within(found.brier, 5 / 6, 0.4)
    assert within(found.rps, (1 - draws) / 3 + draws / 6, 0.06)
    assert found.ece > 0.1
    assert found.log_loss_gap.interval[0] > 0.3


def test_who_knows_nothing_and_says_so_scores_a_third_each(truth, known):
    _, happened = truth
    found = evaluate(known, Given(np.full((N, 3), 1 / 3)), every(known))
    draws = (happened == 1).mean()
    assert found.log_loss == pytest.approx(np.log(3))
    assert found.brier == pytest.approx(2 / 3)
    assert found.rps == pytest.approx((1 - draws) * 5 / 18 + draws / 9)


def test_only_wanted_matches_with_a_forecast_are_judged():
    p, happened = drawn(30)
    history = history_of(happened)
    found = evaluate(history, Given(p, silent=(0, 4, 29)), np.arange(30) < 25)
    assert (found.n, found.wanted, found.abstained, found.refits) == (23, 25, 2, 7)
    judged = np.setdiff1d(np.arange(25), [0, 4])
    assert found.log_loss == pytest.approx(-np.log(p[judged, happened[judged]]).mean())
    assert (found.first_day, found.last_day) == (date(2024, 8, 4), date(2024, 8, 27))
    assert found.forecaster == "given"
    assert found.seconds >= 0


def test_too_few_forecasts_are_not_judged():
    p, happened = drawn(30)
    with pytest.raises(NotEnoughData, match="given has forecasts of 9 of 30 matches"):
        evaluate(history_of(happened), Given(p, silent=tuple(range(9, 30))), np.ones(30, dtype=bool))


def test_parts_are_scored_that_are_large_enough():
    p, happened = drawn(60)
    number = np.arange(60)
    history = history_of(
        happened, season=np.where(number < 25, 1999, 2000), competition=np.where(number < 52, "E0", "SP1")
    )
    found = evaluate(history, Given(p), every(history))
    assert found.competitions == ("E0", "SP1")
    assert {label: card.n for label, card in found.by_competition.items()} == {"E0": 52}
    assert {label: card.n for label, card in found.by_season.items()} == {"1999/00": 25, "2000/01": 35}
    assert found.by_season["1999/00"].log_loss == pytest.approx(-np.log(p[number, happened])[:25].mean())


def test_a_season_of_which_one_day_is_judged_has_no_gap():
    p, happened = drawn(24)
    days = np.where(np.arange(24) < 12, 0, np.arange(24))
    history = history_of(happened, closing=p, days=days, season=np.where(np.arange(24) < 12, 2023, 2024))
    found = evaluate(history, Given(p[::-1]), every(history))
    assert found.log_loss_gap is not None
    assert found.by_season["2023/24"].log_loss_gap is None
    assert found.by_season["2024/25"].log_loss_gap is not None


def test_markets_are_scored_when_asked_for():
    history, wanted = simulated(), last_season(simulated())
    bare, full = (evaluate(history, BaseRate(), wanted, markets=asked) for asked in (False, True))
    assert bare.markets == ()
    table = MatchTable(history.matches.frame.filter(wanted))
    half = table.column("home_half_time_goals"), table.column("away_half_time_goals")
    grid = BaseRate().replay(history, wanted).grid(wanted)
    days = np.floor(table.kickoff_days)
    facts = Facts((table.home_goals, table.away_goals), half)
    told = tuple(score_markets(grid, facts, Closing({}, days)))
    unpriced = {"n_priced": 0, "log_loss_gap": None}
    assert [each.model_copy(update=unpriced) for each in full.markets] == list(told)
    [result] = [each for each in full.markets if each.market == "match_result"]
    assert (result.log_loss, result.ece) == pytest.approx((full.log_loss, full.ece))
    assert result.n_priced == full.n_priced > 0
    assert result.log_loss_gap.value == pytest.approx(full.log_loss_gap.value)


def test_reliability_is_that_of_the_forecasts():
    p, happened = drawn(100)
    found = evaluate(history_of(happened), Given(p), np.ones(100, dtype=bool))
    assert sum(each.count for each in found.reliability if each.outcome == "draw") == 100


TABLE = history_of(
    np.zeros(6, dtype=int), days=[0, 1, 1, 2, 3, 4], competition=["E0", "E0", "E1", "E0", "SP1", "E0"]
).matches


def test_days_are_counted_from_the_first_to_the_last():
    rows = rows_between(TABLE, ["E0"], date(2024, 8, 4), date(2024, 8, 5))
    chosen = TABLE.frame.filter(rows)
    assert chosen["competition"].to_list() == ["E0", "E0"]
    assert chosen["kickoff"].dt.date().to_list() == [date(2024, 8, 4), date(2024, 8, 5)]


def test_several_competitions_may_be_judged_together():
    assert rows_between(TABLE, ("E1", "SP1"), date(2024, 1, 1), date(2025, 1, 1)).sum() == 2


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(UsageError, match="2024-08-05, comes after the last, 2024-08-04"):
        rows_between(TABLE, ["E0"], date(2024, 8, 5), date(2024, 8, 4))


def test_days_without_a_match_are_refused():
    with pytest.raises(NotEnoughData, match="no match of E1, SP1 was played from 2024-08-07 to 2024-08-09"):
        rows_between(TABLE, ["E1", "SP1"], date(2024, 8, 7), date(2024, 8, 9))
