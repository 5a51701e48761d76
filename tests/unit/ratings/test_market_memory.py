from datetime import timedelta

import numpy as np
import pytest

from factories import AWAY, HOME, SATURDAY, match, quote
from monps.domain.odds import OddsQuote
from monps.numerics.grid import ScoreGrid
from monps.numerics.inversion import USUAL_RHO
from monps.numerics.low_scores import dixon_coles_grid
from monps.ratings.market_memory import SHARPEST_FIRST, fair_prices, implied_rates, with_implied_goals
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

OTHERS = ("Caldmoor", "Dunholme", "Eastmere")
NOTHING = np.full(3, np.nan)


@pytest.fixture(scope="module")
def matches() -> MatchTable:
    """Three matches, numbered 10, 11, 12."""
    sides = zip((HOME, AWAY, HOME), OTHERS, strict=True)
    played = [
        match(home, away, kickoff=SATURDAY + timedelta(hours=hour)) for hour, (home, away) in enumerate(sides)
    ]
    return MatchTable.from_matches(played, [10, 11, 12])


def quotes(*offered: tuple[int, OddsQuote]) -> QuoteTable:
    return QuoteTable.from_quotes(offered)


def over(grid: ScoreGrid, line: float = 2.5) -> np.ndarray:
    goals = np.add.outer(np.arange(grid.size), np.arange(grid.size)).ravel()
    return grid.cells[:, goals > line].sum(axis=1)


def test_rates_behind_results_and_totals_are_found():
    rng = np.random.default_rng(71)
    home, away, rho = rng.uniform(0.6, 2.6, 200), rng.uniform(0.6, 2.6, 200), rng.uniform(-0.1, 0.02, 200)
    grid = dixon_coles_grid(home, away, rho)
    found = implied_rates(grid.outcomes(), over(grid))
    np.testing.assert_allclose(found, [home, away, rho], atol=1e-5)


def test_without_a_total_the_usual_rho_stands_in():
    grid = dixon_coles_grid(np.array([1.4, 2.2]), np.array([1.1, 0.7]), USUAL_RHO)
    found = implied_rates(grid.outcomes(), np.full(2, np.nan))
    np.testing.assert_allclose(found, [[1.4, 2.2], [1.1, 0.7], [USUAL_RHO] * 2], atol=1e-6)


def test_each_match_is_read_as_it_is_quoted():
    grid = dixon_coles_grid(np.array([1.4, 2.2, 1.0]), np.array([1.1, 0.7, 1.0]), USUAL_RHO)
    results, totals = grid.outcomes(), over(grid)
    results[2], totals[1] = np.nan, np.nan
    found = implied_rates(results, totals)
    np.testing.assert_allclose(found.home, [1.4, 2.2, np.nan], atol=1e-5)
    np.testing.assert_allclose(found.away, [1.1, 0.7, np.nan], atol=1e-5)


def test_prices_that_no_rates_explain_have_none():
    found = implied_rates(np.array([[0.01, 0.98, 0.01]]), np.array([0.9]))
    assert np.isnan(found).all()


def test_no_prices_at_all_have_no_rates():
    assert implied_rates(np.zeros((0, 3)), np.zeros(0)).home.shape == (0,)
    assert np.isnan(implied_rates(np.full((2, 3), np.nan), np.full(2, np.nan))).all()


def test_the_margin_is_removed(matches):
    fair = fair_prices(matches, quotes((10, quote()), (11, quote("totals"))), closing=(False,))
    np.testing.assert_allclose(fair.result.sum(axis=1), [1.0, np.nan, np.nan])
    assert fair.result[0, 0] == pytest.approx(0.5, abs=0.01)
    assert fair.over[1] == pytest.approx(1 / 1.9, abs=0.01)
    np.testing.assert_array_equal(np.isfinite(fair.over), [False, True, False])


def test_the_sharpest_price_is_believed(matches):
    """Each bookmaker quotes one more match than the sharper one before it."""
    odds = {
        name: (2.0, 3.5, 4.0 + place) for place, name in enumerate((*SHARPEST_FIRST[:2], SHARPEST_FIRST[2]))
    }
    offered = [
        (10 + number, quote(odds=odds[name], bookmaker=name))
        for place, name in enumerate(odds)
        for number in range(place + 1)
    ]
    fair = fair_prices(matches, quotes(*offered), closing=(False,)).result
    alone = [
        fair_prices(matches, quotes((10, quote(odds=each))), closing=(False,)).result[0]
        for each in odds.values()
    ]
    np.testing.assert_array_equal(fair, alone)


def test_a_bookmaker_nobody_knows_is_not_believed(matches):
    fair = fair_prices(matches, quotes((10, quote(bookmaker="corner_shop"))), closing=(False,))
    assert np.isnan(fair.result).all()


def test_other_goal_lines_do_not_count(matches):
    fair = fair_prices(matches, quotes((10, quote("totals", line=3.5))), closing=(False,))
    assert np.isnan(fair.over).all()


def test_closing_prices_come_before_sharper_early_ones(matches):
    early, late = quote(odds=(2.0, 3.5, 4.5)), quote(odds=(2.2, 3.4, 3.8), bookmaker="bet365", closing=True)
    both = quotes((10, early), (10, late), (11, early))
    closed, open_ = (
        fair_prices(matches, quotes((10, each)), closing=(each.closing,)).result[0] for each in (late, early)
    )
    fair = fair_prices(matches, both, closing=(True, False)).result
    np.testing.assert_array_equal(fair, [closed, open_, NOTHING])
    np.testing.assert_array_equal(fair_prices(matches, both, closing=(True,)).result[1], NOTHING)


def test_every_match_is_given_the_goals_its_last_prices_stood_for(matches):
    grid = dixon_coles_grid(np.array([1.7]), np.array([0.9]), -0.04)
    totals = over(grid)[0]
    offered = (
        quote(odds=1 / grid.outcomes()[0], closing=True),
        quote("totals", (1 / totals, 1 / (1 - totals))),
    )
    table = with_implied_goals(matches, quotes(*((11, each) for each in offered)))
    assert table.frame["home_implied_goals"].null_count() == 2
    assert table.column("home_implied_goals")[1] == pytest.approx(1.7, abs=1e-4)
    assert table.column("away_implied_goals")[1] == pytest.approx(0.9, abs=1e-4)
    np.testing.assert_array_equal(table.home_goals, matches.home_goals)
