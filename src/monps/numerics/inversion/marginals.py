"""What markets are settled on, as functions of the rates: goal difference, total, both sides scoring.

A Dixon–Coles grid has s² cells, but the markets see three margins of it. Each is a sum along diagonals, and
its derivatives are shifts of itself, because ``∂/∂λ e^{−λ} λ^h / h! = pmf(h − 1) − pmf(h)``. Matches lie on
the last axis here: everything is a few long vector operations.
"""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.counts import poisson_log_pmf


class Marginals(NamedTuple):
    """Marginal distributions of n Dixon–Coles grids, conditional on a score inside the grid.

    Parameters
    ----------
    difference : ndarray, shape (4, 2s − 1, n)
        Of home less away goals, from −(s − 1) to s − 1: the probabilities, then their derivatives in λ, μ, ρ.
    total : ndarray, shape (4, 2s − 1, n)
        Of all goals, from 0 to 2s − 2, likewise.
    both : ndarray, shape (4, 2, n)
        That both sides score, and that they do not, likewise.
    """

    difference: Floats
    total: Floats
    both: Floats


def marginals(home: Floats, away: Floats, rho: Floats, size: int) -> Marginals:
    """Sum a grid of ``size`` scores a side along its diagonals, with derivatives.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Poisson rates λ, μ > 0.
    rho : ndarray, shape (n,)
        Dixon–Coles ρ.
    size : int
        Scores a side, s ≥ 3.

    Returns
    -------
    Marginals

    References
    ----------
    Dixon, M., Coles, S. (1997), Modelling association football scores, *Applied Statistics* 46, 265–280, eq.
    4.2: the correction moves ``q = ρλμe^{−λ−μ}`` from 0–0 and 1–1 to 1–0 and 0–1.
    """
    home_goals = np.ascontiguousarray(np.exp(poisson_log_pmf(home, size - 1)).T)
    away_goals = np.ascontiguousarray(np.exp(poisson_log_pmf(away, size - 1)).T)
    both_nil = home * away * np.exp(-home - away)
    moved = rho * both_nil
    moves = np.stack([moved, moved / home - moved, moved / away - moved, both_nil])
    home_inside, away_inside = home_goals.sum(axis=0), away_goals.sum(axis=0)
    inside = home_inside * away_inside
    lost = np.stack([home_goals[-1] / home_inside, away_goals[-1] / away_inside])[:, None]

    def corrected(margin: Floats, first: int, pattern: tuple[float, ...]) -> Floats:
        for place, sign in enumerate(pattern, first):
            margin[:, place] += sign * moves
        margin /= inside
        margin[1:3] += lost * margin[0]
        return margin

    return Marginals(
        corrected(_difference(home_goals, away_goals), size - 2, (1.0, -2.0, 1.0)),
        corrected(_total(home_goals, away_goals), 0, (-1.0, 2.0, -1.0)),
        corrected(_both(home_goals, away_goals), 0, (-1.0, 1.0)),
    )


def _difference(home_goals: Floats, away_goals: Floats) -> Floats:
    size = len(home_goals)
    margin = np.zeros((4, 2 * size - 1, home_goals.shape[1]))
    _convolve(home_goals, away_goals[::-1], margin[0])
    margin[1:3] -= margin[0]
    margin[1, 1:] += margin[0, :-1]
    margin[1, size:] -= home_goals[-1] * away_goals[:0:-1]
    margin[2, :-1] += margin[0, 1:]
    margin[2, : size - 1] -= away_goals[-1] * home_goals[1:]
    return margin


def _total(home_goals: Floats, away_goals: Floats) -> Floats:
    size = len(home_goals)
    margin = np.zeros((4, 2 * size - 1, home_goals.shape[1]))
    _convolve(home_goals, away_goals, margin[0])
    margin[1:3] -= margin[0]
    margin[1:3, 1:] += margin[0, :-1]
    margin[1, size:] -= home_goals[-1] * away_goals[:-1]
    margin[2, size:] -= away_goals[-1] * home_goals[:-1]
    return margin


def _both(home_goals: Floats, away_goals: Floats) -> Floats:
    home_scores, away_scores = home_goals[1:].sum(axis=0), away_goals[1:].sum(axis=0)
    margin = np.zeros((4, 2, home_goals.shape[1]))
    margin[0, 0] = home_scores * away_scores
    margin[1, 0] = (home_goals[0] - home_goals[-1]) * away_scores
    margin[2, 0] = (away_goals[0] - away_goals[-1]) * home_scores
    margin[0, 1] = home_goals.sum(axis=0) * away_goals.sum(axis=0) - margin[0, 0]
    margin[1, 1] = -home_goals[-1] * away_goals.sum(axis=0) - margin[1, 0]
    margin[2, 1] = -away_goals[-1] * home_goals.sum(axis=0) - margin[2, 0]
    return margin


def _convolve(first: Floats, second: Floats, into: Floats) -> None:
    """Add the products of all counts of one and of the other where their sum is."""
    size = len(first)
    for count in range(size):
        into[count : count + size] += first[count] * second
