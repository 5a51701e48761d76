import numpy as np
import pytest

from monps.errors import UsageError
from monps.numerics.counts import poisson_log_pmf
from monps.numerics.weibull_counts import (
    HIGHEST_MEAN,
    HIGHEST_SHAPE,
    LOWEST_SHAPE,
    weibull_count_pmf,
)

MEANS = np.array([0.05, 0.4, 1.3, 2.7, 5.0, HIGHEST_MEAN])
SHAPES = np.linspace(LOWEST_SHAPE, HIGHEST_SHAPE, 7)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_means_are_those_asked_for(shape: float) -> None:
    table = weibull_count_pmf(MEANS, shape, 70)
    assert (table >= 0).all()
    np.testing.assert_allclose(table.sum(axis=1), 1.0, atol=2e-9)
    np.testing.assert_allclose(table @ np.arange(71.0), MEANS, atol=1e-7)


def test_shape_one_is_poisson() -> None:
    found = weibull_count_pmf(MEANS, 1.0, 20)
    np.testing.assert_allclose(found, np.exp(poisson_log_pmf(MEANS, 20)), atol=1e-9)


def test_the_shape_orders_the_spread() -> None:
    k = np.arange(71.0)
    spread = [weibull_count_pmf(np.array([2.0]), shape, 70)[0] @ (k - 2.0) ** 2 for shape in SHAPES]
    assert spread == sorted(spread, reverse=True)


@pytest.mark.parametrize("shape", [0.85, 1.3])
def test_counts_of_drawn_waiting_times_agree(shape: float) -> None:
    rng, n = np.random.default_rng(81), 200_000
    arrivals = np.cumsum(1.6 ** (-1 / shape) * rng.weibull(shape, (n, 16)), axis=1)
    counts = (arrivals < 1.0).sum(axis=1)
    drawn = np.bincount(counts, minlength=9)[:9] / n
    np.testing.assert_allclose(weibull_count_pmf(np.array([counts.mean()]), shape, 8)[0], drawn, atol=0.005)


def test_no_mean_at_all_is_an_empty_table() -> None:
    assert weibull_count_pmf(np.zeros(0), 1.1, 5).shape == (0, 6)


@pytest.mark.parametrize("mean", [0.0, -1.0, HIGHEST_MEAN + 0.1, np.nan])
def test_means_beyond_the_series_are_refused(mean: float) -> None:
    with pytest.raises(UsageError, match=r"means\[0\]"):
        weibull_count_pmf(np.array([mean]), 1.1, 5)


@pytest.mark.parametrize("shape", [0.5, 1.7])
def test_shapes_beyond_the_series_are_refused(shape: float) -> None:
    with pytest.raises(UsageError, match="shape must be in"):
        weibull_count_pmf(np.ones(1), shape, 5)
