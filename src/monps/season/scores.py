"""Scores drawn from scoreline grids, many for each match."""

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.numerics.grid import ScoreGrid


def draw_scores(grid: ScoreGrid, count: int, rng: np.random.Generator) -> Ints:
    """Draw scores by inverting each grid's distribution function.

    Parameters
    ----------
    grid : ScoreGrid
        Of m matches; the tail is spread in proportion.
    count : int
        Scores to draw for each match.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    ndarray of int, shape (m, count)
        ``home goals × grid.size + away goals``.
    """
    cells = grid.size**2
    # One sum through all matches: each match's own distribution function is a stretch of it.
    reached = grid.probabilities.ravel().cumsum()
    first = np.arange(0, len(reached), cells)
    end = reached[first + cells - 1]
    start = np.append(0.0, end)[: len(end)]
    level = start[:, None] + (end - start)[:, None] * rng.random((len(grid), count))
    return _bisect(reached, first[:, None], cells - 1, level) - first[:, None]


def _bisect(thresholds: Floats, first: Ints, count: int, level: Floats) -> Ints:
    """Find the first threshold above each level, of so many from ``first`` on, or the one after them."""
    place = np.broadcast_to(first, level.shape).copy()
    while count > 1:
        half = count // 2
        place += half * (thresholds[place + (half - 1)] <= level)
        count -= half
    place += thresholds[place] <= level
    return place
