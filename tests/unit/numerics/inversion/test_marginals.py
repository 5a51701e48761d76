import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.numerics.inversion.marginals import marginals
from monps.numerics.low_scores import dixon_coles_grid

rates = arrays(np.float64, (2, 3), elements=st.floats(0.05, 6.0))
rhos = arrays(np.float64, 3, elements=st.floats(-0.1, 0.02))
sizes = st.integers(3, 16)


def by_hand(grid):
    """Sum the cells of grids one by one: difference, total, both sides score."""
    size = grid.size
    home, away = np.divmod(np.arange(size**2), size)
    cells = grid.cells
    difference = [cells[:, home - away == d].sum(axis=1) for d in range(1 - size, size)]
    total = [cells[:, home + away == t].sum(axis=1) for t in range(2 * size - 1)]
    both = cells[:, (home > 0) & (away > 0)].sum(axis=1)
    return np.stack(difference), np.stack(total), np.stack([both, 1.0 - both])


@given(rates=rates, rho=rhos, size=sizes)
def test_they_are_sums_over_the_grid(rates, rho, size):
    found = marginals(*rates, rho, size=size)
    for margin, wanted in zip(found.values(), by_hand(dixon_coles_grid(*rates, rho, size)), strict=True):
        np.testing.assert_allclose(margin[0], wanted, atol=1e-13)


@given(rates=rates, rho=rhos, size=sizes)
def test_slopes_are_what_small_steps_say(rates, rho, size):
    here, step = np.stack([*rates, rho]), 1e-6
    for axis in range(3):
        nudge = np.eye(3)[axis][:, None] * step
        above, below = marginals(*(here + nudge), size=size), marginals(*(here - nudge), size=size)
        for name, margin in marginals(*here, size=size).items():
            slope = (above[name][0] - below[name][0]) / (2.0 * step)
            np.testing.assert_allclose(slope, margin[axis + 1], atol=1e-6)


@pytest.mark.parametrize("name", ["difference", "total", "both"])
def test_each_sums_to_one_and_its_slopes_to_nothing(name):
    home, away, rho = np.array([[1.4, 7.0], [1.1, 0.2], [-0.08, 0.01]])
    (margin,) = marginals(home, away, rho, size=15, wanted=[name]).values()
    np.testing.assert_allclose(margin.sum(axis=1), [[1.0, 1.0], [0, 0], [0, 0], [0, 0]], atol=1e-12)
