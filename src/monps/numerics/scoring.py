"""Proper scores of probability forecasts; lower is better for all of them."""

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints


def ranked_probability_score(probabilities: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Score forecasts of an ordered outcome, near misses costing less than far ones.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Each row sums to 1; outcomes in their order, as home win, draw, away win.
    outcomes : array_like of int, shape (n,)
        Index of what happened.

    Returns
    -------
    ndarray, shape (n,)
        In [0, 1]: the mean squared error of the k − 1 cumulative probabilities.

    Raises
    ------
    UsageError
        If a row is no distribution, or an outcome is not in 0 … k − 1.

    References
    ----------
    Epstein, E. (1969), A scoring system for probability forecasts of ranked categories, *Journal of Applied
    Meteorology* 8, 985–987; Constantinou, A., Fenton, N. (2012), Solving the problem of inadequate scoring
    rules for assessing probabilistic football forecast models, *Journal of Quantitative Analysis in Sports* 8
    (1).

    Examples
    --------
    >>> ranked_probability_score([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]], [0, 2]).round(12).tolist()
    [0.145, 1.0]
    """
    forecast, happened = _pair(probabilities, outcomes)
    return _ranked(forecast, happened)


def log_loss(probabilities: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Score forecasts by minus the natural logarithm of what they gave to the outcome.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Each row sums to 1.
    outcomes : array_like of int, shape (n,)
        Index of what happened.

    Returns
    -------
    ndarray, shape (n,)
        In nats, ≥ 0; infinite where the outcome had been called impossible.

    Raises
    ------
    UsageError
        If a row is no distribution, or an outcome is not in 0 … k − 1.

    References
    ----------
    Good, I. J. (1952), Rational decisions, *Journal of the Royal Statistical Society B* 14, 107–114.

    Examples
    --------
    >>> log_loss([[0.5, 0.25, 0.25]], [0]).round(4).tolist()
    [0.6931]
    """
    forecast, happened = _pair(probabilities, outcomes)
    with np.errstate(divide="ignore"):
        return -np.log(_of_outcome(forecast, happened))


def ignorance_score(probabilities: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Return :func:`log_loss` in bits, for the same shapes.

    References
    ----------
    Roulston, M., Smith, L. (2002), Evaluating probabilistic forecasts using information theory, *Monthly
    Weather Review* 130, 1653–1660.

    Examples
    --------
    >>> ignorance_score([[0.5, 0.25, 0.25]], [1]).tolist()
    [2.0]
    """
    return np.asarray(log_loss(probabilities, outcomes) / np.log(2.0))


def brier_score(probabilities: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Score forecasts by the squared error summed over all outcomes.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Each row sums to 1.
    outcomes : array_like of int, shape (n,)
        Index of what happened.

    Returns
    -------
    ndarray, shape (n,)
        In [0, 2].

    Raises
    ------
    UsageError
        If a row is no distribution, or an outcome is not in 0 … k − 1.

    References
    ----------
    Brier, G. (1950), Verification of forecasts expressed in terms of probability, *Monthly Weather Review*
    78, 1–3.

    Examples
    --------
    >>> brier_score([[0.5, 0.3, 0.2]], [0]).round(12).tolist()
    [0.38]
    """
    forecast, happened = _pair(probabilities, outcomes)
    return np.asarray((forecast**2).sum(axis=1) - 2.0 * _of_outcome(forecast, happened) + 1.0)


def outcome_indices(outcomes: ArrayLike, kinds: int) -> Ints:
    """Read indices of outcomes, each in 0 … kinds − 1.

    Raises
    ------
    UsageError
        If one is not a whole number in that range.
    ShapeError
        If they are not one axis.
    """
    raw = checks.dimensions("outcomes", checks.within("outcomes", outcomes, 0, kinds - 1), 1)
    happened = raw.astype(np.int64)
    if (happened != raw).any():
        raise UsageError("outcomes must be whole numbers: the index of what happened")
    return happened


def _pair(probabilities: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Ints]:
    forecast = checks.dimensions("probabilities", checks.distributions("probabilities", probabilities), 2)
    happened = outcome_indices(outcomes, forecast.shape[1])
    checks.same_length(probabilities=forecast, outcomes=happened)
    return forecast, happened


def _ranked(forecast: Floats, happened: Ints) -> Floats:
    steps = np.arange(forecast.shape[1] - 1)
    errors = forecast.cumsum(axis=1)[:, :-1] - (happened[:, None] <= steps)
    return np.asarray((errors**2).mean(axis=1))


def _of_outcome(forecast: Floats, happened: Ints) -> Floats:
    return np.take_along_axis(forecast, happened[:, None], axis=1)[:, 0]
