import numpy as np
import pytest

from monps.errors import NotEnoughData, ShapeError, UsageError
from monps.numerics import resample
from monps.numerics.resample import bootstrap_mean, bootstrap_ratio, paired_difference


def clustered(generator, days=80, a_day=10):
    """Values that share half of their variance with the others of their day; mean 0."""
    values = generator.normal(size=(days, 1)) + generator.normal(size=(days, a_day))
    return values.ravel(), np.repeat(np.arange(days), a_day)


def test_intervals_hold_the_truth_as_often_as_they_say():
    generator = np.random.default_rng(1)
    intervals = [bootstrap_mean(*clustered(generator), generator, repetitions=400) for _ in range(300)]
    assert np.mean([low <= 0.0 <= high for _, low, high in intervals]) == pytest.approx(0.95, abs=0.04)


def test_clusters_widen_the_interval():
    generator = np.random.default_rng(2)
    values, days = clustered(generator)
    _, low, high = bootstrap_mean(values, days, generator)
    _, lower, higher = bootstrap_mean(values, np.arange(len(values)), generator)
    assert high - low > 1.5 * (higher - lower)


def test_a_lower_confidence_is_narrower():
    values, days = clustered(np.random.default_rng(3))
    _, low, high = bootstrap_mean(values, days, np.random.default_rng(4), confidence=0.5)
    _, lower, higher = bootstrap_mean(values, days, np.random.default_rng(4))
    assert lower < low < values.mean() < high < higher


def test_the_same_generator_gives_the_same_interval_in_batches_of_any_size(monkeypatch):
    values, days = clustered(np.random.default_rng(5))
    whole = bootstrap_mean(values, days, np.random.default_rng(6))
    assert whole == bootstrap_mean(values, days, np.random.default_rng(6))
    monkeypatch.setattr(resample, "_AT_ONCE", 500)
    assert whole == bootstrap_mean(values, days, np.random.default_rng(6))


def test_paired_difference():
    values, days = clustered(np.random.default_rng(7))
    shifted = paired_difference(values + 0.25, values, days, np.random.default_rng(8))
    assert shifted == pytest.approx((0.25, 0.25, 0.25))


@pytest.mark.parametrize(
    ("values", "clusters", "options", "error"),
    [
        ([1.0, 2.0], [1], {}, ShapeError),
        ([1.0, np.nan], [1, 2], {}, UsageError),
        ([[1.0, 2.0]], [1, 2], {}, ShapeError),
        ([1.0, 2.0], [1, 2], {"confidence": 1.0}, UsageError),
        ([1.0, 2.0], [1, 2], {"repetitions": 0}, UsageError),
        ([1.0, 2.0], [1, 1], {}, NotEnoughData),
        ([], [], {}, NotEnoughData),
    ],
)
def test_refusals(values, clusters, options, error):
    with pytest.raises(error):
        bootstrap_mean(values, clusters, np.random.default_rng(1), **options)


def test_pairs_must_match():
    with pytest.raises(ShapeError):
        paired_difference([1.0], [1.0, 2.0], [1, 2], np.random.default_rng(1))


def test_a_ratio_of_equal_stakes_is_a_mean():
    values, days = clustered(np.random.default_rng(8))
    ratio = bootstrap_ratio(values, np.full(len(values), 2.0), days, np.random.default_rng(9))
    mean = bootstrap_mean(values / 2.0, days, np.random.default_rng(9))
    assert ratio == pytest.approx(mean)


def test_a_ratio_weighs_by_what_is_below_it():
    found = bootstrap_ratio(
        [1.0, 0.0, 1.0], [1.0, 3.0, 1.0], ["Sat", "Sat", "Sun"], np.random.default_rng(10)
    )
    assert found.mean == pytest.approx(0.4)
    assert (found.low, found.high) == pytest.approx((0.25, 1.0))


def test_intervals_of_ratios_hold_the_truth_as_often_as_they_say():
    generator = np.random.default_rng(11)
    held = []
    for _ in range(200):
        values, days = clustered(generator)
        stakes = generator.uniform(1.0, 3.0, len(values))
        found = bootstrap_ratio(stakes * (0.1 + values), stakes, days, generator, repetitions=400)
        held.append(found.low <= 0.1 <= found.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.05)


def test_a_ratio_of_one_cluster_has_no_interval():
    with pytest.raises(NotEnoughData, match="1 clusters: an interval needs at least 2"):
        bootstrap_ratio([1.0, 2.0], [1.0, 1.0], ["Sat", "Sat"], np.random.default_rng(12))


@pytest.mark.parametrize(
    ("above", "below", "error"),
    [([1.0], [0.0], UsageError), ([np.nan], [1.0], UsageError), ([1.0, 2.0], [1.0], ShapeError)],
)
def test_what_has_no_ratio_is_refused(above, below, error):
    with pytest.raises(error):
        bootstrap_ratio(above, below, range(len(above)), np.random.default_rng(13))
