"""What markets are settled on, as functions of the rates: goal difference, total, both sides scoring.

A Dixon–Coles grid has s² cells, but the markets see three margins of it. Each is a sum along diagonals, and
its derivatives are shifts of itself, because ``∂/∂λ e^{−λ} λ^h / h! = pmf(h − 1) − pmf(h)``. Matches lie on
the last axis here: everything is a few long vector operations.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.counts import poisson_log_pmf

Margin = Literal["difference", "total", "both"]
"""Home less away goals, all goals, and whether both sides score."""


class _Sum(NamedTuple):
    """How a margin is summed when the sides are independent, and where ρ moves mass in it."""

    independent: Callable[[Floats, Floats], Floats]
    first: Callable[[int], int]
    moves: tuple[float, ...]


def marginals(
    home: Floats,
    away: Floats,
    rho: Floats,
    *,
    size: int,
    wanted: Iterable[Margin] = ("difference", "total", "both"),
) -> Mapping[Margin, Floats]:
    """Sum a grid of ``size`` scores a side along its diagonals, with derivatives.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Poisson rates λ, μ > 0.
    rho : ndarray, shape (n,)
        Dixon–Coles ρ.
    size : int
        Scores a side, s ≥ 3.
    wanted : iterable of str
        Which margins.

    Returns
    -------
    mapping of str to ndarray, shape (4, m, n)
        The probabilities, given a score inside the grid, then their derivatives in λ, μ, ρ. ``difference``
        runs from −(s − 1) to s − 1, ``total`` from 0 to 2s − 2; ``both`` holds yes and no.

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
    inside = np.stack([home_goals.sum(axis=0), away_goals.sum(axis=0)])
    lost = np.stack([home_goals[-1], away_goals[-1]]) / inside

    def conditional(margin: Margin) -> Floats:
        independent, first, pattern = _SUMS[margin]
        sums = independent(home_goals, away_goals)
        for place, sign in enumerate(pattern, first(size)):
            sums[:, place] += sign * moves
        sums /= inside[0] * inside[1]
        sums[1:3] += lost[:, None] * sums[0]
        return sums

    return {margin: conditional(margin) for margin in wanted}


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


_SUMS: Mapping[Margin, _Sum] = {
    "difference": _Sum(_difference, lambda size: size - 2, (1.0, -2.0, 1.0)),
    "total": _Sum(_total, lambda _: 0, (-1.0, 2.0, -1.0)),
    "both": _Sum(_both, lambda _: 0, (-1.0, 1.0)),
}
