"""Margin removal by equal Jensen–Shannon distances, of n books' inverse odds, shape (n, k)."""

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.overround.closed import Book

_LIMIT = 60
_LARGEST_FALL = 0.8
_LEAST = 1e-12
_PRECISION = 1e-13


def jensen_shannon(inverse: Floats) -> Book:
    """Take the inverse odds for noisy probabilities, equally noisy for all outcomes.

    Each outcome against all others is a binomial variable; its quoted share r and fair share p ≤ r are a
    Jensen–Shannon distance D apart, the same D for all, with Σp = 1. The parameter is D.
    A longshot may be too short for any p > 0 to lie so far below it: such a book has no answer and gets NaN.

    References
    ----------
    The method is Christopher D. Long's, as documented in Lindstrøm, J. C. (2023), *implied: convert between
    bookmaker odds and probabilities*, R package 0.5; the distance is Endres, D., Schindelin, J. (2003), A new
    metric for probability distributions, *IEEE Transactions on Information Theory* 49, 1858–1860.

    Examples
    --------
    >>> jensen_shannon(np.array([[0.75], [0.75]])).probabilities.ravel().round(12).tolist()
    [0.5, 0.5]
    """
    spread = np.sqrt(8.0 * inverse * (1.0 - inverse))
    fair = _lowered(inverse, (inverse.sum(axis=0) - 1.0) / spread.sum(axis=0) * spread, inverse)
    for _ in range(_LIMIT):
        distance, slope = _distance(fair, inverse, spread)
        common = (1.0 - (fair - distance / slope).sum(axis=0)) / (1.0 / slope).sum(axis=0)
        if _solved(fair, distance, common).all():
            break
        fair = _lowered(fair, (distance - common) / slope, inverse)
    return Book(np.where(_solved(fair, distance, common), fair, np.nan), common)


def _lowered(fair: Floats, fall: Floats, quoted: Floats) -> Floats:
    """Lower the fair shares, in one step by no more than most of them, and never above the quoted ones."""
    lowest = np.maximum((1.0 - _LARGEST_FALL) * fair, _LEAST * quoted)
    return np.clip(fair - fall, lowest, quoted)


def _solved(fair: Floats, distance: Floats, common: Floats) -> Bools:
    apart = np.abs(distance - common).max(axis=0, initial=0.0)
    return np.asarray(np.maximum(apart, np.abs(fair.sum(axis=0) - 1.0)) < _PRECISION)


def _distance(fair: Floats, quoted: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the distance of two binomial shares and its slope in the fair one."""
    middle, half = (fair + quoted) / 2.0, (quoted - fair) / 2.0
    divergence = (middle * _phi(half / middle) + (1.0 - middle) * _phi(half / (1.0 - middle))) / 2.0
    distance = np.sqrt(divergence)
    slope = (np.log1p(-half / middle) - np.log1p(half / (1.0 - middle))) / 2.0
    apart = distance > 0.0
    return distance, np.where(apart, slope / (2.0 * np.where(apart, distance, 1.0)), -1.0 / spread)


def _phi(x: Floats) -> Floats:
    """``(1 + x)·log(1 + x) + (1 − x)·log(1 − x)`` without cancellation at small x."""
    return np.asarray(2.0 * x * np.arctanh(x) + np.log1p(-x * x))
