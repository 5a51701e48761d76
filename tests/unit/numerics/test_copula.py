import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.numerics.copula import frank, frank_grid
from monps.numerics.counts import poisson_log_pmf

chances = st.floats(0.0, 1.0)
strengths = st.floats(-8.0, 8.0)


def sides(size: int = 15) -> tuple[np.ndarray, np.ndarray]:
    return tuple(np.exp(poisson_log_pmf(np.array(rates), size - 1)) for rates in ([1.6, 0.7], [1.1, 2.4]))


@given(chances, chances, strengths)
def test_a_copula_lies_between_the_frechet_bounds(u: float, v: float, dependence: float) -> None:
    value = float(frank(np.array(u), np.array(v), dependence))
    assert max(u + v - 1.0, 0.0) - 1e-10 <= value <= min(u, v) + 1e-10


@given(chances, strengths)
def test_its_margins_are_uniform(u: float, dependence: float) -> None:
    assert float(frank(np.array(u), np.array(1.0), dependence)) == pytest.approx(u, abs=1e-10)
    assert float(frank(np.array(u), np.array(0.0), dependence)) == pytest.approx(0.0, abs=1e-12)


@given(chances, chances)
def test_near_independence_nothing_jumps(u: float, v: float) -> None:
    around = [float(frank(np.array(u), np.array(v), k)) for k in (0.99e-4, 1.01e-4, -0.99e-4, -1.01e-4)]
    assert around[0] == pytest.approx(around[1], abs=1e-6)
    assert around[2] == pytest.approx(around[3], abs=1e-6)


@pytest.mark.parametrize("dependence", [-6.0, -1.0, 0.0, 1e-5, 2.0, 8.0])
def test_each_side_keeps_its_distribution(dependence: float) -> None:
    home, away = sides()
    grid = frank_grid(home, away, dependence)
    assert (grid.probabilities >= 0).all()
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-12)
    np.testing.assert_allclose(grid.home_goals(), home, atol=1e-6)
    np.testing.assert_allclose(grid.away_goals(), away, atol=1e-6)


def test_dependence_orders_the_covariances() -> None:
    home, away = sides(40)
    goals = np.arange(40.0)
    together = [
        goals @ frank_grid(home, away, k).probabilities[0] @ goals for k in (-3.0, -1.0, 0.0, 1.0, 3.0)
    ]
    assert together == sorted(together)
    assert together[2] == pytest.approx(1.6 * 1.1, abs=1e-9)


def test_what_is_missing_to_one_is_the_tail() -> None:
    home, away = sides(4)
    grid = frank_grid(home, away, 1.5)
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-12)
    assert (grid.tail > 0.01).all()


def test_negative_chances_are_refused() -> None:
    with pytest.raises(UsageError, match=r"home\[0, 1\] must be at least 0"):
        frank_grid(np.array([[0.5, -0.1]]), np.array([[0.5, 0.5]]), 1.0)
