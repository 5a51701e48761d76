import numpy as np
import pytest

from factories import score_grid
from monps.backtest.markets import Closing, score_markets
from monps.domain.market import MarketKey
from monps.errors import ShapeError
from monps.evaluation.settled import one_wins, settled_calibration, settled_losses, settled_shares
from monps.markets.catalogue import market
from monps.markets.facts import Facts
from monps.markets.pricing import price

N = 400
GRID = score_grid(N, np.random.default_rng(1))


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Scores drawn from the grids."""
    drawn = (GRID.cells.cumsum(axis=1) < np.random.default_rng(2).random((N, 1))).sum(axis=1)
    return Facts.of_scores(*np.divmod(np.minimum(drawn, GRID.size**2 - 1), GRID.size))


def both(family: str, facts: Facts, line: float | None = None) -> tuple[np.ndarray, np.ndarray]:
    key = MarketKey(family, line)
    return price(GRID, [key]).probability, market(key).settle(facts)


def test_where_one_selection_wins_it_is_the_score_of_the_backtest(facts):
    unpriced = Closing({}, np.zeros(N))
    known = {found.market: found for found in score_markets(GRID, facts, unpriced)}
    for family, line in (("match_result", None), ("totals", 2.5), ("correct_score", None)):
        chances, settled = both(family, facts, line)
        score = known[str(MarketKey(family, line))]
        base = np.broadcast_to(settled_shares(settled), chances.shape)
        assert settled_losses(chances, settled).mean() == pytest.approx(score.log_loss)
        assert settled_losses(base, settled).mean() == pytest.approx(score.base_log_loss)
        assert settled_calibration(chances, settled) == pytest.approx(score.ece)


def test_stakes_given_back_are_left_out_and_half_stakes_count_half(facts):
    home, away = facts.full_time
    chances, settled = both("draw_no_bet", facts)
    losses = settled_losses(chances, settled)
    np.testing.assert_array_equal(np.isnan(losses), home == away)
    assert losses[home > away] == pytest.approx(-np.log(chances[home > away, 0]))
    chances, settled = both("asian_handicap", facts, -0.25)
    assert settled_losses(chances, settled)[home == away] == pytest.approx(
        -0.5 * np.log(chances[home == away, 1])
    )
    assert settled_calibration(chances, settled) is None


def test_with_several_winners_every_selection_is_a_question(facts):
    chances, settled = both("double_chance", facts)
    assert not one_wins(settled)
    by_hand = [-np.log(np.where(won > 0, p, 1 - p)) for p, won in zip(chances.T, settled, strict=True)]
    assert settled_losses(chances, settled) == pytest.approx(np.mean(by_hand, axis=0))


@pytest.mark.parametrize(("family", "line"), [("totals", 2.25), ("double_chance", None), ("totals", 3.0)])
def test_no_constant_beats_the_share_that_was_won(facts, family, line):
    chances, settled = both(family, facts, line)
    best = np.broadcast_to(settled_shares(settled), chances.shape)
    for moved in (best + 0.03, best - 0.03):
        assert np.nanmean(settled_losses(moved, settled)) > np.nanmean(settled_losses(best, settled))


def test_what_is_unknown_stays_unknown():
    losses = settled_losses(np.array([[np.nan, 0.5], [0.5, 0.5]]), np.array([[1.0, np.nan], [-1.0, -1.0]]))
    assert np.isnan(losses).all()
    with pytest.raises(ShapeError):
        settled_losses(np.ones((3, 2)), np.ones((3, 2)))
