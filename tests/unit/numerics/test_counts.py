import numpy as np
import pytest
from scipy import stats

from monps.errors import UsageError
from monps.numerics.counts import log_factorials, negative_binomial_log_pmf, poisson_log_pmf

MEANS = np.array([0.05, 0.7, 1.4, 3.0, 11.0])
COUNTS = np.arange(41)


def test_poisson_is_scipy_s() -> None:
    expected = stats.poisson.logpmf(COUNTS, MEANS[:, None])
    np.testing.assert_allclose(poisson_log_pmf(MEANS, 40), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dispersion", [0.01, 0.3, 2.0])
def test_negative_binomial_is_scipy_s(dispersion: float) -> None:
    size = 1 / dispersion
    expected = stats.nbinom.logpmf(COUNTS, size, (size / (size + MEANS))[:, None])
    found = negative_binomial_log_pmf(MEANS, dispersion, 40)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def test_negative_binomial_spreads_by_its_dispersion() -> None:
    dispersion, k = np.array([0.01, 0.1, 0.2, 0.05, 0.1]), np.arange(201.0)
    table = np.exp(negative_binomial_log_pmf(MEANS, dispersion, 200))
    mean = table @ k
    np.testing.assert_allclose(mean, MEANS, rtol=1e-9)
    np.testing.assert_allclose(table @ k**2 - mean**2, MEANS + MEANS**2 * dispersion, rtol=1e-9)


def test_negative_binomial_becomes_poisson() -> None:
    found = negative_binomial_log_pmf(MEANS, 1e-7, 10)
    np.testing.assert_allclose(found, poisson_log_pmf(MEANS, 10), atol=1e-4)


def test_factorials_grow_as_they_should() -> None:
    steps = np.diff(log_factorials(30))
    np.testing.assert_allclose(np.exp(steps), np.arange(1, 31))
    assert log_factorials(0).tolist() == [0.0]


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.nan, np.inf])
def test_what_is_no_mean_is_refused(wrong: float) -> None:
    with pytest.raises(UsageError, match=r"means\[1\] must be"):
        poisson_log_pmf(np.array([1.0, wrong]), 3)
    with pytest.raises(UsageError, match=r"means\[1\] must be"):
        negative_binomial_log_pmf(np.array([1.0, wrong]), 0.1, 3)
    with pytest.raises(UsageError, match="dispersion must be"):
        negative_binomial_log_pmf(np.ones(2), wrong, 3)
