"""Counts with less spread than Poisson, or more: the Conway–Maxwell–Poisson distribution.

Given good rates, goals scatter less than Poisson: fewer blanks, fewer fives. One parameter says how much.
"""

import math

import numpy as np

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints
from monps.numerics.counts import log_factorials
from monps.numerics.grid import GRID_SIZE, ScoreGrid
from monps.numerics.low_scores import bounds, fit_rho, link

DISPERSION_BOUNDS = (0.7, 1.6)
_SUPPORT = 40
"""Beyond this count the chance of goals is nil to sixteen digits, unless the mean is that of no match."""
_DEVIATIONS = 12.0
_BINS = 200
_ROUNDS, _EXACT = 50, 1e-12


def conway_maxwell_log_pmf(means: Floats, dispersion: Floats | float, highest: int) -> Floats:
    """Tabulate the Conway–Maxwell–Poisson distribution of given means.

    Parameters
    ----------
    means : ndarray, shape (n,)
        Expected counts, above 0.
    dispersion : float or ndarray, shape (n,)
        ν: 1 is Poisson, above 1 the counts scatter less, below 1 more.
    highest : int
        The last count of the table.

    Returns
    -------
    ndarray, shape (n, highest + 1)
        ``k log λ − ν log k! − log Z(λ, ν)``, with λ such that the mean is as asked for.

    Raises
    ------
    UsageError
        If a mean or a dispersion is not above 0, or no distribution is found that has them.

    References
    ----------
    Shmueli, Minka, Kadane, Borle & Boatwright (2005), A useful distribution for fitting discrete data,
    Applied Statistics 54(1), eq. 1; Huang (2017), Mean-parametrized Conway–Maxwell–Poisson regression.

    Examples
    --------
    >>> np.exp(conway_maxwell_log_pmf(np.array([2.0]), 1.0, 2)).round(4).tolist()
    [[0.1353, 0.2707, 0.2707]]
    """
    m = checks.positive("means", means)
    nu = np.broadcast_to(checks.positive("dispersion", dispersion), m.shape)
    most = max(highest, _support(m, nu))
    k, penalty = np.arange(most + 1.0), nu[:, None] * log_factorials(most)
    log_rate = np.log(m) * np.where(m > 1.0, nu, 1.0)
    for _ in range(_ROUNDS):
        logs = _normalised(log_rate[:, None] * k - penalty)
        p = np.exp(logs)
        mean = p @ k
        if np.abs(m - mean).max(initial=0.0) < _EXACT * _SUPPORT:
            return logs[:, : highest + 1]
        log_rate = log_rate + np.log(m / mean) * mean / (p @ k**2 - mean**2)
    raise UsageError(f"no distribution found of means up to {m.max():g} and dispersions from {nu.min():g} on")


def conway_maxwell_grid(
    home: Floats, away: Floats, rho: Floats | float, dispersion: Floats | float, *, size: int = GRID_SIZE
) -> ScoreGrid:
    """Build the grids of n matches from their rates, with the low scores linked by ρ.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Expected goals before the link, above 0.
    rho : float or ndarray, shape (n,)
        As Dixon and Coles's; held within the bounds of each match.
    dispersion : float or ndarray, shape (n,)
        ν of both sides.
    size : int
        Scores a side, counting 0.

    Returns
    -------
    ScoreGrid
    """
    sides = [np.exp(conway_maxwell_log_pmf(rates, dispersion, size - 1)) for rates in (home, away)]
    return link(sides[0], sides[1], np.clip(rho, *bounds(*(side[:, 1] / side[:, 0] for side in sides))))


def fit_dispersion(means: Floats, counts: Floats, weights: Floats) -> float:
    """Find the likeliest ν of counts whose means are given.

    Parameters
    ----------
    means : ndarray, shape (n,)
        Expected counts; those of a two-hundredth of the observations are taken as one.
    counts : ndarray, shape (n,)
        What was counted.
    weights : ndarray, shape (n,)

    Returns
    -------
    float
        Within ``DISPERSION_BOUNDS``.
    """
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - slow to import

    place, centres = _bins(means)
    cell = place * (_SUPPORT + 1) + np.minimum(counts, _SUPPORT).astype(np.int64)
    seen = np.bincount(cell, weights, minlength=len(centres) * (_SUPPORT + 1)).reshape(len(centres), -1)

    def surprise(nu: float) -> float:
        return -float((seen * conway_maxwell_log_pmf(centres, nu, _SUPPORT)).sum())

    return float(minimize_scalar(surprise, bounds=DISPERSION_BOUNDS, method="bounded").x)


def fit_score_shape(rates: Floats, goals: Floats, weights: Floats) -> tuple[float, float]:
    """Find the likeliest ρ and ν of scores whose rates are given: ν by each side's goals, then ρ.

    Parameters
    ----------
    rates, goals : ndarray, shape (n, 2)
        Home and away.
    weights : ndarray, shape (n,)

    Returns
    -------
    rho, dispersion : float
    """
    dispersion = fit_dispersion(rates.ravel(), goals.ravel(), weights.repeat(2))
    table = conway_maxwell_log_pmf(rates.ravel(), dispersion, 1)
    home, away = np.exp(table[:, 1] - table[:, 0]).reshape(-1, 2).T
    return fit_rho((home, away), (goals[:, 0], goals[:, 1]), weights), dispersion


def _bins(means: Floats) -> tuple[Ints, Floats]:
    """Sort means into bins of equal mass; return each one's bin, and the bins' centres."""
    rank = np.argsort(np.argsort(means, kind="stable"), kind="stable")
    bins = min(_BINS, len(means))
    place = rank * bins // len(means)
    return place, np.bincount(place, means) / np.bincount(place)


def _support(means: Floats, dispersion: Floats) -> int:
    """Return a count beyond which nothing lies; the variance is about mean / ν."""
    spread = np.sqrt(means / dispersion)
    return max(_SUPPORT, math.ceil(np.max(means + _DEVIATIONS * spread, initial=0.0)))


def _normalised(logs: Floats) -> Floats:
    top = logs.max(axis=1, keepdims=True)
    return np.asarray(logs - top - np.log(np.exp(logs - top).sum(axis=1, keepdims=True)))
