import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from monps.errors import UsageError
from monps.numerics.counts import negative_binomial_log_pmf, poisson_log_pmf
from monps.numerics.low_scores import bounds, correction, dixon_coles_grid, fit_rho, link

rates = st.floats(0.05, 5.0)
shares = st.floats(0.0, 1.0)


@given(rates, rates, shares)
def test_the_grid_sums_to_one_with_its_tail(home: float, away: float, share: float) -> None:
    home_rates, away_rates = np.array([home]), np.array([away])
    low, high = bounds(home_rates, away_rates)
    grid = dixon_coles_grid(home_rates, away_rates, low + share * (high - low))
    assert (grid.probabilities >= -1e-15).all()
    assert grid.probabilities.sum() + grid.tail[0] == pytest.approx(1.0, abs=1e-13)


@given(rates, rates, shares)
def test_the_correction_leaves_the_margins_alone(home: float, away: float, share: float) -> None:
    home_rates, away_rates = np.array([home]), np.array([away])
    low, high = bounds(home_rates, away_rates)
    grid = dixon_coles_grid(home_rates, away_rates, low + share * (high - low), size=60)
    expected = np.exp(poisson_log_pmf(home_rates, 59))
    np.testing.assert_allclose(grid.home_goals(), expected, atol=1e-12)


@given(rates, rates, shares)
def test_swapping_sides_transposes_the_grid(home: float, away: float, share: float) -> None:
    one, other = np.array([home]), np.array([away])
    low, high = bounds(one, other)
    rho = low + share * (high - low)
    here, there = dixon_coles_grid(one, other, rho), dixon_coles_grid(other, one, rho)
    np.testing.assert_allclose(here.probabilities, there.probabilities.swapaxes(1, 2), atol=1e-15)


@given(rates, rates)
def test_bounds_are_where_a_score_becomes_impossible(home: float, away: float) -> None:
    one, other = np.array([home]), np.array([away])
    for bound in bounds(one, other):
        assert min(tau[0] for tau in correction(one, other, bound)) == pytest.approx(0.0, abs=1e-12)


def test_the_published_prices() -> None:
    grid = dixon_coles_grid(np.array([2.0]), np.array([0.8]), -0.1)
    assert grid.outcomes()[0].round(4).tolist() == [0.6447, 0.2241, 0.1312]


def test_a_grid_sums_to_one_before_any_normalisation() -> None:
    grid = dixon_coles_grid(np.array([2.0]), np.array([0.8]), -0.1, size=40)
    assert grid.probabilities.sum() == pytest.approx(1.0, abs=1e-14)
    assert grid.tail[0] == pytest.approx(0.0, abs=1e-14)


@pytest.mark.parametrize("rho", [-0.51, 0.63])
def test_rho_beyond_its_bounds_is_refused(rho: float) -> None:
    with pytest.raises(UsageError, match="rho"):
        dixon_coles_grid(np.array([2.0]), np.array([0.8]), rho)


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="means"), np.errstate(divide="ignore", invalid="ignore"):
        dixon_coles_grid(np.array([0.0]), np.array([0.8]))


def test_linking_is_the_correction_of_poisson_grids() -> None:
    home, away, rho = np.array([2.0, 0.9]), np.array([0.8, 1.3]), np.array([-0.1, 0.05])
    plain = dixon_coles_grid(home, away).probabilities
    linked = dixon_coles_grid(home, away, rho).probabilities
    ratios = (linked / plain)[:, [0, 0, 1, 1], [0, 1, 0, 1]]
    np.testing.assert_allclose(ratios.T, correction(home, away, rho), rtol=1e-12)


def test_linking_leaves_any_margins_alone() -> None:
    home, away = (np.exp(negative_binomial_log_pmf(np.array([rate]), 0.2, 39)) for rate in (1.6, 1.1))
    grid = link(home, away, -0.08)
    np.testing.assert_allclose(grid.home_goals(), home, atol=1e-9)
    np.testing.assert_allclose(grid.away_goals(), away, atol=1e-9)


def drawn(n: int, rho: float) -> tuple:
    """Draw n scores with rates that differ."""
    rng = np.random.default_rng(8)
    rates = tuple(rng.uniform(0.7, 1.9, (2, n)))
    cells = dixon_coles_grid(*rates, rho).cells
    places = (cells.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return rates, tuple(part.astype(float) for part in np.divmod(places, 15)), rng.uniform(0.5, 2.0, n)


@pytest.mark.parametrize("truth", [-0.15, 0.0, 0.2])
def test_rho_is_the_likeliest_and_near_the_truth(truth: float) -> None:
    (home, away), (h, a), weights = drawn(20_000, truth)

    def surprise(rho: float) -> float:
        grid = dixon_coles_grid(home, away, rho).probabilities
        return -(weights * np.log(grid[np.arange(len(h)), h.astype(int), a.astype(int)])).sum()

    found = fit_rho((home, away), (h, a), weights)
    assert found == pytest.approx(truth, abs=0.03)
    assert surprise(found) <= minimize_scalar(surprise, bounds=(-0.4, 0.25), method="bounded").fun + 1e-6


def test_rho_of_no_low_score_is_nothing() -> None:
    one = np.ones(3)
    assert fit_rho((one, one), (3 * one, 2 * one), one) == 0.0


@pytest.mark.parametrize("score", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_rho_stays_where_what_was_seen_is_possible(score: tuple[int, int]) -> None:
    home, away = np.array([2.0, 1.5]), np.array([0.5, 3.0])
    goals = tuple(np.full(2, float(side)) for side in score)
    rho = fit_rho((home, away), goals, np.ones(2))
    seen = correction(home, away, rho)[2 * score[0] + score[1]]
    assert -1.0 <= rho <= 1.0
    assert (seen >= 0).all()
