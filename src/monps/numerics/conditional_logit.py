"""One Newton for all models with probabilities ``softmax(Σ w·x)``: pools, temperature, vector scaling."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monps.errors import NotEnoughData
from monps.numerics.checks import Floats, Ints

_LIMIT = 100
_NEAR = 1e-14
_SHORTEST = 1e-12
_FLAT = 1e-10
"""Where the curvature has fallen to this share of the steepest seen, there is no minimum to be found."""


class WeightPrior(NamedTuple):
    """What is believed of the weights before any outcome is seen.

    Parameters
    ----------
    centre : ndarray, shape (m,)
        Mean of each weight.
    precision : ndarray, shape (m,)
        Inverse of its variance; 0 for no belief.
    """

    centre: Floats
    precision: Floats


class LogitFit(NamedTuple):
    """Weights that minimise the penalised log loss.

    Parameters
    ----------
    weights : ndarray, shape (m,)
    covariance : ndarray, shape (m, m)
        Inverse of the Hessian there.
    loss : float
        Sum of the log losses there, without the prior's part.
    """

    weights: Floats
    covariance: Floats
    loss: float


class _Point(NamedTuple):
    value: float
    gradient: Floats
    hessian: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Objective:
    features: Floats
    outcomes: Ints
    prior: WeightPrior

    def at(self, weights: Floats) -> _Point:
        scores = np.tensordot(weights, self.features, axes=1)
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        totals = chances.sum(axis=1)
        chances /= totals[:, None]
        seen = np.arange(len(self.outcomes)), self.outcomes
        means = np.einsum("mnk,nk->mn", self.features, chances)
        spread = ((self.features - means[:, :, None]) * np.sqrt(chances)).reshape(len(weights), -1)
        off, precision = weights - self.prior.centre, self.prior.precision
        return _Point(
            float((np.log(totals) - scores[seen]).sum() + precision @ off**2 / 2.0),
            np.asarray((means - self.features[:, *seen]).sum(axis=1) + precision * off),
            spread @ spread.T + np.diag(precision),
        )


def fit_conditional_logit(features: Floats, outcomes: Ints, prior: WeightPrior) -> LogitFit:
    """Minimise ``−Σ log softmax(w·x)[outcome] + ½ Σ precision·(w − centre)²``, which is convex in w.

    Parameters
    ----------
    features : ndarray, shape (m, n, k)
        What each of m weights multiplies, for each of k outcomes of n events.
    outcomes : ndarray of int, shape (n,)
        Index of what happened.
    prior : WeightPrior
        Also where the search starts.

    Returns
    -------
    LogitFit

    Raises
    ------
    NotEnoughData
        If the outcomes leave a weight open: there is no minimum, or more than one.

    References
    ----------
    McFadden, D. (1974), Conditional logit analysis of qualitative choice behavior, in *Frontiers in
    Econometrics*, 105–142.

    Examples
    --------
    >>> prior = WeightPrior(np.zeros(1), np.zeros(1))
    >>> heads = fit_conditional_logit(np.array([[[1.0, 0.0]] * 4]), np.array([0, 0, 0, 1]), prior)
    >>> float(np.exp(heads.weights[0]).round(9)), float(heads.covariance[0, 0].round(9))
    (3.0, 1.333333333)
    """
    objective = _Objective(features, outcomes, prior)
    weights = prior.centre.astype(np.float64)
    point, steepest = objective.at(weights), 0.0
    for _ in range(_LIMIT):
        curvature = np.linalg.eigvalsh(point.hessian)
        steepest = max(steepest, float(curvature[-1]))
        if curvature[0] <= _FLAT * steepest:
            break
        step: Floats = -np.linalg.solve(point.hessian, point.gradient).astype(np.float64)
        if -point.gradient @ step <= _NEAR * (1.0 + abs(point.value)):
            penalty = float(prior.precision @ (weights - prior.centre) ** 2) / 2.0
            covariance: Floats = np.linalg.inv(point.hessian).astype(np.float64)
            return LogitFit(weights, covariance, point.value - penalty)
        weights, point = _downhill(objective, weights, step, point)
    raise NotEnoughData(
        "the outcomes do not settle the weights: give more of them, or a prior with precision"
    )


def _downhill(objective: _Objective, weights: Floats, step: Floats, point: _Point) -> tuple[Floats, _Point]:
    """Halve the step until the objective falls; what is left of a step too short to matter is taken."""
    share = 1.0
    tried = objective.at(weights + step)
    while tried.value > point.value and share > _SHORTEST:
        share /= 2.0
        tried = objective.at(weights + share * step)
    return weights + share * step, tried
