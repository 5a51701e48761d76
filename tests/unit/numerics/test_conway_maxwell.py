import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.numerics import conway_maxwell
from monps.numerics.conway_maxwell import (
    DISPERSION_BOUNDS,
    conway_maxwell_grid,
    conway_maxwell_log_pmf,
    fit_dispersion,
    fit_score_shape,
)
from monps.numerics.counts import log_factorials, poisson_log_pmf
from monps.numerics.low_scores import dixon_coles_grid

HIGHEST = 40
COUNTS = np.arange(HIGHEST + 1.0)
means = st.floats(0.02, 6.0)
dispersions = st.floats(*DISPERSION_BOUNDS)


def moments(mean, dispersion):
    """Return the distribution, its mean and its variance."""
    p = np.exp(conway_maxwell_log_pmf(np.atleast_1d(mean), dispersion, HIGHEST))
    found = p @ COUNTS
    return p, found, p @ COUNTS**2 - found**2


@given(means, dispersions)
def test_it_is_a_distribution_of_the_mean_that_was_asked_for(mean, dispersion):
    p, found, _ = moments(mean, dispersion)
    assert p.sum() == pytest.approx(1.0, abs=1e-13)
    assert found[0] == pytest.approx(mean, abs=1e-10)


@given(means)
def test_without_dispersion_it_is_poisson(mean):
    found = conway_maxwell_log_pmf(np.array([mean]), 1.0, 14)
    np.testing.assert_allclose(np.exp(found), np.exp(poisson_log_pmf(np.array([mean]), 14)), atol=1e-11)


@given(st.floats(0.2, 6.0), dispersions, st.floats(0.01, 0.5))
def test_counts_scatter_less_the_higher_the_dispersion(mean, dispersion, more):
    assert moments(mean, dispersion + more)[2][0] < moments(mean, dispersion)[2][0]


@given(means, dispersions)
def test_ratios_of_neighbours_are_those_of_the_definition(mean, dispersion):
    """P(k) / P(k − 1) = λ / k^ν (Shmueli et al. 2005, below eq. 1)."""
    logs = conway_maxwell_log_pmf(np.array([mean]), dispersion, 12)[0]
    rates = np.diff(logs) + dispersion * np.log(np.arange(1.0, 13.0))
    np.testing.assert_allclose(rates, rates[0], atol=1e-10)


def test_each_match_has_its_own_dispersion():
    nu = np.array([0.8, 1.0, 1.4])
    together = conway_maxwell_log_pmf(np.full(3, 1.5), nu, 10)
    alone = [conway_maxwell_log_pmf(np.array([1.5]), each, 10)[0] for each in nu]
    np.testing.assert_allclose(together, alone, atol=1e-9)


def test_no_means_make_an_empty_table():
    assert conway_maxwell_log_pmf(np.zeros(0), 1.1, 14).shape == (0, 15)
    assert len(conway_maxwell_grid(np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0))) == 0


@pytest.mark.parametrize(("mean", "dispersion"), [(0.0, 1.0), (-1.0, 1.0), (1.0, 0.0), (np.nan, 1.0)])
def test_means_and_dispersions_must_be_above_nothing(mean, dispersion):
    with pytest.raises(UsageError, match="must be"):
        conway_maxwell_log_pmf(np.array([mean]), dispersion, 14)


@pytest.mark.parametrize("mean", [1e-4, 12.0, 60.0])
def test_means_of_no_match_are_served_too(mean):
    found = conway_maxwell_log_pmf(np.array([1.0, mean]), 1.0, 120)[1]
    np.testing.assert_allclose(np.exp(found), np.exp(poisson_log_pmf(np.array([mean]), 120))[0], atol=1e-10)


def test_a_search_that_runs_out_of_rounds_is_refused(monkeypatch):
    monkeypatch.setattr(conway_maxwell, "_ROUNDS", 1)
    with pytest.raises(UsageError, match="no distribution found of means up to 3"):
        conway_maxwell_log_pmf(np.array([3.0]), 1.3, 14)


