"""Counts explained by a linear form of what is known beforehand."""

import numpy as np

from monps.errors import NotEnoughData, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats

_MAX_STEPS = 50
_LONGEST_STEP = 1.0
"""How far the logarithm of a mean may move in one step."""
_SETTLED = 1e-10
_DEPENDENT = 1e-12


def fit_poisson_regression(
    design: Floats,
    counts: Floats,
    weights: Floats,
    *,
    centre: Floats,
    precision: Floats,
    start: Floats | None = None,
) -> Floats:
    """Find b that makes ``exp(design @ b)`` the likeliest means, held towards ``centre``.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        What is known of each observation.
    counts : ndarray, shape (n,)
        What was counted, at least 0 (any non-negative number will do: quasi-likelihood).
    weights : ndarray, shape (n,)
        At least 0.
    centre, precision : ndarray, shape (k,)
        Mean and precision of a normal prior on b; precision 0 is none.
    start : ndarray, shape (k,), optional
        Where to begin the search (default: at ``centre``); the answer is the same from anywhere.

    Returns
    -------
    ndarray, shape (k,)

    Raises
    ------
    ShapeError
        If the arrays do not fit together.
    UsageError
        If a number is not finite or negative where it must not be, or the columns are not independent and no
        prior holds them.
    NotEnoughData
        If the counts leave b open, as when all are 0 and no prior holds it.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, section 2.5 (iterative reweighting).

    Examples
    --------
    >>> ones = np.ones((4, 1))
    >>> b = fit_poisson_regression(ones, np.array([1.0, 2.0, 3.0, 2.0]), np.ones(4),
    ...                            centre=np.zeros(1), precision=np.zeros(1))
    >>> float(np.exp(b[0]).round(9))
    2.0
    """
    x, y = checks.finite("design", design), checks.non_negative("counts", counts)
    w, held = checks.non_negative("weights", weights), checks.non_negative("precision", precision)
    checks.same_length(design=x, counts=y, weights=w)
    checks.same_length(columns=x.T, centre=centre, precision=held)
    b = checks.finite("centre", centre) if start is None else checks.finite("start", start)
    for _ in range(_MAX_STEPS):
        mean = np.exp(x @ b)
        slope = x.T @ (w * (y - mean)) - held * (b - centre)
        step = _solve((x * (w * mean)[:, None]).T @ x + np.diag(held), slope)
        longest = float(np.abs(x @ step).max(initial=0.0))
        b = b + step * (_LONGEST_STEP / max(longest, _LONGEST_STEP))
        if longest < _SETTLED:
            return b
    raise NotEnoughData("the counts do not settle what explains them: give more of them, or a prior")


def _solve(curvature: Floats, slope: Floats) -> Floats:
    size = np.sqrt(np.diag(curvature))
    scaled = curvature / np.outer(size, size) if size.all() else np.zeros_like(curvature)
    if np.linalg.eigvalsh(scaled)[0] < _DEPENDENT:
        raise UsageError("the design's columns hang together: give a prior, or leave one out")
    return np.asarray(np.linalg.solve(curvature, slope), dtype=np.float64)
