"""From the probabilities of a market or two to the goal rates that explain them exactly."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import ShapeError
from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.grid import GRID_SIZE
from monps.numerics.inversion.grids import USUAL_RHO, FittedGrids, Prior, fit_grids
from monps.numerics.inversion.targets import result_targets, total_target

_EXACT = 1e-8
_RESULTS = 3


def rates_from_result(result: ArrayLike, rho: ArrayLike = USUAL_RHO, *, size: int = GRID_SIZE) -> FittedGrids:
    """Find the goal rates that give a match's probabilities of home win, draw and away win, with ρ known.

    Parameters
    ----------
    result : array_like, shape (n, 3)
        Margin-free probabilities of home win, draw, away win.
    rho : float or array_like, shape (n,)
        Dixon–Coles ρ.
    size : int
        Scores a side in the grid; the probabilities are those of :class:`ScoreGrid`, conditional on it.

    Returns
    -------
    FittedGrids
        ``converged`` only where the grid gives all three probabilities to 1e-8.

    Raises
    ------
    ShapeError
        If ``result`` is not (n, 3).

    Examples
    --------
    >>> found = rates_from_result([[0.45, 0.27, 0.28]], rho=0.0)
    >>> found.home.round(3).tolist(), found.away.round(3).tolist(), found.converged.tolist()
    ([1.386], [1.033], [True])
    """
    wanted = _probabilities(result)
    known = Prior(checks.finite("rho", _each("rho", rho, len(wanted))))
    return _exactly(fit_grids(result_targets(wanted, 1.0, size), wanted, known, size))


def rates_from_result_and_total(
    result: ArrayLike, over: ArrayLike, line: ArrayLike = 2.5, *, size: int = GRID_SIZE
) -> FittedGrids:
    """Find the goal rates and the ρ that give a match's result probabilities and those of a total.

    Parameters
    ----------
    result : array_like, shape (n, 3)
        Margin-free probabilities of home win, draw, away win.
    over : array_like, shape (n,)
        Margin-free probability of more goals than the line. At whole and quarter lines: the inverse of fair
        odds, that is expected share of the stake won over share not handed back.
    line : float or array_like, shape (n,)
        Goal line, a multiple of ¼.
    size : int
        Scores a side in the grid.

    Returns
    -------
    FittedGrids
        ``converged`` only where the grid gives all four probabilities to 1e-8, with no negative score. A line
        far below the goals expected can have two answers, as ρ too makes few goals likelier; one of them is
        found.

    Raises
    ------
    ShapeError
        If the arrays do not fit together.
    """
    wanted = _probabilities(result)
    overs, lines = (_each(name, values, len(wanted)) for name, values in (("over", over), ("line", line)))
    targets = [*result_targets(wanted, 1.0, size), total_target(overs, lines, 1.0, size)]
    return _exactly(fit_grids(targets, wanted, Prior(strength=0.0), size))


def _probabilities(result: ArrayLike) -> Floats:
    wanted = checks.dimensions("result", checks.floats("result", result), 2)
    if wanted.shape[1] != _RESULTS:
        raise ShapeError(f"result must be (n, 3): home win, draw, away win; not {wanted.shape}")
    inside = ((wanted > 0.0) & (wanted < 1.0)).all(axis=1, keepdims=True)
    return np.where(inside, wanted, np.nan)


def _each(name: str, values: ArrayLike, count: int) -> Floats:
    """Read one number a match, or one for all."""
    numbers = checks.floats(name, values)
    if numbers.shape not in ((), (count,)):
        raise ShapeError(f"{name} must be one a match, ({count},), not {numbers.shape}")
    return np.broadcast_to(numbers, count)


def _exactly(found: FittedGrids) -> FittedGrids:
    exact = np.abs(found.errors).max(axis=0) < _EXACT
    return replace(found, converged=found.converged & exact)
