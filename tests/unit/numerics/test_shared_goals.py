from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import score_grid
from monps.domain.market import MarketKey
from monps.markets.pricing import price
from monps.numerics.grid import ScoreGrid
from monps.numerics.shared_goals import at_least, opening_goal

SHARES = st.floats(0.0, 1.0)


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=7), SHARES, st.integers(1, 4))
def test_as_often_as_counting_every_way_says(weights: list[float], share: float, times: int) -> None:
    goals = np.array([weights]) / sum(weights)
    counted = sum(
        goals[0, number] * share ** sum(his) * (1 - share) ** (number - sum(his))
        for number in range(len(weights))
        for his in product((0, 1), repeat=number)
        if sum(his) >= times
    )
    assert at_least(goals, np.array([[share]]), times).item() == pytest.approx(counted, abs=1e-12)


@settings(deadline=None)
@given(SHARES)
def test_more_goals_are_rarer(share: float) -> None:
    goals = np.full((1, 15), 1 / 15)
    chances = [at_least(goals, np.array([[share]]), times).item() for times in (1, 2, 3, 15)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] == 0.0


def test_the_smallest_chances_keep_their_digits() -> None:
    one_goal = np.array([[0.0, 0.0, 0.0, 1.0]])
    assert at_least(one_goal, np.array([[1e-9]]), 3).item() == pytest.approx(1e-27, rel=1e-12)


def test_the_opening_goal_is_priced_as_the_market_prices_it() -> None:
    grid = score_grid(50, np.random.default_rng(1))
    for family in ("first_to_score", "last_to_score"):
        assert np.allclose(opening_goal(grid), price(grid, [MarketKey(family)]).probability, atol=1e-14)


def test_no_match_gives_no_rows() -> None:
    assert opening_goal(ScoreGrid(np.zeros((0, 3, 3)), np.zeros(0))).shape == (0, 3)
