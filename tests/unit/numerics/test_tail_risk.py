"""Value at risk and what lies beyond, against their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import ShapeError, UsageError
from monps.numerics.tail_risk import drawn_sum, sum_of_independent, tail_risk

outcomes = st.lists(st.tuples(st.integers(-1000, 1000), st.floats(0.01, 1)), min_size=1, max_size=12)


@given(outcomes, st.floats(0.01, 0.99))
def test_by_definition(pairs, confidence):
    profits = np.array([float(profit) for profit, _ in pairs])
    chance = np.array([weight for _, weight in pairs])
    chance = chance / chance.sum()
    found = tail_risk(profits, chance, confidence)
    losses = -profits
    assert chance[losses <= found.var].sum() >= confidence - 1e-9
    assert chance[losses < found.var].sum() < confidence
    assert found.var <= found.cvar <= found.worst == losses.max()
    assert found.mean == pytest.approx(profits @ chance)
    over = losses > found.var
    rest = 1.0 - confidence - chance[over].sum()
    assert found.cvar == pytest.approx(
        min((losses[over] @ chance[over] + found.var * rest) / (1.0 - confidence), losses.max()), abs=1e-6
    )


def test_sums_are_convolutions():
    rng = np.random.default_rng(1)
    profits = [rng.integers(-50, 50, 4) for _ in range(3)]
    chances = [rng.dirichlet(np.ones(4)) for _ in range(3)]
    sums, weights = sum_of_independent(profits, chances)
    brute = {}
    for a in range(4):
        for b in range(4):
            for c in range(4):
                total = profits[0][a] + profits[1][b] + profits[2][c]
                brute[total] = brute.get(total, 0) + chances[0][a] * chances[1][b] * chances[2][c]
    assert sums.tolist() == sorted(brute)
    assert weights == pytest.approx([brute[total] for total in sums])


def test_drawn_sums_have_the_mean():
    profits, chances = [np.array([-100, 150])] * 5, [np.array([0.5, 0.5])] * 5
    drawn = drawn_sum(profits, chances, np.random.default_rng(1), 50_000)
    assert drawn.mean() == pytest.approx(125, abs=4)


@pytest.mark.parametrize(
    ("profits", "chance", "confidence", "error"),
    [
        ([1.0], [1.0], 1.0, UsageError),
        ([1.0], [0.9], 0.5, UsageError),
        ([np.nan], [1.0], 0.5, UsageError),
        ([1.0, 2.0], [1.0], 0.5, ShapeError),
    ],
)
def test_what_makes_no_sense_is_refused(profits, chance, confidence, error):
    with pytest.raises(error):
        tail_risk(profits, chance, confidence)
