"""A grid read back from prices is the one that they were made from."""

import numpy as np
import pytest

from monps.brain.pool import multiplied
from monps.domain.market import MarketKey
from monps.domain.price_list import Menu, PriceList
from monps.errors import NotEnoughData
from monps.markets.pricing import price
from monps.numerics.conway_maxwell import conway_maxwell_grid
from monps.numerics.grid import ScoreGrid
from monps.services.kept_grid import grid_of
from predictions import prediction

SCORE = MarketKey("correct_score")


def pooled(goals: tuple[float, float]) -> ScoreGrid:
    home, away = np.array([[goals[0], 1.1, 1.4], [goals[1], 0.9, 1.2]])
    grid = conway_maxwell_grid(home, away, np.array([-0.05, 0.02, -0.1]), np.array([1.05, 1.0, 0.95]))
    powers = np.array([[1.0], [0.3], [-0.2]])
    return multiplied(grid.probabilities[:, None], grid.tail[:, None], powers)


def priced(grid: ScoreGrid, *markets: MarketKey) -> PriceList:
    sheet = price(grid, list(markets))
    return PriceList(Menu(sheet.selections), sheet.probability[0].tolist(), sheet.fair_odds[0].tolist())


def keeping(prices: PriceList):
    return prediction().model_copy(update={"markets": prices})


@pytest.mark.parametrize("goals", [(1.4, 1.1), (3.4, 0.4), (0.3, 2.9)])
def test_what_is_not_listed_follows_from_what_is(goals):
    grid = pooled(goals)
    found = grid_of(keeping(priced(grid, SCORE)))
    inside = grid.probabilities / (1.0 - grid.tail)  # prices are those of scores inside the grid
    np.testing.assert_allclose(found.probabilities, inside, rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(found.expected_goals(), grid.expected_goals(), rtol=1e-9)


def test_prices_set_by_hand_are_taken_as_they_are():
    prices = priced(pooled((1.4, 1.1)), SCORE)
    first = prices.selections.index((SCORE, "2-1"))
    chances = [
        chance * (0.9 if place == first else 0.99) for place, chance in enumerate(prices.probabilities)
    ]
    changed = PriceList(prices.menu, chances, [1.0 / chance for chance in chances])
    found = grid_of(keeping(changed))
    assert found.probabilities[0, 2, 1] == chances[first]
    assert found.size == 1 + max(int(name[0]) for _, name in prices.selections if name[0].isdigit())
    assert found.tail[0] == pytest.approx(1.0 - found.probabilities.sum())


def test_without_scores_there_is_no_grid():
    with pytest.raises(NotEnoughData, match="no correct-score prices"):
        grid_of(keeping(priced(pooled((1.4, 1.1)), MarketKey("match_result"))))
