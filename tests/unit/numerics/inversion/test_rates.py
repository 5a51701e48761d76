import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import ShapeError, UsageError
from monps.numerics.inversion import rates_from_result, rates_from_result_and_total
from monps.numerics.low_scores import dixon_coles_grid

NAN = float("nan")
USUAL = [0.45, 0.27, 0.28]
goal_rates = arrays(np.float64, (2, 4), elements=st.floats(0.1, 4.5))
lines = st.sampled_from([2.0, 2.25, 2.5, 2.75, 3.0])


def fair_over(grid, line):
    """Expected share won over expected share staked, cell by cell."""
    goals = np.add.outer(np.arange(grid.size), np.arange(grid.size)).ravel()
    halves = [line - 0.25, line + 0.25] if line % 0.5 else [line, line]
    settled = sum(np.sign(goals - half) for half in halves) / 2.0
    return grid.cells @ np.maximum(settled, 0.0) / (grid.cells @ np.abs(settled))


@given(rates=goal_rates, rho=st.floats(-0.12, 0.02))
def test_result_back_to_rates(rates, rho):
    found = rates_from_result(dixon_coles_grid(*rates, rho).outcomes(), rho)
    assert found.converged.all()
    np.testing.assert_allclose([found.home, found.away], rates, rtol=1e-6)
    np.testing.assert_array_equal(found.rho, rho)


@given(rates=arrays(np.float64, (2, 4), elements=st.floats(0.5, 2.2)), rho=st.floats(-0.12, 0.02), line=lines)
def test_result_and_total_back_to_rates_and_rho(rates, rho, line):
    grid = dixon_coles_grid(*rates, rho)
    found = rates_from_result_and_total(grid.outcomes(), fair_over(grid, line), line)
    assert found.converged.all()
    np.testing.assert_allclose([found.home, found.away], rates, rtol=1e-5)
    np.testing.assert_allclose(found.rho, rho, atol=1e-5)


def test_the_grid_gives_the_prices_back():
    found = rates_from_result_and_total([USUAL], [0.55])
    np.testing.assert_allclose(found.grid().outcomes(), [USUAL], atol=1e-8)
    np.testing.assert_allclose(fair_over(found.grid(), 2.5), 0.55, atol=1e-8)
    assert np.abs(found.errors).max() < 1e-8


@pytest.mark.parametrize("favourite", [0.9, 0.97, 0.99])
def test_great_favourites(favourite):
    rest = 1.0 - favourite
    result = [favourite, 0.75 * rest, 0.25 * rest]
    found = rates_from_result([result, result[::-1]], 0.0)
    assert found.converged.all()
    np.testing.assert_allclose(found.home, found.away[::-1], rtol=1e-8)
    np.testing.assert_allclose(found.grid().outcomes()[0], result, atol=1e-8)


IMPOSSIBLE = [
    [NAN, 0.3, 0.3],
    [0.5, 0.5, 0.5],
    [0.1, 0.1, 0.1],
    [0.0, 0.5, 0.5],
    [1.2, -0.1, -0.1],
    [0.499, 0.002, 0.499],
    [1.0 - 2e-12, 1e-12, 1e-12],
]


def test_the_impossible_is_flagged_and_does_not_touch_the_others():
    found = rates_from_result([*IMPOSSIBLE, USUAL])
    assert found.converged.tolist() == [False] * len(IMPOSSIBLE) + [True]
    alone = rates_from_result([USUAL])
    np.testing.assert_allclose([found.home[-1], found.away[-1]], [alone.home[0], alone.away[0]], rtol=1e-9)
    assert np.isnan(found.home[[0, 3, 4]]).all()
    assert np.isnan(found.grid().probabilities[:-1]).all()
    assert np.isnan(found.grid().tail[:-1]).all()
    np.testing.assert_allclose(found.grid().outcomes()[-1], USUAL, atol=1e-8)


def test_a_total_that_does_not_go_with_the_result_is_flagged():
    found = rates_from_result_and_total([USUAL, USUAL, USUAL], [0.999, 0.55, NAN])
    assert found.converged.tolist() == [False, True, False]


def test_no_matches():
    assert rates_from_result(np.empty((0, 3))).home.shape == (0,)


@pytest.mark.parametrize("result", [USUAL, [[0.5, 0.5]], [[USUAL]]])
def test_shapes(result):
    with pytest.raises(ShapeError):
        rates_from_result(result)


def test_totals_must_be_one_a_match():
    with pytest.raises(ShapeError, match="over"):
        rates_from_result_and_total([USUAL, USUAL], [0.5, 0.5, 0.5])
    with pytest.raises(UsageError, match="rho"):
        rates_from_result([USUAL], [NAN])


@given(rates=arrays(np.float64, (2, 4), elements=st.floats(0.1, 4.5)), line=st.sampled_from([0.5, 1.0, 5.5]))
def test_whatever_converges_gives_the_prices_back(rates, line):
    grid = dixon_coles_grid(*rates, -0.03)
    over = fair_over(grid, line)
    found = rates_from_result_and_total(grid.outcomes(), over, line)
    again = found.grid()[found.converged]
    np.testing.assert_allclose(again.outcomes(), grid.outcomes()[found.converged], atol=1e-8)
    np.testing.assert_allclose(fair_over(again, line), over[found.converged], atol=1e-8)
