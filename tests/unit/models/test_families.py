"""What each family of counts is known for."""

import numpy as np
import pytest
from scipy import stats

from monps.models import (
    BivariatePoisson,
    DixonColes,
    NegativeBinomial,
    Poisson,
    WeibullCopula,
    ZeroInflatedPoisson,
)
from monps.numerics.grid import ScoreGrid

RATES = np.array([1.7, 0.9]), np.array([1.1, 2.2])


def covariance(grid: ScoreGrid) -> np.ndarray:
    goals = np.arange(grid.size)
    home, away = grid.expected_goals()
    return np.einsum("h,nha,a->n", goals, grid.probabilities, goals) - home * away


def test_poisson_is_scipy_s() -> None:
    grid, goals = Poisson().scorelines(*RATES, {}), np.arange(15)
    expected = stats.poisson.pmf(goals, 1.7)[:, None] * stats.poisson.pmf(goals, 1.1)
    np.testing.assert_allclose(grid.probabilities[0], expected, atol=1e-15)


def test_dixon_and_coles_keep_rho_within_each_match_s_bounds() -> None:
    grid = DixonColes().scorelines(np.array([9.0, 1.0]), np.array([1.0, 1.0]), {"rho": -0.3})
    assert grid.probabilities.min() >= -1e-16
    assert grid.probabilities[0, 0, 1] == pytest.approx(0.0, abs=1e-16)
    assert grid.probabilities[1, 0, 1] > 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_a_shared_count_is_the_covariance(share: float) -> None:
    grid = BivariatePoisson().scorelines(*RATES, {"share": share})
    np.testing.assert_allclose(covariance(grid), share * np.array([1.1, 0.9]), atol=1e-6)


def test_without_a_shared_count_the_sides_are_independent() -> None:
    shared, plain = BivariatePoisson().scorelines(*RATES, {"share": 0.0}), Poisson().scorelines(*RATES, {})
    np.testing.assert_allclose(shared.probabilities, plain.probabilities, atol=1e-15)


def test_sums_of_three_poisson_counts_are_bivariate_poisson() -> None:
    rng, n = np.random.default_rng(151), 400_000
    alone, guests, both = rng.poisson(1.37, n), rng.poisson(0.77, n), rng.poisson(0.33, n)
    drawn = np.histogram2d(alone + both, guests + both, bins=np.arange(5) - 0.5)[0] / n
    grid = BivariatePoisson().scorelines(np.array([1.7]), np.array([1.1]), {"share": 0.3})
    np.testing.assert_allclose(grid.probabilities[0, :4, :4], drawn, atol=0.002)


def test_negative_binomial_counts_spread_by_their_dispersion() -> None:
    grid, goals = NegativeBinomial().scorelines(*RATES, {"dispersion": 0.1, "rho": 0.0}), np.arange(15.0)
    spread = grid.home_goals() @ goals**2 - (grid.home_goals() @ goals) ** 2
    np.testing.assert_allclose(spread, RATES[0] + 0.1 * RATES[0] ** 2, rtol=1e-3)


def test_nearly_without_dispersion_they_are_dixon_and_coles_s() -> None:
    narrow = NegativeBinomial().scorelines(*RATES, {"dispersion": 1e-4, "rho": -0.1})
    plain = DixonColes().scorelines(*RATES, {"rho": -0.1})
    np.testing.assert_allclose(narrow.probabilities, plain.probabilities, atol=1e-4)


def test_goalless_draws_are_added_and_the_rest_shared() -> None:
    grid, plain = (
        ZeroInflatedPoisson().scorelines(*RATES, {"goalless": share}).probabilities for share in (0.1, 0.0)
    )
    assert (grid[:, 0, 0] > plain[:, 0, 0]).all()
    np.testing.assert_allclose(plain, Poisson().scorelines(*RATES, {}).probabilities, atol=1e-15)


def test_weibull_counts_of_shape_one_without_dependence_are_poisson() -> None:
    weibull = WeibullCopula().scorelines(*RATES, {"waiting": 1.0, "dependence": 0.0})
    np.testing.assert_allclose(
        weibull.probabilities, Poisson().scorelines(*RATES, {}).probabilities, atol=1e-9
    )


def test_weibull_counts_hang_together_by_the_copula() -> None:
    signs = [
        np.sign(covariance(WeibullCopula().scorelines(*RATES, {"waiting": 1.1, "dependence": k})))
        for k in (-1.0, 1.0)
    ]
    np.testing.assert_array_equal(signs, [[-1, -1], [1, 1]])
