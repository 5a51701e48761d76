"""What bets return in every outcome, and how fast wealth grows with them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import ShapeError, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats


def bet_returns(settled: Floats, odds: Floats) -> Floats:
    """Return what a unit stake gains in every outcome.

    Parameters
    ----------
    settled : ndarray, shape (k, c)
        What each bet settles to in every outcome, in {-1, -½, 0, ½, 1}.
    odds : ndarray, shape (k,)
        Net decimal odds.

    Returns
    -------
    ndarray, shape (k, c)
        Settled × (odds − 1) where it wins, settled where it loses.

    Examples
    --------
    >>> bet_returns(np.array([[1.0, 0.5, 0.0, -1.0]]), np.array([3.0])).tolist()
    [[2.0, 1.0, 0.0, -1.0]]
    """
    return np.where(settled > 0.0, settled * (odds[:, None] - 1.0), settled)


def expected_growth(stakes: ArrayLike, returns: ArrayLike, probabilities: ArrayLike) -> Floats:
    """Return the expected logarithm of wealth after the bets, having been 1.

    Parameters
    ----------
    stakes : array_like, shape (..., k)
        Shares of wealth.
    returns : array_like, shape (k, c)
        What a unit stake gains in every outcome.
    probabilities : array_like, shape (c,)
        Of the outcomes.

    Returns
    -------
    ndarray, shape (...)
        −∞ where all may be lost.
    """
    chance = checks.distributions("probabilities", probabilities)
    possible = chance > 0.0
    wealth = 1.0 + checks.floats("stakes", stakes) @ checks.floats("returns", returns)[:, possible]
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(wealth, 0.0)) @ chance[possible]


def joint_returns(
    returns: Sequence[Floats],
    probabilities: Sequence[Floats],
    generator: np.random.Generator,
    *,
    most: int = 4096,
) -> tuple[Floats, Floats]:
    """Set out the joint outcomes of independent matches: all of them where they are few, else drawn ones.

    Parameters
    ----------
    returns : sequence of ndarray, shapes (k_i, c_i)
        What a unit stake on each match's bets gains in each of its outcomes.
    probabilities : sequence of ndarray, shapes (c_i,)
        Of these outcomes.
    generator : numpy.random.Generator
        Draws where there are more than ``most`` joint outcomes.
    most : int
        How many joint outcomes there are at most.

    Returns
    -------
    returns : ndarray, shape (Σ k_i, c)
    probabilities : ndarray, shape (c,)

    Raises
    ------
    ShapeError
        If the lengths do not fit.
    UsageError
        If there is no match, or ``most`` is below 1.
    """
    _check_matches(returns, probabilities, most)
    sizes = [len(chance) for chance in probabilities]
    if np.prod([float(size) for size in sizes]) <= most:
        places = np.indices(sizes).reshape(len(sizes), -1)
        weights = np.prod([p[at] for p, at in zip(probabilities, places, strict=True)], axis=0)
    else:
        places = np.stack([_stratified(p, most, generator) for p in probabilities])
        weights = np.full(most, 1.0 / most)
    return np.concatenate([x[:, at] for x, at in zip(returns, places, strict=True)]), weights


def _stratified(probabilities: Floats, count: int, generator: np.random.Generator) -> Floats:
    """Draw outcomes, one from each of ``count`` equal parts of the distribution, in a random order."""
    points = (np.arange(count) + generator.random(count)) / count
    drawn = np.searchsorted(np.cumsum(probabilities), points)
    return generator.permutation(np.minimum(drawn, len(probabilities) - 1))


def _check_matches(returns: Sequence[Floats], probabilities: Sequence[Floats], most: int) -> None:
    checks.same_length(returns=returns, probabilities=probabilities)
    if not returns or most < 1:
        raise UsageError("joint outcomes need at least one match and room for one outcome")
    for match, (each, chance) in enumerate(zip(returns, probabilities, strict=True)):
        checks.distributions(f"probabilities of match {match}", chance)
        if each.ndim != 2 or each.shape[1] != len(chance):  # noqa: PLR2004
            raise ShapeError(f"match {match}: returns {each.shape} do not fit {len(chance)} outcomes")
