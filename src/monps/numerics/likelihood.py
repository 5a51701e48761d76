"""Strengths by penalised maximum likelihood: Newton on the sums over pairings, b problems at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.design import ADVANTAGE, INTERCEPT, Layout
from monps.numerics.objective import Curvature, GaussianPrior, Objective, Point, worked_out
from monps.numerics.pairings import Pairings

_LONGEST_STEP = 2.0
_STRAIGHT = 0.5
_MAX_HALVINGS = 40
_MAX_ITERATIONS = 60
_FEWEST_GOALS = 0.5
"""What a first guess adds at least to each team's goals, for and against: none scored is not never."""


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """Where the penalised log-likelihood is highest.

    Parameters
    ----------
    parameters : ndarray, shape (b, p)
    curvature : Curvature or ndarray, shape (b, p, p)
        Minus the Hessian there, or how to work it out; its inverse is the parameters' covariance.
    log_likelihood : ndarray, shape (b,)
        Without the prior and without the factorials' constant.
    iterations : int
        Newton steps taken, by the slowest problem.
    converged : ndarray of bool, shape (b,)
    """

    parameters: Floats
    curvature: Curvature | Floats
    log_likelihood: Floats
    iterations: int
    converged: Bools

    @property
    def information(self) -> Floats:
        """Shape (b, p, p): minus the Hessian of the penalised log-likelihood."""
        return worked_out(self.curvature)


def maximise(
    layers: Sequence[Pairings],
    layout: Layout,
    prior: GaussianPrior,
    *,
    start: Floats | None = None,
    tolerance: float = 1e-5,
) -> Maximum:
    """Find the most likely parameters, and how sharply the likelihood falls around them.

    Parameters
    ----------
    layers : sequence of Pairings
        The matches' sums: one layer for home grounds, perhaps one for neutral venues.
    layout : Layout
        Which parameters there are.
    prior : GaussianPrior
        Where no team has any, attacks and defences are made to sum to zero, which changes no rate.
    start : ndarray, shape (b, p), optional
        Where to begin: yesterday's parameters save most of the steps.
    tolerance : float
        A problem has converged when no parameter wants to move by more; after that last move, what is
        left of Newton's error is about the square of it.

    Returns
    -------
    Maximum

    References
    ----------
    Maher (1982), Modelling association football scores; Dixon & Coles (1997), eq. 4.3 (jointly in ρ).
    """
    objective = Objective(layers, layout, prior)
    top = _climb(objective, _begin(objective, start), tolerance)
    curvature = Curvature(objective, top.theta)
    return Maximum(top.theta, curvature, _log_likelihood(top), top.iterations, top.converged)


def most_likely(
    layers: Sequence[Pairings],
    layout: Layout,
    prior: GaussianPrior,
    *,
    start: Floats | None = None,
    tolerance: float = 5e-4,
) -> Floats:
    """Find the most likely parameters alone, to about 1e-7, shape (b, p); see ``maximise``."""
    objective = Objective(layers, layout, prior)
    return _climb(objective, _begin(objective, start), tolerance).theta


class _Top(NamedTuple):
    """Where the climb ended, the last place that was looked at, and the short step from there."""

    theta: Floats
    seen: Point
    step: Floats
    iterations: int
    converged: Bools


def _log_likelihood(top: _Top) -> Floats:
    """Follow slope and curvature over the last step, which is so short that no more is left of it.

    The value is right to the cube of the step, some 1e-14.
    """
    gained = np.vecdot(top.seen.gradient, top.step) - _quadratic(top.seen.information, top.step) / 2
    penalty = _quadratic(top.seen.objective.stiffness, top.theta - top.seen.objective.prior.mean) / 2
    value: Floats = top.seen.value + gained + penalty
    return value


def _quadratic(matrix: Floats, vector: Floats) -> Floats:
    form: Floats = np.vecdot(np.matvec(matrix, vector), vector)
    return form


def _begin(objective: Objective, start: Floats | None) -> Floats:
    return first_guess(objective.layers, objective.layout, objective.prior) if start is None else start


