"""Strengths by penalised maximum likelihood: Newton on the sums over pairings, b problems at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.design import ADVANTAGE, INTERCEPT, Layout, gradient, information, log_rates
from monps.numerics.pairing_terms import Terms, dixon_coles_terms, poisson_terms
from monps.numerics.pairings import Pairings

_GAUGE = 1.0
_LONGEST_STEP = 2.0
_MAX_HALVINGS = 40
_MAX_ITERATIONS = 60


@dataclass(frozen=True, slots=True, eq=False)
class GaussianPrior:
    """Independent normal priors on the parameters; precision 0 is no prior at all.

    Parameters
    ----------
    mean, precision : ndarray, shape (b, p)
    """

    mean: Floats
    precision: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """Where the penalised log-likelihood is highest.

    Parameters
    ----------
    parameters : ndarray, shape (b, p)
    information : ndarray, shape (b, p, p)
        Minus the Hessian there; its inverse is the parameters' covariance.
    log_likelihood : ndarray, shape (b,)
        Without the prior and without the factorials' constant.
    iterations : int
        Newton steps taken, by the slowest problem.
    converged : ndarray of bool, shape (b,)
    """

    parameters: Floats
    information: Floats
    log_likelihood: Floats
    iterations: int
    converged: Bools


@dataclass(slots=True, eq=False)
class _Point:
    theta: Floats
    value: Floats
    log_likelihood: Floats
    gradient: Floats
    information: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Objective:
    """The penalised log-likelihood."""

    layers: Sequence[Pairings]
    layout: Layout
    mean: Floats
    penalty: Floats

    def at(self, theta: Floats) -> _Point:
        off = theta - self.mean
        pull = (self.penalty @ off[:, :, None])[:, :, 0]
        point = _Point(theta, (pull * off).sum(axis=1) / -2, np.zeros(len(theta)), -pull, self.penalty.copy())
        for layer in self.layers:
            terms = self._terms(layer, theta)
            point.log_likelihood += terms.value
            point.gradient += gradient(self.layout, terms, advantage=layer.advantage)
            point.information += information(self.layout, terms, advantage=layer.advantage)
        point.value += point.log_likelihood
        return point

    def _terms(self, layer: Pairings, theta: Floats) -> Terms:
        x, y = log_rates(self.layout, theta, advantage=layer.advantage)
        if self.layout.low_scores:
            return dixon_coles_terms(layer, x, y, theta[:, self.layout.rho])
        return poisson_terms(layer, x, y)


def _penalty(layout: Layout, prior: GaussianPrior) -> Floats:
    """Set the precisions on a diagonal, shape (b, p, p), and hold shifts that change no rate."""
    matrix = prior.precision[:, :, None] * np.eye(layout.width)
    adrift = ~prior.precision[:, layout.attack].any(axis=1)
    for block in (layout.attack, layout.defence):
        matrix[:, block, block] += np.where(adrift, _GAUGE, 0.0)[:, None, None]
    return matrix


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
    objective = _Objective(layers, layout, prior.mean, _penalty(layout, prior))
    theta, iterations, converged = _climb(objective, _begin(layers, layout, prior, start), tolerance)
    end = objective.at(theta)
    return Maximum(theta, end.information, end.log_likelihood, iterations, converged)


def most_likely(
    layers: Sequence[Pairings],
    layout: Layout,
    prior: GaussianPrior,
    *,
    start: Floats | None = None,
    tolerance: float = 1e-4,
) -> Floats:
    """Find the most likely parameters alone, shape (b, p); see ``maximise``."""
    objective = _Objective(layers, layout, prior.mean, _penalty(layout, prior))
    return _climb(objective, _begin(layers, layout, prior, start), tolerance)[0]


def _begin(layers: Sequence[Pairings], layout: Layout, prior: GaussianPrior, start: Floats | None) -> Floats:
    return first_guess(layers, layout, prior) if start is None else start


def _climb(objective: _Objective, start: Floats, tolerance: float) -> tuple[Floats, int, Bools]:
    """Take Newton's steps until they are short; the last, short one needs no look back."""
    point = objective.at(start)
    if (impossible := np.isnan(point.value)).any():
        point = objective.at(_without_rho(start, objective.layout, impossible))
    for iteration in range(1, _MAX_ITERATIONS + 1):
        step = _ascent(point)
        converged = np.abs(step).max(axis=1) <= tolerance
        if converged.all():
            return point.theta + step, iteration, converged
        point = _advance(objective, point, step)
    return point.theta, _MAX_ITERATIONS, converged


def first_guess(layers: Sequence[Pairings], layout: Layout, prior: GaussianPrior) -> Floats:
    """Start from the logarithms of the totals: nearly right where everybody met everybody alike."""
    played, home, away = (
        sum((getattr(layer, name) for layer in layers[1:]), start=getattr(layers[0], name))
        for name in ("played", "home", "away")
    )
    theta, games = prior.mean.copy(), played.sum(axis=(1, 2)) + 1.0
    home_mean, away_mean = (home.sum(axis=(1, 2)) + 1.0) / games, (away.sum(axis=(1, 2)) + 1.0) / games
    theta[:, INTERCEPT], theta[:, ADVANTAGE] = np.log(away_mean), np.log(home_mean / away_mean)
    usual = home_mean[:, None] * played.sum(axis=2) + away_mean[:, None] * played.sum(axis=1) + 3.0
    scored = home.sum(axis=2) + away.sum(axis=1) + 3.0
    conceded = home.sum(axis=1) + away.sum(axis=2) + 3.0
    theta[:, layout.attack] += np.log(scored / usual)
    theta[:, layout.defence] -= np.log(conceded / usual)
    return theta


def _without_rho(theta: Floats, layout: Layout, chosen: Bools) -> Floats:
    """Set ρ to 0, where every score is possible."""
    possible = theta.copy()
    possible[chosen, layout.rho] = 0.0
    return possible


def _advance(objective: _Objective, point: _Point, step: Floats) -> _Point:
    """Go along the step as far as the likelihood does not fall."""
    longest = np.abs(step).max(axis=1)
    scale = np.where(longest > _LONGEST_STEP, _LONGEST_STEP / np.maximum(longest, _LONGEST_STEP), 1.0)
    floor = point.value - 1e-9 * (1.0 + np.abs(point.value))
    for _ in range(_MAX_HALVINGS):
        ahead = objective.at(point.theta + scale[:, None] * step)
        falls = ~(ahead.value >= floor)
        if not falls.any():
            return ahead
        scale = np.where(falls, scale / 2, scale)
    return point


def _ascent(point: _Point) -> Floats:
    """Newton's step; where the surface is no hilltop's, a step along its curvature turned upward."""
    try:
        step = np.asarray(
            np.linalg.solve(point.information, point.gradient[:, :, None])[:, :, 0], dtype=np.float64
        )
    except np.linalg.LinAlgError:
        return _turned_upward(point.information, point.gradient)
    falls = ~((step * point.gradient).sum(axis=1) >= 0)
    if falls.any():
        step[falls] = _turned_upward(point.information[falls], point.gradient[falls])
    return step


def _turned_upward(curvature: Floats, slope: Floats) -> Floats:
    """Divide by the eigenvalues' sizes; directions in which nothing is known are left alone."""
    values, vectors = np.linalg.eigh(curvature)
    sizes = np.abs(values)
    known = sizes > 1e-12 * sizes.max(axis=1, keepdims=True)
    along = np.einsum("bpq,bp->bq", vectors, slope) / np.where(known, sizes, np.inf)
    step: Floats = np.einsum("bpq,bq->bp", vectors, along)
    return step
