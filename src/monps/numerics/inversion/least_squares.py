"""Damped Gauss–Newton for many small problems at once."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints

_STEPS = 4
_ROUNDS = 20
_NEAR = 1e-8
_LONGEST = 0.8
_FIRST_DAMPING = 1e-4
_LEAST_DIAGONAL = 1e-14


class Problem(Protocol):
    """Residuals of n problems of p unknowns and r equations each."""

    def errors(self, state: Floats) -> tuple[Floats, Floats]:
        """Return residuals (r, n) and their derivatives (r, p, n) at a state (p, n)."""
        ...

    def take(self, rows: Ints) -> Self:
        """Keep some of the problems, shape (k,)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Where a descent stands.

    Parameters
    ----------
    state : ndarray, shape (p, n)
    errors : ndarray, shape (r, n)
    slopes : ndarray, shape (r, p, n)
    damping : ndarray, shape (n,)
    resting : ndarray of bool, shape (n,)
        True where the last full step was too short to matter.
    """

    state: Floats
    errors: Floats
    slopes: Floats
    damping: Floats
    resting: Bools

    def take(self, rows: Ints) -> "Descent":
        """Keep some of the problems."""
        return Descent(
            self.state[:, rows],
            self.errors[:, rows],
            self.slopes[:, :, rows],
            self.damping[rows],
            self.resting[rows],
        )


def descend(problem: Problem, start: Floats, bounds: Floats) -> Descent:
    """Minimise the sum of squared errors of each problem.

    Parameters
    ----------
    problem : Problem
    start : ndarray, shape (p, n)
    bounds : ndarray, shape (p, 2)
        The state never leaves them.

    Returns
    -------
    Descent
        ``resting`` tells who has arrived.

    References
    ----------
    Levenberg, K. (1944), A method for the solution of certain non-linear problems in least squares,
    *Quarterly of Applied Mathematics* 2, 164–168; Marquardt, D. (1963), *SIAM Journal* 11, 431–441.
    """
    damping = np.full(start.shape[1], _FIRST_DAMPING)
    here = Descent(start, *problem.errors(start), damping, np.zeros(start.shape[1], dtype=bool))
    return _descend(problem, here, bounds, _ROUNDS)


def _descend(problem: Problem, here: Descent, bounds: Floats, rounds: int) -> Descent:
    for _ in range(_STEPS):
        here = _step(problem, here, bounds)
        if here.resting.all():
            return here
    restless = np.flatnonzero(~here.resting)
    if rounds:
        rest = _descend(problem.take(restless), here.take(restless), bounds, rounds - 1)
        for whole, part in zip(_parts(here), _parts(rest), strict=True):
            whole[..., restless] = part
    return here


def _parts(here: Descent) -> tuple[Floats, Floats, Floats, Floats, Bools]:
    return here.state, here.errors, here.slopes, here.damping, here.resting


def _step(problem: Problem, here: Descent, bounds: Floats) -> Descent:
    step = _proposal(here)
    state = np.clip(here.state + step, bounds[:, :1], bounds[:, 1:])
    errors, slopes = problem.errors(state)
    better = (errors**2).sum(axis=0) <= (here.errors**2).sum(axis=0)
    return Descent(
        np.where(better, state, here.state),
        np.where(better, errors, here.errors),
        np.where(better, slopes, here.slopes),
        np.where(better, here.damping * 0.1, here.damping * 10.0),
        here.resting | (np.abs(state - here.state).max(axis=0) < _NEAR),
    )


def _proposal(here: Descent) -> Floats:
    normal = normal_matrices(here.slopes)
    diagonal = np.einsum("nii->ni", normal)
    diagonal += here.damping[:, None] * diagonal + _LEAST_DIAGONAL
    gradient = np.einsum("rpn,rn->np", here.slopes, here.errors)
    step = np.linalg.solve(normal, gradient[:, :, None])[:, :, 0].T
    return np.clip(-step, -_LONGEST, _LONGEST)


def normal_matrices(slopes: Floats) -> Floats:
    """Return JᵀJ of each problem: shape (n, p, p)."""
    return np.asarray(np.einsum("rin,rjn->nij", slopes, slopes))
