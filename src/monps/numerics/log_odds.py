"""Chances as log odds."""

import numpy as np

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Bools, Floats

_STEPS = 100
_LONGEST_STEP = 2.0
_NEAR = 1e-13


def chances(scores: Floats) -> Floats:
    """Return the chances that log odds of any shape stand for.

    Examples
    --------
    >>> chances(np.array([0.0, np.log(3.0)])).round(12).tolist()
    [0.5, 0.75]
    """
    return checks.floats("chances", 0.5 * (1.0 + np.tanh(0.5 * scores)))


def chances_with_total(scores: Floats, possible: Bools, totals: Floats) -> Floats:
    """Move all log odds of a row by the same amount, so that its chances sum to a total.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        Log odds.
    possible : ndarray of bool, shape (n, k)
        The others have no chance.
    totals : ndarray, shape (n,)
        Above 0, and below the number of those who are possible.

    Returns
    -------
    ndarray, shape (n, k)

    Raises
    ------
    UsageError
        If so few cannot have so large a total.

    Examples
    --------
    >>> even = np.zeros((1, 4))
    >>> chances_with_total(even, np.array([[True, True, True, False]]), np.array([1.2])).round(12).tolist()
    [[0.4, 0.4, 0.4, 0.0]]
    """
    counts = possible.sum(axis=1)
    if ((totals <= 0) | (totals >= counts)).any():
        raise UsageError("a total of chances lies above 0 and below their number")
    shift = np.log(totals / (counts - totals)) - np.where(possible, scores, 0.0).sum(axis=1) / counts
    for _ in range(_STEPS):
        current = np.where(possible, chances(scores + shift[:, None]), 0.0)
        missing = totals - current.sum(axis=1)
        if np.abs(missing).max(initial=0.0) < _NEAR * max(1.0, float(totals.max(initial=0.0))):
            break
        slope = (current * (1.0 - current)).sum(axis=1)
        shift = shift + np.clip(missing / np.maximum(slope, 1e-12), -_LONGEST_STEP, _LONGEST_STEP)
    return current
