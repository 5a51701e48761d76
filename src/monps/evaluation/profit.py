"""What bets gained: yield, the bankroll's path, its deepest fall, and how much of it all may be luck."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from monps.domain.betting import Deflation
from monps.domain.evaluation import Estimate
from monps.errors import UsageError
from monps.numerics.checks import Floats, Ints
from monps.numerics.resample import bootstrap_mean, bootstrap_ratio

_SEED = 20_240_801
_FEWEST_DAYS = 2
_REPETITIONS = 1000
_AT_ONCE = 1 << 22


class Fall(NamedTuple):
    """The deepest fall of a path from a peak.

    Parameters
    ----------
    share, amount : float
        Of the peak, and in money.
    peak, trough : int
        Where on the path.
    """

    share: float
    amount: float
    peak: int
    trough: int


def yield_of(profits: Floats, stakes: Floats, days: Ints | Floats) -> Estimate | None:
    """Return profit per unit staked, with its interval from resampling match days.

    Parameters
    ----------
    profits, stakes : ndarray, shape (k,)
        Of k bets, in money.
    days : ndarray, shape (k,)
        Bets of one day are drawn together.

    Returns
    -------
    Estimate or None
        None with fewer than two days: nothing then tells how sure it is.
    """
    if len(np.unique(days)) < _FEWEST_DAYS:
        return None
    found = bootstrap_ratio(profits, stakes, days, np.random.default_rng(_SEED))
    return Estimate(value=found.mean, interval=(found.low, found.high))


def mean_of(values: Floats, days: Ints | Floats) -> Estimate | None:
    """Return the mean of values, shape (n,), with its interval, as :func:`yield_of`."""
    if len(np.unique(days)) < _FEWEST_DAYS:
        return None
    found = bootstrap_mean(values, days, np.random.default_rng(_SEED))
    return Estimate(value=found.mean, interval=(found.low, found.high))


def deepest_fall(path: Floats) -> Fall:
    """Return where a path fell deepest, as a share of the peak before.

    Parameters
    ----------
    path : ndarray, shape (d,)
        Wealth, at least one value, the first above 0.

    Examples
    --------
    >>> deepest_fall(np.array([100.0, 120.0, 90.0, 130.0]))
    Fall(share=0.25, amount=30.0, peak=1, trough=2)
    """
    peaks = np.maximum.accumulate(path)
    trough = int(np.argmax((peaks - path) / peaks))
    peak = int(np.argmax(path[: trough + 1]))
    return Fall(float(1.0 - path[trough] / path[peak]), float(path[peak] - path[trough]), peak, trough)


def fall_interval(returns: Floats) -> tuple[float, float] | None:
    """Return where the deepest fall's share may lie (95 %) had the days come in another order and number.

    Parameters
    ----------
    returns : ndarray, shape (d,)
        What wealth gained on each day, as a share of itself.
    """
    if len(returns) < _FEWEST_DAYS:
        return None
    generator, count = np.random.default_rng(_SEED), len(returns)
    batch = max(1, _AT_ONCE // count)
    falls = []
    for start in range(0, _REPETITIONS, batch):
        drawn = returns[generator.integers(0, count, (min(batch, _REPETITIONS - start), count))]
        paths = np.cumprod(1.0 + drawn, axis=1)
        peaks = np.maximum(np.maximum.accumulate(paths, axis=1), 1.0)
        falls.append((1.0 - paths / peaks).max(axis=1))
    low, high = np.quantile(np.concatenate(falls), [0.025, 0.975])
    return float(low), float(high)


def ratio_of(profits: Floats, stakes: Floats, days: Ints | Floats) -> float | None:
    """Return the yield of n bets, shape (n,), over its standard error, the days being independent.

    Parameters
    ----------
    profits, stakes, days
        As for :func:`yield_of`.

    References
    ----------
    Cochran, W. (1977), *Sampling Techniques*, equation 9.31: the standard error of a ratio of cluster sums.
    """
    place = np.unique(days, return_inverse=True)[1]
    gained, staked = np.bincount(place, weights=profits), np.bincount(place, weights=stakes)
    count = len(gained)
    if count < _FEWEST_DAYS:
        return None
    ratio = gained.sum() / staked.sum()
    off = gained - ratio * staked
    error = np.sqrt(count / (count - 1) * (off * off).sum()) / staked.sum()
    return float(ratio / error) if error > 0.0 else None


def deflate(ratio: float, variants: int) -> Deflation:
    """Say how good a yield is as the best of so many that were tried.

    Parameters
    ----------
    ratio : float
        The yield over its standard error.
    variants : int
        How many rules were tried, this one included.

    Raises
    ------
    UsageError
        If there is not even one.

    References
    ----------
    Bailey, D., López de Prado, M. (2014), The deflated Sharpe ratio, *Journal of Portfolio Management* 40(5),
    equation 1, for the expected best; Šidák, Z. (1967) for the p-value of the largest of independent ones.

    Examples
    --------
    >>> deflate(2.0, 1).p_value < 0.03 < deflate(2.0, 20).p_value
    True
    """
    if variants < 1:
        raise UsageError(f"at least one rule was tried, not {variants}")
    p_value = -np.expm1(variants * np.log(ndtr(ratio)))
    return Deflation(
        variants=variants,
        ratio=ratio,
        expected_best=_expected_best(variants),
        p_value=min(1.0, float(p_value)),
    )


def _expected_best(variants: int) -> float:
    if variants == 1:
        return 0.0
    quantiles = ndtri(1.0 - 1.0 / variants), ndtri(1.0 - 1.0 / (variants * np.e))
    return float((1.0 - np.euler_gamma) * quantiles[0] + np.euler_gamma * quantiles[1])
