"""Grids moved onto given margins, as little as can be: iterative proportional fitting."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monps.errors import ShapeError, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints

_ROUNDS, _EXACT = 500, 1e-13


class Margin(NamedTuple):
    """What some groups of cells shall sum to.

    Parameters
    ----------
    groups : ndarray of int, shape (c,)
        Which group each cell belongs to, from 0.
    target : ndarray, shape (n, g)
        The chance of each group in each of n grids; each row sums to 1.
    """

    groups: Ints
    target: Floats


def reconcile(cells: Floats, margins: Sequence[Margin]) -> Floats:
    """Return the distributions closest to given ones that have given margins.

    Parameters
    ----------
    cells : ndarray, shape (n, c)
        n distributions over c cells.
    margins : sequence of Margin
        Each partitions the cells. Together they must be possible.

    Returns
    -------
    ndarray, shape (n, c)
        The margins to 1e-12; a cell that was 0 stays so.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If no such distribution is found: the margins contradict each other, or ask for what has no cell.

    Notes
    -----
    Of all distributions with these margins it has the least Kullback–Leibler divergence from the given one.

    References
    ----------
    Csiszár, I. (1975), I-divergence geometry of probability distributions and minimization problems, *Annals
    of Probability* 3(1), theorem 3.2.

    Examples
    --------
    >>> halves = Margin(np.array([0, 0, 1, 1]), np.array([[0.7, 0.3]]))
    >>> reconcile(np.array([[0.2, 0.3, 0.4, 0.1]]), [halves]).round(12).tolist()
    [[0.28, 0.42, 0.24, 0.06]]
    """
    current = checks.distributions("cells", checks.dimensions("cells", cells, 2)).copy()
    members = [_members(margin, current) for margin in margins]
    targets = [checks.distributions("target", margin.target) for margin in margins]
    off = np.inf
    for _ in range(_ROUNDS):
        off = max((_scale(current, *pair) for pair in zip(members, targets, strict=True)), default=0.0)
        if off < _EXACT:
            return current
    raise UsageError(f"no grid has these margins: the nearest is {off:.2g} off")


def _members(margin: Margin, cells: Floats) -> Floats:
    """Return which cells belong to which group as ones and zeros, shape (c, g)."""
    n, count = margin.target.shape
    if margin.groups.shape != cells.shape[1:] or n != len(cells):
        raise ShapeError(f"a margin of {margin.groups.shape} cells and {n} grids cannot bind {cells.shape}")
    return np.asarray(margin.groups[:, None] == np.arange(count), dtype=np.float64)


def _scale(cells: Floats, members: Floats, target: Floats) -> float:
    """Scale each group to its target, in place; return by how much the worst was off."""
    sums = cells @ members
    factors = np.divide(target, sums, out=np.zeros_like(sums), where=sums > 0)
    cells *= factors @ members.T
    return float(np.abs(sums - target).max(initial=0.0))
