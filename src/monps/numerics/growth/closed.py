"""Kelly stakes that can be written down: one bet, and exclusive outcomes of one market; n at a time."""

import numpy as np
from numpy.typing import ArrayLike

from monps.numerics import checks
from monps.numerics.checks import Bools, Floats


def net_odds(odds: ArrayLike, commission: ArrayLike = 0.0) -> Floats:
    """Take commission from the winnings: 1 + (o − 1)(1 − c).

    Parameters
    ----------
    odds : array_like, any shape
        Decimal odds above 1; NaN where there are none.
    commission : array_like
        Share of the winnings that an exchange keeps.

    Raises
    ------
    UsageError
        If odds are 1 or less, or commission is outside [0, 1).

    Examples
    --------
    >>> float(net_odds(3.0, 0.05))
    2.9
    """
    offered = checks.floats("odds", odds)
    checks.positive("odds less 1", np.where(np.isnan(offered), 1.0, offered - 1.0))
    share = checks.within("commission", commission, 0.0, np.nextafter(1.0, 0.0))
    return 1.0 + (offered - 1.0) * (1.0 - share)


def expected_value(probability: ArrayLike, odds: ArrayLike) -> Floats:
    """Return what one unit that is not given back is expected to gain: p · o − 1.

    Parameters
    ----------
    probability, odds : array_like, shapes that broadcast
        The chance to win what is not given back, and net decimal odds.
    """
    return checks.floats("probability", probability) * checks.floats("odds", odds) - 1.0


def kelly_single(probability: ArrayLike, odds: ArrayLike) -> Floats:
    """Return the share of wealth to put on one bet that wins, loses, or is given back.

    Parameters
    ----------
    probability : array_like
        The chance to win, given that the stake is not given back; any shape.
    odds : array_like
        Net decimal odds, of a shape that fits.

    Returns
    -------
    ndarray
        (p · o − 1) / (o − 1) where that is above 0; NaN where an input is.

    References
    ----------
    Kelly, J. (1956), A new interpretation of information rate, *Bell System Technical Journal* 35(4), p. 921.

    Examples
    --------
    >>> float(kelly_single(0.6, 2.0).round(12))
    0.2
    """
    offered = checks.floats("odds", odds)
    return np.maximum(expected_value(probability, offered) / (offered - 1.0), 0.0)


def kelly_exclusive(probabilities: ArrayLike, odds: ArrayLike) -> Floats:
    """Return the shares of wealth to put on outcomes of which exactly one comes about.

    Parameters
    ----------
    probabilities : array_like, shape (..., k)
        They sum to at most 1; what is missing is an outcome that is not on offer.
    odds : array_like, shape (..., k)
        Net decimal odds; NaN where an outcome is not on offer.

    Returns
    -------
    ndarray, shape (..., k)

    Raises
    ------
    ShapeError
        If the shapes differ.
    UsageError
        If a probability is outside [0, 1] or they sum to more than 1.

    Notes
    -----
    In the order of p · o, outcomes are backed as long as p · o exceeds the reserve rate
    R = (1 − Σ p) / (1 − Σ 1/o) of those before; then the stakes are p − R / o.

    References
    ----------
    Smoczynski, P., Tomkins, D. (2010), An explicit solution to the problem of optimizing the allocations of a
    bettor's wealth when wagering on horse races, *Mathematical Scientist* 35, theorem 1.

    Examples
    --------
    >>> kelly_exclusive([0.5, 0.3, 0.2], [2.2, 3.0, 4.0]).round(4).tolist()
    [0.0833, 0.0, 0.0]
    """
    chance = checks.within("probabilities", probabilities, 0.0, 1.0)
    price = checks.floats("odds", odds)
    checks.within("the sum of probabilities", chance.sum(axis=-1), 0.0, 1.0 + 1e-9)
    checks.same_shape(probabilities=chance, odds=price)
    offered = np.isfinite(price)
    p, inverse = np.where(offered, chance, 0.0), 1.0 / np.where(offered, price, np.inf)
    value = np.where(offered, p * np.where(offered, price, 0.0), 0.0)
    order = np.argsort(-value, axis=-1, kind="stable")
    sorted_value, sorted_p, sorted_inverse = (
        np.take_along_axis(each, order, axis=-1) for each in (value, p, inverse)
    )
    reserve = _reserve(sorted_value, sorted_p, sorted_inverse)
    return np.where(value > reserve[..., None], np.maximum(p - reserve[..., None] * inverse, 0.0), 0.0)


def _reserve(value: Floats, p: Floats, inverse: Floats) -> Floats:
    """Return the reserve rate, shape (...), of outcomes sorted by falling value."""
    left = np.maximum(1.0 - np.cumsum(p, axis=-1), 0.0)
    room = 1.0 - np.cumsum(inverse, axis=-1)
    none = np.ones((*value.shape[:-1], 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        after = np.where(room > 0.0, left / room, np.inf)
    rates = np.concatenate([none, after], axis=-1)
    backed: Bools = np.logical_and.accumulate(value > rates[..., :-1], axis=-1)
    return np.take_along_axis(rates, backed.sum(axis=-1)[..., None], axis=-1)[..., 0]


def uncertainty_shrinkage(value: ArrayLike, error: ArrayLike) -> Floats:
    """Return by what to multiply a Kelly stake because the probability is only estimated.

    Parameters
    ----------
    value : array_like, any shape
        The bet's expected value, p · o − 1.
    error : array_like
        Its standard error: the odds times the probability's.

    Returns
    -------
    ndarray
        v² / (v² + e²): 1 where the probability is exactly known, ½ where the value is one error above 0.

    References
    ----------
    Baker, R., McHale, I. (2013), Optimal betting under parameter uncertainty: improving the Kelly criterion,
    *Decision Analysis* 10(3), 189–199.

    Examples
    --------
    >>> uncertainty_shrinkage([0.1, 0.1], [0.0, 0.1]).tolist()
    [1.0, 0.5]
    """
    worth, spread = checks.floats("value", value), checks.non_negative("error", error)
    square = worth * worth
    with np.errstate(invalid="ignore"):
        return np.where(square + spread * spread > 0.0, square / (square + spread * spread), 0.0)
