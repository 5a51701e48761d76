"""The Dixon–Coles correction: how much likelier 0–0, 1–0, 0–1 and 1–1 are than independence says."""

import numpy as np

from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.counts import poisson_log_pmf
from monps.numerics.grid import GRID_SIZE, ScoreGrid, independent


def correction(home: Floats, away: Floats, rho: Floats | float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return τ of 0–0, 0–1, 1–0 and 1–1 for any shape of rates.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, eq. 4.2.

    Examples
    --------
    >>> [round(float(tau), 3) for tau in correction(np.array(2.0), np.array(0.5), 0.1)]
    [0.9, 1.2, 1.05, 0.9]
    """
    rho = np.asarray(rho, dtype=np.float64)
    return 1.0 - home * away * rho, 1.0 + home * rho, 1.0 + away * rho, (1.0 - rho) * np.ones_like(home)


def bounds(home: Floats, away: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest ρ for which no score's probability is negative, in the rates' shape.

    References
    ----------
    Dixon & Coles (1997), below eq. 4.2: max(−1/λ, −1/μ) ≤ ρ ≤ min(1/(λμ), 1).

    Examples
    --------
    >>> [float(bound) for bound in bounds(np.array(2.0), np.array(0.8))]
    [-0.5, 0.625]
    """
    low = -1.0 / np.maximum(home, away)
    return low, np.minimum(1.0 / (home * away), 1.0)


def link(home: Floats, away: Floats, rho: Floats | float) -> ScoreGrid:
    """Build grids from the distributions of both sides' goals, and link the low scores.

    The factors of ``correction`` move the mass ρ·p(1)·q(1) from 0–0 and 1–1 to 1–0 and 0–1, so that each
    side's goals stay distributed as they were. Put so, the correction serves any counts, with p(1)/p(0) in
    the place of Poisson's rate.

    Parameters
    ----------
    home, away : ndarray, shape (n, s)
        Distributions of goals from 0 to s − 1.
    rho : float or ndarray, shape (n,)

    Returns
    -------
    ScoreGrid
    """
    grid = independent(home, away)
    moved = rho * home[:, 1] * away[:, 1]
    for h, a, sign in ((0, 0, -1.0), (0, 1, 1.0), (1, 0, 1.0), (1, 1, -1.0)):
        grid.probabilities[:, h, a] += sign * moved
    return grid


def dixon_coles_grid(
    home: Floats, away: Floats, rho: Floats | float = 0.0, size: int = GRID_SIZE
) -> ScoreGrid:
    """Build the grids of n matches from their rates.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Expected goals λ and ν, above 0.
    rho : float or ndarray, shape (n,)
        Low-score parameter; 0 is two independent Poisson counts.
    size : int
        Scores a side, counting 0.

    Returns
    -------
    ScoreGrid

    Raises
    ------
    UsageError
        If a rate is not above 0, or ρ lies outside the bounds of a match's rates.

    Examples
    --------
    >>> grid = dixon_coles_grid(np.array([2.0]), np.array([0.8]), -0.1)
    >>> grid.outcomes().round(4).tolist()
    [[0.6447, 0.2241, 0.1312]]
    """
    low, high = bounds(home, away)
    checks.within("rho", (np.asarray(rho) - low) / (high - low), 0.0, 1.0)
    return link(np.exp(poisson_log_pmf(home, size - 1)), np.exp(poisson_log_pmf(away, size - 1)), rho)


def fit_rho(rates: tuple[Floats, Floats], goals: tuple[Floats, Floats], weights: Floats) -> float:
    """Find the likeliest ρ for rates that are given.

    The log-likelihood Σ w log(1 + cρ) is concave in ρ: its slope is followed down to zero by bisection,
    within the bounds in which every score that was seen is possible.

    Parameters
    ----------
    rates, goals : pair of ndarray, shape (n,)
        Home and away.
    weights : ndarray, shape (n,)

    Returns
    -------
    float
        0 where no low score was seen.
    """
    (home, away), code = rates, 2 * np.minimum(goals[0], 2) + np.minimum(goals[1], 2)
    low = (goals[0] <= 1) & (goals[1] <= 1)
    per_score = np.stack([-home * away, home, away, -np.ones_like(home)])
    slopes = per_score[code[low].astype(int), np.flatnonzero(low)]
    w = weights[low]
    if not len(slopes):
        return 0.0
    bottom = max(-1.0, -1.0 / max(float(slopes.max()), 1e-9))
    top = min(1.0, 1.0 / max(-float(slopes.min()), 1e-9))
    for _ in range(60):
        middle = (bottom + top) / 2
        rising = (w * slopes / (1.0 + middle * slopes)).sum() > 0
        bottom, top = (middle, top) if rising else (bottom, middle)
    return (bottom + top) / 2
