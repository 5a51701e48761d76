"""A side's goals shared among its players: each goal is a player's with a probability that is his own."""

import numpy as np

from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid

HAT_TRICK = 3


def at_least(goals: Floats, shares: Floats, times: int) -> Floats:
    """Return the chance that a player scores at least so often.

    Parameters
    ----------
    goals : ndarray, shape (n, s)
        Distribution of the side's goals, from 0 up.
    shares : ndarray, shape (n, p)
        The chance that a goal of the side is the player's.
    times : int
        1 for anytime, 2 for two or more …

    Returns
    -------
    ndarray, shape (n, p)

    Notes
    -----
    The player's goal number t falls on the side's goal number t + k with chance ``C(t+k−1, k) s^t (1−s)^k``,
    if there are that many; summed over k that is a polynomial without a difference in it, so that even the
    smallest chances keep their digits.

    Examples
    --------
    Half of two goals:

    >>> two_goals = np.array([[0.0, 0.0, 1.0]])
    >>> [at_least(two_goals, np.array([[0.5]]), times).item() for times in (1, 2, 3)]
    [0.75, 0.25, 0.0]
    """
    exceeded = np.cumsum(goals[:, ::-1], axis=1)[:, ::-1]
    others = 1.0 - shares
    total = np.zeros_like(shares)
    for waited, ways in reversed(list(enumerate(_ways(times, goals.shape[1])))):
        total *= others
        total += ways * exceeded[:, waited + times, None]
    total *= shares**times
    return total


def _ways(times: int, size: int) -> list[float]:
    """Orders in which a player's goal number ``times`` comes after 0, 1, 2 … goals of others."""
    ways = [1.0]
    while len(ways) < size - times:
        ways.append(ways[-1] * (times + len(ways) - 1) / len(ways))
    return ways[: max(size - times, 0)]


def opening_goal(grid: ScoreGrid) -> Floats:
    """Return the chances that the first goal is the home side's, the away side's, or never falls.

    Parameters
    ----------
    grid : ScoreGrid
        n matches.

    Returns
    -------
    ndarray, shape (n, 3)
        Each row sums to 1; the last goal has the same chances, since every order of a score's goals is
        equally likely.

    Examples
    --------
    >>> score = np.zeros((1, 3, 3))
    >>> score[0, 2, 1] = 1.0
    >>> opening_goal(ScoreGrid(score, np.zeros(1))).round(9).tolist()
    [[0.666666667, 0.333333333, 0.0]]
    """
    home, away = np.indices((grid.size, grid.size))
    total = np.maximum(home + away, 1)
    kinds = np.stack([home / total, away / total, home + away == 0], axis=2)
    return checks.floats("opening goal", grid.cells @ kinds.reshape(-1, 3))
