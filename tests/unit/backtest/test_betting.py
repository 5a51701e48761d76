"""Betting replayed on a league whose truth is known."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from factories import dixon_coles_grid, match_table, quote, rates
from monps.agents import Forecast, History
from monps.backtest.arena import arena_of, errors_of
from monps.backtest.betting import bet_by
from monps.backtest.kept import keep, pack_forecast, unpack_forecast
from monps.backtest.play import play
from monps.backtest.rules import CHOICES, BettingRule
from monps.brain.pool import PooledForecast
from monps.domain.odds import QUOTED_SELECTIONS
from monps.domain.stakes import Limits
from monps.errors import ShapeError
from monps.markets.pricing import price
from monps.numerics.grid import ScoreGrid
from monps.staking import Flat, Kelly, MatchKelly, Percentage
from monps.staking.value import ValueRule
from monps.tables.quotes import QuoteTable
from offers import MARKETS

EAGER = ValueRule(least_value=0.0, caution=0.0)
WIDE = Limits(per_bet=1, per_match=1, per_day=1, per_competition=1, drawdown_stop=1, daily_loss=1)
SMALL = Flat(unit=0.0001)
MARGIN = 1.05


@dataclass(frozen=True)
class Known:
    """A forecast that is given."""

    given: ScoreGrid
    made: np.ndarray
    refits: int = 0

    def grid(self, rows):
        return self.given[rows]


def world(seed, margin=MARGIN, noise=0.03, seasons=4):
    """Return a history, the true grids, and quotes: early ones around the truth, closing ones at it."""
    rng = np.random.default_rng(seed)
    table, truth = match_table(16, seasons, rng)
    frame = table.frame
    grid = dixon_coles_grid(
        rates(truth, truth_index(frame["home"], truth), truth_index(frame["away"], truth)), truth.rho
    )
    sheet = price(grid, MARKETS)
    quotes = []
    for row, (match_id, kickoff) in enumerate(frame.select("match_id", "kickoff").iter_rows()):
        for key in MARKETS:
            columns = [sheet.places[s] for s in sheet.selections if s.market == key]
            fair = sheet.probability[row, columns]
            for name, closing, spread in (
                ("average", False, noise),
                ("bet365", False, noise),
                ("pinnacle", True, 0.0),
            ):
                p = fair * np.exp(rng.normal(0, spread, len(fair)))
                odds = (1.0 / (p / p.sum() * margin)).tolist()
                known = kickoff - timedelta(days=0 if closing else 1, minutes=1)
                quotes.append(
                    (
                        match_id,
                        quote(
                            key.family, odds, bookmaker=name, line=key.line, closing=closing, known_at=known
                        ),
                    )
                )
    return History(table, QuoteTable.from_quotes(quotes)), grid


def truth_index(names, truth):
    return np.array([truth.teams.index(name) for name in names])


@pytest.fixture(scope="module")
def played():
    return world(1)


@pytest.fixture(scope="module")
def arena(played):
    history, grid = played
    everything = np.ones(len(grid), dtype=bool)
    return arena_of(history, Known(grid, everything), everything, history.quotes)


def rule(**changed):
    return BettingRule(**({"stake": SMALL, "value": EAGER, "limits": WIDE, "initial": "100000"} | changed))


def test_random_bets_lose_about_the_margin(arena):
    report, _ = bet_by(arena, rule(choice="random"))
    low, high = report.yield_.interval
    assert report.bets == report.matches
    assert low < 1 / MARGIN - 1 < high
    assert report.clv.value == pytest.approx(report.closing_line_value.null, abs=0.01)
    assert report.closing_line_value.null == pytest.approx(1 / MARGIN - 1, abs=0.02)


def test_everything_on_offer_loses_the_margin_and_its_line_is_the_null(arena):
    report, _ = bet_by(arena, rule(choice="everything", stake=Flat(unit=0.00001)))
    assert report.yield_.value == pytest.approx(1 / MARGIN - 1, abs=0.02)
    assert report.clv.value == pytest.approx(report.closing_line_value.null)


def test_who_knows_the_truth_wins_where_there_is_no_margin():
    history, grid = world(2, margin=1.0, noise=0.08)
    everything = np.ones(len(grid), dtype=bool)
    report, _ = bet_by(arena_of(history, Known(grid, everything), everything, history.quotes), rule())
    assert report.yield_.interval[0] > 0
    assert report.clv.interval[0] > 0
    assert report.closing_line_value.null == pytest.approx(0, abs=0.01)
    assert all(abs(bar.forecast - bar.observed) < 0.15 for bar in report.calibration)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize(
    "stake", [SMALL, Percentage(unit=0.001), Kelly(), MatchKelly()], ids=lambda s: s.name
)
def test_the_books_balance_whatever_the_rule(arena, choice, stake):
    chosen = rule(choice=choice, stake=stake, limits=Limits())
    report, found = bet_by(arena, chosen)
    cents = lambda money: int((money * 100).to_integral_value())  # noqa: E731
    assert cents(report.profit) == round(100 * found.profits.sum())
    assert report.won + report.half_won + report.void + report.half_lost + report.lost == report.bets
    assert (found.stakes > 0).all()
    assert (np.diff(found.days) >= 0).all()
    for cuts in report.by.values():
        assert sum(cut.bets for cut in cuts.values()) == report.bets
        assert sum(cut.profit for cut in cuts.values()) == report.profit
    bets = report.bets + sum(report.not_taken.values())
    if choice == "value":
        assert bets == report.offers


def test_controls_say_when_they_bit(arena):
    tight = Limits(per_bet=0.002, per_match=0.003, per_day=0.004, drawdown_stop=0.02)
    report, found = bet_by(arena, rule(choice="random", stake=Percentage(unit=0.05), limits=tight))
    assert {"per_bet", "per_day", "drawdown_stop"} <= set(report.controls)
    assert report.not_taken["control"] > 0
    assert report.drawdown.share < 0.03
    shares = found.stakes / 100_000
    assert shares.max() <= 0.002 + 1e-9


def test_flat_stakes_stay_the_same_and_percentages_follow_the_bankroll(arena):
    flat, share = (
        bet_by(arena, rule(choice="home", stake=stake))[1]
        for stake in (Flat(unit=0.001), Percentage(unit=0.001))
    )
    assert set(flat.stakes) == {100.0}
    before = np.concatenate([[100_000.0], share.wealth[:-1]])[np.searchsorted(share.wealth_days, share.days)]
    np.testing.assert_allclose(share.stakes, before * 0.001, atol=0.011)


def test_later_results_do_not_change_earlier_bets(arena):
    """The future is scrambled: what was bet until then, and how much, stays as it was."""
    half = len(arena.grid) // 2
    day = arena.days[half]
    settled = arena.settled.copy()
    settled[:, arena.days >= day] *= -1.0
    chosen = rule(stake=Kelly(), limits=Limits())
    first, other = play(arena, chosen), play(replace(arena, settled=settled), chosen)
    past, again = first.days <= day, other.days <= day
    assert past.sum() > 50
    np.testing.assert_array_equal(first.stakes[past], other.stakes[again])
    np.testing.assert_array_equal(first.offers.odds[past], other.offers.odds[again])


def test_prices_of_the_day_and_later_are_not_taken(arena):
    assert (arena.offers.quoted_at < arena.as_of[arena.offers.match] + 86_400_000_000).all()
    assert set(arena.offers.bookmakers) == {"average", "bet365"}


def test_prices_are_whose_they_should_be(arena):
    for name, books in (
        ("average", {"average"}),
        ("books", {"bet365"}),
        ("bet365", {"bet365"}),
        ("pinnacle", set()),
    ):
        found = play(arena, rule(choice="random", price=name))
        assert {found.offers.bookmakers[place] for place in found.offers.bookmaker} == books


def test_markets_may_be_left_out(arena):
    found = play(arena, rule(choice="everything", markets=("totals",)))
    assert {found.offers.selections[place].market.family for place in found.offers.selection} == {"totals"}
    families = set(bet_by(arena, rule(choice="random"))[0].by["market"])
    assert families == set(QUOTED_SELECTIONS) - {"both_teams_to_score"}


def test_a_rule_without_bets_reports_nothing_lost(arena):
    report, _ = bet_by(arena, rule(value=ValueRule(least_value=5.0)))
    assert (report.bets, report.yield_, report.clv, report.mean_odds) == (0, None, None, None)
    assert report.profit == Decimal("0.00")
    assert (report.drawdown.share, report.calibration, report.equity) == (0.0, (), ())
    assert report.not_taken == {"no_edge": report.offers}


def test_matches_without_a_forecast_or_a_result_are_not_bet_on(played):
    history, grid = played
    made = np.arange(len(grid)) % 2 == 0
    frame = history.matches.frame.with_columns(
        home_goals=pl.when(pl.int_range(pl.len()) % 4 != 0).then(pl.col("home_goals"))
    )
    history = replace(history, matches=type(history.matches)(frame))
    arena = arena_of(history, Known(grid, made), np.ones(len(grid), dtype=bool), history.quotes)
    assert len(arena.grid) == made.sum()
    found = play(arena, rule(choice="random"))
    assert 0 < len(found.stakes) <= made.sum() // 2
    assert set(found.offers.match % 2) == {1}


def test_a_forecast_that_says_how_sure_it_is_is_heard(played):
    history, grid = played
    rows = np.ones(len(grid), dtype=bool)

    @dataclass(frozen=True)
    class Unsure(Known):
        errors: np.ndarray | None = None

    unsure = Unsure(grid, rows, errors=np.full((len(grid), 2), 0.2))
    assert errors_of(unsure, rows)[0].tolist() == [0.2, 0.2]
    assert not errors_of(Known(grid, rows), rows).any()
    careful = rule(value=ValueRule(least_value=0.0, caution=2.0))
    bold = play(arena_of(history, Known(grid, rows), rows, history.quotes), careful)
    shy = play(arena_of(history, unsure, rows, history.quotes), careful)
    assert len(shy.stakes) < len(bold.stakes)
    assert shy.not_taken["uncertain"] > 0


def test_rules_are_told_apart_by_their_digest():
    digests = {rule(**changed).digest for changed in ({}, {"price": "best"}, {"stake": Kelly()}, {"seed": 2})}
    assert len(digests) == 4
    assert rule().digest == rule().digest
    assert rule(stake=Flat(unit=0.01)).digest != rule(stake=Percentage(unit=0.01)).digest
    assert (rule().label, rule(choice="home").label) == ("flat", "home")


def test_a_pool_is_as_unsure_as_its_members_disagree():
    nu = np.ones(3)
    members = tuple(Forecast(np.array(home), nu, nu * 0) for home in ([1.0, 1.0, np.nan], [1.0, 2.0, 2.0]))
    pool = PooledForecast(members, np.array([[0.5, 0.5], [0.5, 0.5], [0.0, 1.0]]), 0)
    found = errors_of(pool, np.ones(3, dtype=bool))
    np.testing.assert_allclose(found, [[0.0, 0.0], [np.log(2.0) / 2, 0.0], [0.0, 0.0]], atol=1e-12)


def test_kept_forecasts_come_back_as_they_were(played):
    _, grid = played
    made = np.arange(len(grid)) % 3 != 0
    kept = keep(Known(grid, made), np.arange(len(grid)) > 5)
    again = unpack_forecast(pack_forecast(kept))
    rows = np.zeros(len(grid), dtype=bool)
    rows[[7, 8, 10]] = True
    np.testing.assert_array_equal(again.grid(rows).probabilities, grid[rows].probabilities)
    np.testing.assert_array_equal(again.made, kept.made)
    assert again.refits == 0
    rows[9] = True
    with pytest.raises(ShapeError, match="without a forecast"):
        again.grid(rows)
