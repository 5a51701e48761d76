"""Scores from rates: the Dixon–Coles distribution, and exact draws from it."""

from typing import NamedTuple

import numpy as np

from monps.numerics import counts, low_scores
from monps.numerics.checks import Floats, Ints
from monps.numerics.grid import GRID_SIZE, ScoreGrid


class Rates(NamedTuple):
    """Expected goals of both sides, each of shape (n,), before the low-score correction."""

    home: Floats
    away: Floats


def goals_pmf(rates: Floats) -> Floats:
    """Tabulate Poisson probabilities of 0 to 14 goals, shape (n, 15)."""
    table: Floats = np.exp(counts.poisson_log_pmf(rates, GRID_SIZE - 1))
    return table


def score_grid(rates: Rates, rho: float) -> ScoreGrid:
    """Return the joint distribution of every score.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, eq. 4.2.
    """
    return low_scores.link(goals_pmf(rates.home), goals_pmf(rates.away), rho)


def draw_scores(scores: ScoreGrid, rng: np.random.Generator) -> Ints:
    """Draw one score for each of n matches, shape (n, 2), by inverting the grid's distribution function."""
    reached = scores.cells.cumsum(axis=1)[:, :-1]
    place = (reached <= rng.random(len(scores))[:, None]).sum(axis=1)
    return np.stack(np.divmod(place, scores.size), axis=1)


def goal_difference(rates: Rates, rho: float) -> Floats:
    """Return the distribution of home minus away goals, shape (n, 29), from −14 to 14, summing to 1.

    The same as adding up the diagonals of ``score_grid``, many times faster.
    """
    home, away = goals_pmf(rates.home), goals_pmf(rates.away)
    spread = np.zeros((len(home), 2 * GRID_SIZE - 1))
    for goals in range(GRID_SIZE):
        spread[:, goals : goals + GRID_SIZE] += home[:, goals, None] * away[:, ::-1]
    level = GRID_SIZE - 1
    nil_nil, nil_one, one_nil, one_one = low_scores.correction(*rates, rho)
    spread[:, level] += home[:, 0] * away[:, 0] * (nil_nil - 1) + home[:, 1] * away[:, 1] * (one_one - 1)
    spread[:, level - 1] += home[:, 0] * away[:, 1] * (nil_one - 1)
    spread[:, level + 1] += home[:, 1] * away[:, 0] * (one_nil - 1)
    distribution: Floats = spread / spread.sum(axis=1, keepdims=True)
    return distribution


def outcomes(difference: Floats) -> Floats:
    """Return home win, draw and away win, shape (n, 3), of goal differences from ``goal_difference``."""
    level = GRID_SIZE - 1
    return np.stack(
        [difference[:, level + 1 :].sum(axis=1), difference[:, level], difference[:, :level].sum(axis=1)],
        axis=1,
    )


def under(goals: int, rates: Rates) -> Floats:
    """Return the chance of at most so many goals in all, at least 2, shape (n,).

    The low-score correction moves no mass across such a line, so the sum is Poisson.
    """
    total: Floats = np.exp(counts.poisson_log_pmf(rates.home + rates.away, goals)).sum(axis=1)
    return total
