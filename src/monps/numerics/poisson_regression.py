"""Counts explained by a linear form of what is known beforehand."""

import numpy as np

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats

_MAX_STEPS = 50
_LONGEST_STEP = 1.0


def fit_poisson_regression(
    design: Floats, counts: Floats, weights: Floats, *, centre: Floats, precision: Floats
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

    Returns
    -------
    ndarray, shape (k,)

    Raises
    ------
    UsageError
        If the columns are not independent and no prior holds them.

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
    x, y, w = checks.finite("design", design), checks.non_negative("counts", counts), weights
    checks.same_length(design=x, counts=y, weights=w)
    b = centre.copy()
    for _ in range(_MAX_STEPS):
        mean = np.exp(x @ b)
        slope = x.T @ (w * (y - mean)) - precision * (b - centre)
        curvature = (x * (w * mean)[:, None]).T @ x + np.diag(precision)
        step = _solve(curvature, slope)
        b = b + step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-10:  # noqa: PLR2004 - rounding
            break
    return b


def _solve(curvature: Floats, slope: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(curvature, slope), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise UsageError("the design's columns hang together: give a prior, or leave one out") from error
