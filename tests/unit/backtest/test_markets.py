import numpy as np
import pytest

from factories import score_grid
from monps.backtest.markets import Closing, _decided_markets, score_markets
from monps.domain.market import MarketKey
from monps.evaluation import Outcomes, score_market
from monps.markets.catalogue import listed
from monps.markets.facts import Facts
from monps.numerics.grid import ScoreGrid

N = 400
UNPRICED = Closing({}, np.zeros(N))


@pytest.fixture(scope="module")
def grid() -> ScoreGrid:
    return score_grid(N, np.random.default_rng(1))


@pytest.fixture(scope="module")
def facts(grid) -> Facts:
    """Scores drawn from the grids, each goal before half-time with a chance of 0.45."""
    rng = np.random.default_rng(2)
    places = (grid.cells.cumsum(axis=1) < rng.random((N, 1))).sum(axis=1)
    final = tuple(side.astype(float) for side in np.divmod(places, grid.size))
    half = tuple(rng.binomial(side.astype(int), 0.45).astype(float) for side in final)
    return Facts(final, half)


@pytest.fixture(scope="module")
def scores(grid, facts):
    return {found.market: found for found in score_markets(grid, facts, UNPRICED)}


def by_hand(name, forecast, happened):
    return score_market(name, Outcomes(forecast, happened, np.full_like(forecast, np.nan), UNPRICED.days))


def test_totals_by_hand(grid, facts, scores):
    goals = np.add.outer(np.arange(grid.size), np.arange(grid.size)).ravel()
    over = grid.cells[:, goals > 2.5].sum(axis=1)
    home, away = facts.full_time
    known = by_hand("totals 2.5", np.stack([over, 1 - over], axis=1), (home + away < 2.5).astype(int))
    assert scores["totals 2.5"].model_dump() == pytest.approx(known.model_dump())


def test_the_result_is_that_of_the_scorecard(grid, facts, scores):
    home, away = facts.full_time
    known = by_hand("match_result", grid.outcomes(), (1 - np.sign(home - away)).astype(int))
    assert scores["match_result"].model_dump() == pytest.approx(known.model_dump())


def test_where_one_selection_wins_is_scored_and_nothing_else(scores):
    assert {"both_teams_to_score", "correct_score", "totals 0.5", "asian_handicap -0.5"} <= scores.keys()
    stakes_given_back = {"totals 2", "totals 2.25", "asian_handicap 0", "draw_no_bet"}
    several_win = {"double_chance"}
    assert not (stakes_given_back | several_win) & scores.keys()


def test_every_market_that_is_scored_decides_every_score(grid):
    for key in _decided_markets(grid.size):
        assert isinstance(key, MarketKey)
    assert set(_decided_markets(grid.size)) < set(listed())


def test_forecasts_that_are_true_beat_the_base_rate(scores):
    gains = [found.base_log_loss - found.log_loss for found in scores.values() if found.base_log_loss > 0.5]
    assert np.median(gains) > 0.0


def test_unknown_half_times_leave_out_the_markets_on_halves(grid, facts):
    for missing, kept in ((3, True), (40, False)):
        lost = np.arange(N) < missing
        half = tuple(np.where(lost, np.nan, side) for side in facts.half_time)
        found = {each.market: each for each in score_markets(grid, Facts(facts.full_time, half), UNPRICED)}
        assert ("half_time_full_time" in found) is kept
        assert found["totals 2.5"].n == N
        if kept:
            assert found["half_time_full_time"].n == N - missing
