import numpy as np
import pytest
from scipy.stats import kstest, poisson

from monps.errors import ShapeError, UsageError
from monps.numerics.integral_transform import integral_transform, integral_transform_histogram

TABLE = [[0.2, 0.5, 0.3]]


@pytest.fixture(scope="module")
def goals():
    generator = np.random.default_rng(8)
    means = generator.uniform(0.5, 4.0, 4000)
    return poisson.pmf(np.arange(25), means[:, None]), generator.poisson(means)


def test_right_forecasts_are_uniform(goals):
    transformed = integral_transform(*goals, np.random.default_rng(1))
    assert kstest(transformed, "uniform").pvalue > 0.01
    histogram = integral_transform_histogram(*goals)
    assert histogram.sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(histogram, 0.1, atol=0.015)


def test_forecasts_too_low_pile_up_at_the_top(goals):
    _, counts = goals
    low = np.repeat(poisson.pmf(np.arange(25), 1.0)[None], len(counts), axis=0)
    histogram = integral_transform_histogram(low, counts)
    assert histogram[-1] > 2.0 * histogram[0]


def test_the_middle_is_the_mean_of_the_draws():
    drawn = [integral_transform(TABLE, [1], np.random.default_rng(seed))[0] for seed in range(2000)]
    assert min(drawn) >= 0.2
    assert max(drawn) <= 0.7
    assert np.mean(drawn) == pytest.approx(integral_transform(TABLE, [1])[0], abs=0.01)


@pytest.mark.parametrize(
    ("distributions", "counts", "error"),
    [
        (TABLE, [3], UsageError),
        (TABLE, [-1], UsageError),
        (TABLE, [0, 1], ShapeError),
        ([0.5, 0.5], [0], ShapeError),
        ([[1.5, 0.5]], [0], UsageError),
    ],
)
def test_refusals(distributions, counts, error):
    with pytest.raises(error):
        integral_transform(distributions, counts)


def test_what_was_impossible_cannot_be_spread():
    with pytest.raises(UsageError, match="above 0"):
        integral_transform_histogram([[0.0, 1.0]], [0])
