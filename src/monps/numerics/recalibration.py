"""Maps that make forecasts mean what they say, learned from what happened."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from monps.numerics import checks
from monps.numerics.checks import Floats, Ints
from monps.numerics.conditional_logit import WeightPrior, fit_conditional_logit
from monps.numerics.scoring import outcome_indices


@dataclass(frozen=True, slots=True)
class TemperatureScaling:
    """One power for all probabilities: ``q ∝ p^exponent``, below 1 for forecasts that are too sure.

    Parameters
    ----------
    exponent : float
        The inverse of the temperature.
    error : float
        Its standard error.
    """

    exponent: float
    error: float

    def __call__(self, probabilities: ArrayLike) -> Floats:
        """Recalibrate probabilities of shape (n, k)."""
        return _softmax(self.exponent * _logs(probabilities))


@dataclass(frozen=True, slots=True, eq=False)
class VectorScaling:
    """A power and a factor for each outcome: ``q_k ∝ factor_k · p_k^exponent_k``.

    Parameters
    ----------
    exponents, offsets : ndarray, shape (k,)
        Offsets are logarithms of the factors; that of the first outcome is 0.
    """

    exponents: Floats
    offsets: Floats

    def __call__(self, probabilities: ArrayLike) -> Floats:
        """Recalibrate probabilities of shape (n, k)."""
        return _softmax(self.exponents * _logs(probabilities) + self.offsets)


@dataclass(frozen=True, slots=True, eq=False)
class IsotonicMap:
    """A rising curve through the shares observed, straight between its corners.

    Parameters
    ----------
    forecasts, shares : ndarray, shape (c,)
        Corners; forecasts beyond the outer ones get the outer ones' share.
    """

    forecasts: Floats
    shares: Floats

    def __call__(self, probabilities: ArrayLike) -> Floats:
        """Recalibrate probabilities of any shape."""
        return np.interp(checks.within("probabilities", probabilities, 0.0, 1.0), self.forecasts, self.shares)


def fit_temperature(
    probabilities: ArrayLike, outcomes: ArrayLike, *, precision: float = 0.0
) -> TemperatureScaling:
    """Learn the one power that would have had the least log loss.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Forecasts above 0.
    outcomes : array_like of int, shape (n,)
        Index of what happened.
    precision : float
        Inverse variance of the exponent around 1 before the outcomes are seen.

    Returns
    -------
    TemperatureScaling

    Raises
    ------
    NotEnoughData
        If the outcomes leave the power open, as when the likeliest always happened.

    References
    ----------
    Guo, C. et al. (2017), On calibration of modern neural networks, *ICML* 34, section 4.2.

    Examples
    --------
    >>> scaling = fit_temperature([[0.9, 0.1]] * 4, [0, 0, 0, 1])
    >>> scaling([[0.9, 0.1]]).round(9).tolist(), round(scaling.exponent, 9)
    ([[0.75, 0.25]], 0.5)
    """
    logs, happened = _known(probabilities, outcomes)
    belief = WeightPrior(np.ones(1), np.array([float(checks.non_negative("precision", precision))]))
    found = fit_conditional_logit(logs[None], happened, belief)
    return TemperatureScaling(float(found.weights[0]), float(np.sqrt(found.covariance[0, 0])))


def fit_vector_scaling(
    probabilities: ArrayLike, outcomes: ArrayLike, *, precision: float = 0.0
) -> VectorScaling:
    """Learn the powers and factors with the least log loss; for two outcomes, beta calibration.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Forecasts above 0.
    outcomes : array_like of int, shape (n,)
        Index of what happened.
    precision : float
        Inverse variance of exponents around 1, and of offsets around 0, before the outcomes are seen.

    Returns
    -------
    VectorScaling

    Raises
    ------
    NotEnoughData
        If the outcomes leave a weight open.

    References
    ----------
    Guo, C. et al. (2017), On calibration of modern neural networks, *ICML* 34, section 4.2; Kull, M., Silva
    Filho, T., Flach, P. (2017), Beta calibration, *AISTATS* 20, 623–631.
    """
    logs, happened = _known(probabilities, outcomes)
    kinds = logs.shape[1]
    each = np.eye(kinds)[:, None, :]
    features = np.concatenate([each * logs, np.broadcast_to(each[1:], (kinds - 1, *logs.shape))])
    centre = np.concatenate([np.ones(kinds), np.zeros(kinds - 1)])
    belief = np.full(len(centre), float(checks.non_negative("precision", precision)))
    weights = fit_conditional_logit(features, happened, WeightPrior(centre, belief)).weights
    return VectorScaling(weights[:kinds], np.concatenate([[0.0], weights[kinds:]]))


def fit_isotonic(probabilities: ArrayLike, events: ArrayLike) -> IsotonicMap:
    """Learn the rising map of yes-or-no forecasts that would have had the least Brier score.

    Parameters
    ----------
    probabilities : array_like, shape (n,)
    events : array_like, shape (n,)
        1 or true where the event happened.

    Returns
    -------
    IsotonicMap

    Raises
    ------
    ShapeError, UsageError
        If the lengths differ, a probability is outside [0, 1], or an event is neither 0 nor 1.

    References
    ----------
    Zadrozny, B., Elkan, C. (2002), Transforming classifier scores into accurate multiclass probability
    estimates, *KDD* 8, 694–699.

    Examples
    --------
    >>> curve = fit_isotonic([0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1])
    >>> curve([0.1, 0.2, 0.3, 0.4]).tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    chances = checks.dimensions("probabilities", checks.within("probabilities", probabilities, 0.0, 1.0), 1)
    happened = outcome_indices(events, 2).astype(np.float64)
    checks.same_length(probabilities=chances, events=happened)
    forecasts, place, count = np.unique(chances, return_inverse=True, return_counts=True)
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - slow to import

    shares = isotonic_regression(np.bincount(place, happened) / count, weights=count.astype(np.float64))
    return IsotonicMap(forecasts, np.asarray(shares.x))


def _known(probabilities: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Ints]:
    logs = _logs(probabilities)
    happened = outcome_indices(outcomes, logs.shape[1])
    checks.same_length(probabilities=logs, outcomes=happened)
    return logs, happened


def _logs(probabilities: ArrayLike) -> Floats:
    forecast = checks.dimensions("probabilities", checks.distributions("probabilities", probabilities), 2)
    return np.log(checks.positive("probabilities", forecast))


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