def _climb(objective: Objective, start: Floats, tolerance: float) -> _Top:
    """Take Newton's steps until they are short; the last, short one needs no look back."""
    point = objective.at(start)
    if (impossible := np.isnan(point.value)).any():
        point = objective.at(_without_rho(start, objective.layout, impossible))
    converged = np.zeros(len(start), dtype=np.bool_)
    for iteration in range(1, _MAX_ITERATIONS + 1):
        # A problem that has converged rests, so that its answer does not hang on the others of its batch.
        step = _bent(_ascent(point), objective.layout)
        step[converged] = 0.0
        longest = np.abs(step).max(axis=1)
        converged = longest <= tolerance
        if converged.all():
            return _Top(point.theta + step, point, step, iteration, converged)
        point = _advance(objective, point, _shortened(step, longest))
    return _Top(point.theta, point, np.zeros_like(point.theta), _MAX_ITERATIONS, converged)


def _bent(step: Floats, layout: Layout) -> Floats:
    """Change goals by the share that Newton's straight line asks for: their logarithm by log(1 + step).

    This is step − step²/2 where it is short. Without it the error is about half the step's square; with it a
    tenth of that.
    """
    return step * (1.0 - layout.bend * np.minimum(np.maximum(step, -_STRAIGHT), _STRAIGHT))


def _shortened(step: Floats, longest: Floats) -> Floats:
    """Take no parameter further at once than a rate of e² times as many goals."""
    if longest.max() <= _LONGEST_STEP:
        return step
    return step * (_LONGEST_STEP / np.maximum(longest, _LONGEST_STEP))[:, None]


def first_guess(layers: Sequence[Pairings], layout: Layout, prior: GaussianPrior) -> Floats:
    """Start from the logarithms of the totals: nearly right where everybody met everybody alike.

    Returns
    -------
    ndarray, shape (problems, parameters)
    """
    played, home, away = (
        sum((getattr(layer, name) for layer in layers[1:]), start=getattr(layers[0], name))
        for name in ("played", "home", "away")
    )
    theta, games = prior.mean.copy(), played.sum(axis=(1, 2)) + 1.0
    home_mean, away_mean = (home.sum(axis=(1, 2)) + 1.0) / games, (away.sum(axis=(1, 2)) + 1.0) / games
    theta[:, INTERCEPT], theta[:, ADVANTAGE] = np.log(away_mean), np.log(home_mean / away_mean)
    usual = home_mean[:, None] * played.sum(axis=2) + away_mean[:, None] * played.sum(axis=1)
    pseudo = np.maximum(prior.precision[:, layout.attack], _FEWEST_GOALS)
    attack, defence = theta[:, layout.attack], theta[:, layout.defence]
    scored = home.sum(axis=2) + away.sum(axis=1) + pseudo * np.exp(attack)
    conceded = home.sum(axis=1) + away.sum(axis=2) + pseudo * np.exp(-defence)
    attack[...], defence[...] = np.log(scored / (usual + pseudo)), np.log((usual + pseudo) / conceded)
    return theta


def _without_rho(theta: Floats, layout: Layout, chosen: Bools) -> Floats:
    """Set ρ to 0, where every score is possible."""
    possible = theta.copy()
    possible[chosen, layout.rho] = 0.0
    return possible


def _advance(objective: Objective, point: Point, step: Floats) -> Point:
    """Go along the step as far as the likelihood does not fall."""
    floor = point.value - 1e-9 * (1.0 + np.abs(point.value))
    for _ in range(_MAX_HALVINGS):
        ahead = objective.at(point.theta + step)
        falls = ~(ahead.value >= floor)
        if not falls.any():
            return ahead
        step = np.where(falls[:, None], step / 2, step)
    return point


def _ascent(point: Point) -> Floats:
    """Newton's step; where the surface is no hilltop's, a step along its curvature turned upward."""
    slope = point.gradient
    try:
        step = np.asarray(np.linalg.solve(point.information, slope[:, :, None])[:, :, 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        return _turned_upward(point.information, slope)
    falls = ~(np.vecdot(step, slope) >= 0)
    if falls.any():
        step[falls] = _turned_upward(point.information[falls], slope[falls])
    return step


def _turned_upward(curvature: Floats, slope: Floats) -> Floats:
    """Divide by the eigenvalues' sizes; directions in which nothing is known are left alone."""
    values, vectors = np.linalg.eigh(curvature)
    sizes = np.abs(values)
    known = sizes > 1e-12 * sizes.max(axis=1, keepdims=True)
    along = np.einsum("bpq,bp->bq", vectors, slope) / np.where(known, sizes, np.inf)
    step: Floats = np.einsum("bpq,bq->bp", vectors, along)
    return step
