"""Margin removal by one equation a book: power, Shin, odds ratio and its logarithm.

Each family lowers all probabilities as one parameter grows, and the sum of them (or the transform of it that
is named below) is convex or concave in that parameter. Newton's method, started on the side where the book
still holds a margin, then approaches the root from that side alone: no bracket is needed, and none is left.
All take n books' inverse odds, shape (n, k).
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.overround.closed import Book

_Advance: TypeAlias = Callable[[Floats, Floats], tuple[Floats, Floats]]
"""From parameters (n,) and data (k, n): how much too much the probabilities sum to, and the step."""
_NEAR = 1e-9
"""An excess below this is gone, to the last bits, after one more step: they converge quadratically."""
_STEPS = 6
_ROUNDS = 16


def power(inverse: Floats) -> Book:
    """Raise all inverse odds to one power: ``p = r^κ`` with Σp = 1.

    The parameter is κ ≥ 1. ``log Σ r^κ`` is convex in κ. Probabilities never leave [0, 1].

    References
    ----------
    Clarke, S., Kovalchik, S., Ingram, M. (2017), Adjusting bookmaker's odds to allow for overround, *American
    Journal of Sports Science* 5 (6), 45–49, section 2.4; the "logarithmic function" of Buchdahl (2015).

    Examples
    --------
    >>> book = power(np.array([[0.75], [0.75]]))
    >>> book.probabilities.ravel().round(12).tolist(), float(book.parameter[0].round(4))
    ([0.5, 0.5], 2.4094)
    """
    logs = np.log(inverse)

    def advance(exponent: Floats, logs: Floats) -> tuple[Floats, Floats]:
        powers = np.exp(exponent * logs)
        total = powers.sum(axis=0)
        return total - 1.0, -np.log(total) * total / np.einsum("kn,kn->n", powers, logs)

    exponent = _approach(advance, np.ones(inverse.shape[1]), logs)
    return Book(np.exp(exponent * logs), exponent)


def shin(inverse: Floats) -> Book:
    """Remove what a bookmaker adds to protect himself from a share z of insiders.

    ``p = (√(z² + 4(1 − z)c) − z) / 2(1 − z)`` with ``c = r² / Σr`` and Σp = 1; the parameter is z in [0, 1).
    ``Σ√(z² + 4(1 − z)c) − 2 − (k − 2)z`` is convex in z, its other root is z = 1.

    References
    ----------
    Shin, H. S. (1993), Measuring the incidence of insider trading in a market for state-contingent claims,
    *Economic Journal* 103, 1141–1153; Jullien, B., Salanié, B. (1994), idem: a comment on Shin, *Economic
    Journal* 104, 1418–1419; Štrumbelj, E. (2014), On determining probability forecasts from betting odds,
    *International Journal of Forecasting* 30, 934–943, equations 3–4.

    Examples
    --------
    >>> shin(np.array([[0.75], [0.5]])).probabilities.ravel().round(12).tolist()
    [0.625, 0.375]
    """
    shares = inverse * (inverse / inverse.sum(axis=0))
    others = len(inverse) - 2

    def advance(insiders: Floats, shares: Floats) -> tuple[Floats, Floats]:
        roots = np.sqrt(insiders * insiders + 4.0 * (1.0 - insiders) * shares)
        excess = roots.sum(axis=0) - 2.0 - others * insiders
        return excess, -excess / (((insiders - 2.0 * shares) / roots).sum(axis=0) - others)

    insiders = _approach(advance, np.zeros(inverse.shape[1]), shares)
    roots = np.sqrt(insiders * insiders + 4.0 * (1.0 - insiders) * shares)
    return Book(2.0 * shares / (roots + insiders), insiders)


def odds_ratio(inverse: Floats) -> Book:
    """Scale the odds against all outcomes alike: ``p = r / (c + r − c·r)`` with Σp = 1.

    The parameter is c ≥ 1. ``1 / Σp`` is concave in c, being a harmonic mean of lines.

    References
    ----------
    Cheung, K. (2015), *Fixed-odds betting and traditional odds*, Sports Trading Network; Buchdahl, J. (2015),
    *Using the wisdom of the crowd to find value in a football match betting market*.

    Examples
    --------
    >>> book = odds_ratio(np.array([[0.75], [0.75]]))
    >>> book.probabilities.ravel().round(12).tolist(), float(book.parameter[0].round(12))
    ([0.5, 0.5], 3.0)
    """
    return Book(*_odds_ratio(inverse))


def logarithmic(inverse: Floats) -> Book:
    """Take the same constant from all log-odds: ``logit p = logit r − c``, Σp = 1.

    The parameter is c ≥ 0, the logarithm of the odds ratio of :func:`odds_ratio`; the probabilities are the
    same. Buchdahl (2015) calls another method, :func:`power`, logarithmic.

    References
    ----------
    Eastwood, M. (2025), *penaltyblog*, ``implied``, method "logarithmic".
    """
    probabilities, ratio = _odds_ratio(inverse)
    return Book(probabilities, np.log(ratio))


def _odds_ratio(inverse: Floats) -> tuple[Floats, Floats]:
    against = 1.0 / inverse - 1.0

    def advance(ratio: Floats, against: Floats) -> tuple[Floats, Floats]:
        fair = 1.0 / (1.0 + ratio * against)
        total = fair.sum(axis=0)
        return total - 1.0, total * (total - 1.0) / (fair * fair * against).sum(axis=0)

    ratio = _approach(advance, np.ones(inverse.shape[1]), against)
    return 1.0 / (1.0 + ratio * against), ratio


def _approach(advance: _Advance, value: Floats, data: Floats, rounds: int = _ROUNDS) -> Floats:
    """Step all columns towards their roots; after a few steps only those that are not there yet."""
    for _ in range(_STEPS):
        excess, step = advance(value, data)
        value = value + step
        if np.abs(excess).max(initial=0.0) < _NEAR:
            return value
    slow = np.flatnonzero(np.abs(excess) >= _NEAR)
    if rounds:
        value[slow] = _approach(advance, value[slow], data[:, slow], rounds - 1)
    return value