def test_without_dispersion_a_grid_is_that_of_dixon_and_coles():
    home, away, rho = np.array([2.0, 0.9]), np.array([0.8, 1.3]), np.array([-0.1, 0.05])
    found = conway_maxwell_grid(home, away, rho, 1.0)
    known = dixon_coles_grid(home, away, rho)
    np.testing.assert_allclose(found.probabilities, known.probabilities, atol=1e-11)
    np.testing.assert_allclose(found.tail, known.tail, atol=1e-11)


@given(means, means, st.floats(-1.0, 1.0), dispersions)
def test_a_grid_is_a_distribution_with_the_margins_of_its_sides(home, away, rho, dispersion):
    """Whatever ρ: it is held within the bounds of the match."""
    rates = np.array([home]), np.array([away])
    grid = conway_maxwell_grid(*rates, rho, dispersion, size=HIGHEST + 1)
    assert grid.probabilities.min() >= -1e-16
    assert grid.probabilities.sum() == pytest.approx(1.0, abs=1e-12)
    for side, goals in zip(rates, (grid.home_goals(), grid.away_goals()), strict=True):
        np.testing.assert_allclose(
            goals, np.exp(conway_maxwell_log_pmf(side, dispersion, HIGHEST)), atol=1e-13
        )


def drawn(n, dispersion, rho=0.0):
    """Draw n scores with rates that differ, and weights that have nothing to do with them."""
    rng = np.random.default_rng(7)
    rates = rng.uniform(0.6, 2.4, (n, 2))
    cells = conway_maxwell_grid(*rates.T, rho, dispersion).cells
    places = (cells.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return rates, np.stack(np.divmod(places, 15), axis=1).astype(float), rng.uniform(0.5, 1.5, n)


@pytest.mark.parametrize("truth", [0.85, 1.0, 1.25])
def test_the_dispersion_behind_counts_is_found(truth):
    rates, goals, weights = drawn(40_000, truth)
    found = fit_dispersion(rates.ravel(), goals.ravel(), weights.repeat(2))
    assert found == pytest.approx(truth, abs=0.025)


def test_the_dispersion_is_the_likeliest():
    rates, goals, weights = drawn(150, 1.1)
    means, counts, w = rates.ravel()[:200], goals.ravel()[:200], weights.repeat(2)[:200]

    def surprise(dispersion):
        logs = conway_maxwell_log_pmf(means, dispersion, HIGHEST)
        return -(w * logs[np.arange(200), counts.astype(int)]).sum()

    found = fit_dispersion(means, counts, w)
    assert DISPERSION_BOUNDS[0] < found < DISPERSION_BOUNDS[1]
    assert surprise(found) <= min(surprise(found - 0.01), surprise(found + 0.01))


@pytest.mark.parametrize(("counts", "bound"), [([0.0, 8.0], 0), ([2.0, 2.0], 1)])
def test_the_dispersion_stays_within_its_bounds(counts, bound):
    found = fit_dispersion(np.full(100, 2.0), np.tile(counts, 50), np.ones(100))
    assert found == pytest.approx(DISPERSION_BOUNDS[bound], abs=1e-3)


def test_a_count_beyond_the_table_counts_as_its_last():
    means, weights = np.full(3, 2.0), np.ones(3)
    beyond, last = (fit_dispersion(means, np.array([1.0, 2.0, most]), weights) for most in (99.0, 40.0))
    assert beyond == last


def test_the_shape_of_scores_is_found():
    rates, goals, weights = drawn(40_000, 1.15, -0.12)
    rho, dispersion = fit_score_shape(rates, goals, weights)
    assert rho == pytest.approx(-0.12, abs=0.02)
    assert dispersion == pytest.approx(1.15, abs=0.025)


def test_binning_means_is_nearly_no_loss(monkeypatch):
    rates, goals, weights = drawn(3_000, 1.1)
    observations = rates.ravel(), goals.ravel(), weights.repeat(2)
    binned = fit_dispersion(*observations)
    monkeypatch.setattr(conway_maxwell, "_BINS", len(rates.ravel()))
    assert binned == pytest.approx(fit_dispersion(*observations), abs=1e-3)


def test_log_factorials_are_what_the_table_takes_them_for():
    np.testing.assert_allclose(np.exp(log_factorials(5)), [1, 1, 2, 6, 24, 120])
