"""Pools of forecasts: several distributions of the same events made into one."""

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import ShapeError, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.conditional_logit import LogitFit, WeightPrior, fit_conditional_logit
from monps.numerics.scoring import outcome_indices

_FEWEST_AXES = 3


def logarithmic_pool(members: ArrayLike, weights: ArrayLike) -> Floats:
    """Pool distributions geometrically: ``P ∝ Π P_k^w_k``.

    Parameters
    ----------
    members : array_like, shape (m, n, ...)
        Probabilities by m members of n events; all axes after the second belong to the event, so that members
        may be (m, n, k) outcomes or (m, n, s, s) grids.
    weights : array_like, shape (m,) or (m, n)
        Of any sign and any sum: above 1 in all, the pool is sharper than its members.

    Returns
    -------
    ndarray, shape (n, ...)
        Sums to 1 for each event.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If a member is outside [0, 1], says 0 and has a negative weight, or they rule out everything.

    References
    ----------
    Genest, C., Zidek, J. (1986), Combining probability distributions, *Statistical Science* 1, 114–135;
    weights that need not sum to 1: Ranjan, R., Gneiting, T. (2010), Combining probability forecasts, *JRSS B*
    72, 71–91.

    Examples
    --------
    >>> logarithmic_pool([[[0.8, 0.2]], [[0.2, 0.8]]], [0.5, 0.5]).tolist()
    [[0.5, 0.5]]
    >>> logarithmic_pool([[[0.8, 0.2]]], [2.0]).round(4).tolist()
    [[0.9412, 0.0588]]
    """
    forecasts = _members(members)
    shares = checks.finite("weights", weights)
    if shares.shape not in (forecasts.shape[:1], forecasts.shape[:2]):
        raise ShapeError(f"weights must be one a member, {forecasts.shape[:1]}, not {shares.shape}")
    if (shares < 0.0).any() and (forecasts == 0.0).any():
        raise UsageError("a probability of 0 cannot have a negative weight")
    return _geometric(forecasts, shares.reshape(*shares.shape, *[1] * (forecasts.ndim - shares.ndim)))


def linear_pool(members: ArrayLike, weights: ArrayLike) -> Floats:
    """Pool distributions by their weighted mean: ``P = Σ w_k P_k``.

    Parameters
    ----------
    members : array_like, shape (m, n, ...)
        Probabilities by m members of n events.
    weights : array_like, shape (m,)
        At least 0, sum 1.

    Returns
    -------
    ndarray, shape (n, ...)

    Raises
    ------
    ShapeError, UsageError
        If the shapes do not fit together, a member is outside [0, 1], or the weights are no distribution.

    References
    ----------
    Stone, M. (1961), The opinion pool, *Annals of Mathematical Statistics* 32, 1339–1342.

    Examples
    --------
    >>> linear_pool([[[0.8, 0.2]], [[0.2, 0.8]]], [0.75, 0.25]).round(12).tolist()
    [[0.65, 0.35]]
    """
    forecasts = _members(members)
    shares = checks.dimensions("weights", checks.distributions("weights", weights), 1)
    checks.same_length(members=forecasts, weights=shares)
    return np.asarray(np.tensordot(shares, forecasts, axes=1))


def consensus(books: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Pool the margin-free probabilities of several bookmakers, some of which may not quote.

    Parameters
    ----------
    books : array_like, shape (n, b, k)
        Fair probabilities of k outcomes at b bookmakers; a book with a NaN does not count.
    weights : array_like, shape (b,), optional
        At least 0; equal unless given. The weight of those missing goes to those present, in proportion, so
        that a consensus is as sharp with few of them as with all; weights scaled to sum to 1 keep it a mean.

    Returns
    -------
    ndarray, shape (n, k)
        The logarithmic pool; NaN where nobody with any weight quotes.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If a probability is outside [0, 1], or a weight is negative.

    Examples
    --------
    >>> nan = float("nan")
    >>> consensus([[[0.5, 0.5], [nan, nan]], [[0.8, 0.2], [0.2, 0.8]]]).round(12).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    quotes = checks.dimensions("books", checks.floats("books", books), 3)
    bookmakers = quotes.shape[1]
    shares = np.ones(bookmakers) / max(bookmakers, 1)
    if weights is not None:
        shares = checks.non_negative("weights", weights)
    if shares.shape != (bookmakers,):
        raise ShapeError(f"weights must be one a bookmaker, ({bookmakers},), not {shares.shape}")
    absent = np.isnan(quotes.sum(axis=2))
    voices = checks.within("books", np.where(absent[:, :, None], 1.0, quotes), 0.0, 1.0)
    heard = np.where(absent, 0.0, shares)
    silent = heard.sum(axis=1) == 0.0
    scaled = heard * (shares.sum() / np.where(silent, 1.0, heard.sum(axis=1)))[:, None]
    pooled = _geometric(np.moveaxis(voices, 1, 0), scaled.T[:, :, None])
    return np.where(silent[:, None], np.nan, pooled)


def fit_pool_weights(
    members: ArrayLike, outcomes: ArrayLike, *, precision: float = 1.0, centre: ArrayLike | None = None
) -> LogitFit:
    """Learn the weights of a logarithmic pool that would have had the least log loss.

    Parameters
    ----------
    members : array_like, shape (m, n, k)
        Probabilities above 0 by m members of n events.
    outcomes : array_like of int, shape (n,)
        Index of what happened.
    precision : float
        Inverse variance of the weights around the centre before the outcomes are seen; 0 to let these speak
        alone.
    centre : array_like, shape (m,), optional
        Equal weights that sum to 1 unless given.

    Returns
    -------
    LogitFit
        Weights of any sign and sum, with their covariance.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If a member is not in (0, 1], or an outcome is not in 0 … k − 1.
    NotEnoughData
        If precision is 0 and the outcomes leave a weight open.
    """
    forecasts = checks.positive("members", checks.dimensions("members", _members(members), 3))
    size = len(forecasts)
    happened = outcome_indices(outcomes, forecasts.shape[2])
    checks.same_length(events=forecasts[0], outcomes=happened)
    middle = np.full(size, 1.0 / size) if centre is None else checks.finite("centre", centre)
    if middle.shape != (size,):
        raise ShapeError(f"centre must be one a member, ({size},), not {middle.shape}")
    belief = np.full(size, float(checks.non_negative("precision", precision)))
    return fit_conditional_logit(np.log(forecasts), happened, WeightPrior(middle, belief))


def _members(members: ArrayLike) -> Floats:
    forecasts = checks.within("members", members, 0.0, 1.0)
    if forecasts.ndim < _FEWEST_AXES or not len(forecasts):
        raise ShapeError(f"members must be (m, n, ...) with m of at least 1, not {forecasts.shape}")
    return forecasts


def _geometric(forecasts: Floats, weights: Floats) -> Floats:
    """Pool along the first axis; a member without weight has no say, not even by a 0."""
    with np.errstate(divide="ignore"):
        logs = np.log(np.where(weights == 0.0, 1.0, forecasts))
    scores = (weights * logs).sum(axis=0)
    event = tuple(range(1, scores.ndim))
    highest = scores.max(axis=event, keepdims=True)
    if np.isneginf(highest).any():
        raise UsageError("the members of a pool rule out every outcome between them")
    powers = np.exp(scores - highest)
    return np.asarray(powers / powers.sum(axis=event, keepdims=True))
