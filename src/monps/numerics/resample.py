"""How sure a mean is: the bootstrap by clusters."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import NotEnoughData, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats

_AT_ONCE = 1 << 22
"""Draws held in memory at a time."""


class Interval(NamedTuple):
    """A mean and where it may lie.

    Parameters
    ----------
    mean, low, high : float
    """

    mean: float
    low: float
    high: float


def bootstrap_mean(
    values: ArrayLike,
    clusters: ArrayLike,
    generator: np.random.Generator,
    *,
    repetitions: int = 2000,
    confidence: float = 0.95,
) -> Interval:
    """Find an interval for a mean by drawing whole clusters with replacement.

    Parameters
    ----------
    values : array_like, shape (n,)
        One number a match, such as a score, a profit, or a difference of scores.
    clusters : array_like, shape (n,)
        Labels; matches with the same one, as those of one day, are drawn together.
    generator : numpy.random.Generator
    repetitions : int
        Draws of all clusters.
    confidence : float
        Share of the draws inside the interval.

    Returns
    -------
    Interval
        The percentile interval.

    Raises
    ------
    ShapeError
        If the arrays differ in length.
    UsageError
        If a value is not finite, or confidence is not in (0, 1).
    NotEnoughData
        If there are fewer than two clusters.

    References
    ----------
    Davison, A., Hinkley, D. (1997), *Bootstrap Methods and their Application*, sections 3.8 and 5.3.

    Examples
    --------
    >>> days = [1, 1, 2, 2, 3, 3]
    >>> bootstrap_mean([4.0] * 6, days, np.random.default_rng(1))
    Interval(mean=4.0, low=4.0, high=4.0)
    """
    numbers = checks.dimensions("values", checks.finite("values", values), 1)
    if not 0.0 < confidence < 1.0:
        raise UsageError(f"confidence must be between 0 and 1, not {confidence:g}")
    if repetitions < 1:
        raise UsageError(f"repetitions must be at least 1, not {repetitions}")
    labels = np.asarray(clusters)
    checks.same_length(values=numbers, clusters=labels)
    place = np.unique(labels, return_inverse=True)[1]
    sums: Floats = np.bincount(place, weights=numbers).astype(np.float64)
    sizes: Floats = np.bincount(place).astype(np.float64)
    if len(sums) < 2:  # noqa: PLR2004 - one cluster says nothing of the spread between clusters
        raise NotEnoughData(f"{len(sums)} clusters: an interval needs at least 2")
    means = _resampled(sums, sizes, generator, repetitions)
    low, high = np.quantile(means, [(1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0])
    return Interval(float(numbers.mean()), float(low), float(high))


def bootstrap_ratio(
    numerators: ArrayLike,
    denominators: ArrayLike,
    clusters: ArrayLike,
    generator: np.random.Generator,
    *,
    repetitions: int = 2000,
) -> Interval:
    """Find a 95 % interval for Σ numerators / Σ denominators, as profit over stakes, drawing whole clusters.

    Parameters
    ----------
    numerators, denominators : array_like, shape (n,)
        The latter above 0.
    clusters : array_like, shape (n,)
        Labels; what has the same one is drawn together.
    generator : numpy.random.Generator
    repetitions : int
        Draws of all clusters.

    Returns
    -------
    Interval
        ``mean`` is the ratio itself.

    Raises
    ------
    ShapeError, UsageError, NotEnoughData
        As :func:`bootstrap_mean`.

    Examples
    --------
    >>> bootstrap_ratio([1.0, 2.0], [10.0, 20.0], ["Sat", "Sun"], np.random.default_rng(1))
    Interval(mean=0.1, low=0.1, high=0.1)
    """
    above = checks.dimensions("numerators", checks.finite("numerators", numerators), 1)
    below = checks.dimensions("denominators", checks.positive("denominators", denominators), 1)
    place = np.unique(np.asarray(clusters), return_inverse=True)[1]
    checks.same_length(numerators=above, denominators=below, clusters=place)
    sums, sizes = (np.bincount(place, weights=each).astype(np.float64) for each in (above, below))
    if len(sums) < 2:  # noqa: PLR2004 - one cluster says nothing of the spread between clusters
        raise NotEnoughData(f"{len(sums)} clusters: an interval needs at least 2")
    low, high = np.quantile(_resampled(sums, sizes, generator, repetitions), [0.025, 0.975])
    return Interval(float(above.sum() / below.sum()), float(low), float(high))


def paired_difference(
    first: ArrayLike,
    second: ArrayLike,
    clusters: ArrayLike,
    generator: np.random.Generator,
    *,
    repetitions: int = 2000,
) -> Interval:
    """Find a 95 % interval for the mean of first − second, both of shape (n,) and of the same matches.

    Raises
    ------
    ShapeError, UsageError, NotEnoughData
        As :func:`bootstrap_mean`.

    Examples
    --------
    >>> paired_difference([2.0, 3.0], [1.0, 2.0], ["Sat", "Sun"], np.random.default_rng(1))
    Interval(mean=1.0, low=1.0, high=1.0)
    """
    difference = paired(first, second)
    return bootstrap_mean(difference, clusters, generator, repetitions=repetitions)


def paired(first: ArrayLike, second: ArrayLike) -> Floats:
    """Return first − second, both of shape (n,), refusing what does not match or is not finite."""
    one = checks.dimensions("first", checks.finite("first", first), 1)
    other = checks.dimensions("second", checks.finite("second", second), 1)
    checks.same_length(first=one, second=other)
    return one - other


def _resampled(sums: Floats, sizes: Floats, generator: np.random.Generator, repetitions: int) -> Floats:
    count = len(sums)
    batch = max(1, _AT_ONCE // count)
    means = []
    for start in range(0, repetitions, batch):
        drawn = generator.integers(0, count, (min(batch, repetitions - start), count))
        means.append(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))
    return np.concatenate(means)
