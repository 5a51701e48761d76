"""What can be lost: value at risk, and the mean loss beyond it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints

MOST_ATOMS = 1 << 20
"""Distributions of more outcomes than this are drawn from rather than listed."""

_ROUNDING = 1e-12


class TailRisk(NamedTuple):
    """Losses (positive where something is lost) of a distribution of profits.

    Parameters
    ----------
    var : float
        The smallest loss that is not exceeded with the confidence asked for.
    cvar : float
        The mean loss in the worst 1 − confidence of all outcomes.
    worst : float
        The largest loss.
    mean : float
        The expected profit.
    chance_of_loss : float
        How likely a profit below 0 is.
    """

    var: float
    cvar: float
    worst: float
    mean: float
    chance_of_loss: float


def tail_risk(profits: ArrayLike, probabilities: ArrayLike, confidence: float = 0.95) -> TailRisk:
    """Measure the losses of a distribution of profits.

    Parameters
    ----------
    profits : array_like, shape (c,)
        One an outcome.
    probabilities : array_like, shape (c,)
        Of the outcomes.
    confidence : float
        In (0, 1).

    Raises
    ------
    UsageError
        If the probabilities are none, or the confidence is outside (0, 1).

    References
    ----------
    Rockafellar, R., Uryasev, S. (2002), Conditional value-at-risk for general loss distributions, *Journal of
    Banking & Finance* 26(7), proposition 8.

    Examples
    --------
    >>> tail_risk([-10.0, -2.0, 5.0], [0.05, 0.15, 0.8], confidence=0.9)[:3]
    (2.0, 6.0, 10.0)
    """
    if not 0.0 < confidence < 1.0:
        raise UsageError(f"confidence must be between 0 and 1, not {confidence:g}")
    chance = checks.distributions("probabilities", probabilities)
    losses = -checks.finite("profits", profits)
    checks.same_length(profits=losses, probabilities=chance)
    order = np.argsort(losses, kind="stable")
    reached = np.searchsorted(np.cumsum(chance[order]), confidence - _ROUNDING)
    var = losses[order[min(int(reached), len(order) - 1)]]
    beyond = np.maximum(losses - var, 0.0) @ chance / (1.0 - confidence)
    possible = losses[chance > 0.0]
    worst = possible.max()
    cvar = min(var + beyond, worst)
    return TailRisk(
        float(var), float(cvar), float(worst), float(-losses @ chance), float(chance[losses > 0].sum())
    )


def sum_of_independent(
    profits: Sequence[Ints], probabilities: Sequence[Floats]
) -> tuple[Ints, Floats] | None:
    """Return the exact distribution of a sum of independent amounts in whole cents.

    Parameters
    ----------
    profits : sequence of ndarray of int, shapes (c_i,)
        Outcomes of each.
    probabilities : sequence of ndarray, shapes (c_i,)
        Of these outcomes.

    Returns
    -------
    tuple of ndarray, shapes (c,), or None
        Distinct sums in order, with their probabilities; None where there would be more than ``MOST_ATOMS``.

    Examples
    --------
    >>> coin = np.array([-1, 1]), np.array([0.5, 0.5])
    >>> sums, chance = sum_of_independent([coin[0]] * 2, [coin[1]] * 2)
    >>> sums.tolist(), chance.tolist()
    ([-2, 0, 2], [0.25, 0.5, 0.25])
    """
    sums, chance = np.zeros(1, dtype=np.int64), np.ones(1)
    for amounts, likely in zip(profits, probabilities, strict=True):
        one, weight = merged(amounts, likely)
        if len(sums) * len(one) > MOST_ATOMS:
            return None
        sums, chance = merged(np.add.outer(sums, one).ravel(), np.multiply.outer(chance, weight).ravel())
    return sums, chance


def merged(amounts: Ints, probabilities: Floats) -> tuple[Ints, Floats]:
    """Return distinct amounts in order, each with the probability of all outcomes that have it.

    Parameters
    ----------
    amounts : ndarray of int, shape (c,)
    probabilities : ndarray, shape (c,)
    """
    distinct, places = np.unique(amounts, return_inverse=True)
    chance: Floats = np.bincount(places, weights=probabilities, minlength=len(distinct)).astype(np.float64)
    return distinct, chance


def drawn_sum(
    profits: Sequence[Ints], probabilities: Sequence[Floats], generator: np.random.Generator, draws: int
) -> Ints:
    """Draw sums of independent amounts, shape (draws,).

    Parameters
    ----------
    profits, probabilities : sequence of ndarray
        As for :func:`sum_of_independent`.
    generator : numpy.random.Generator
    draws : int
        How many.
    """
    total = np.zeros(draws, dtype=np.int64)
    for amounts, likely in zip(profits, probabilities, strict=True):
        total += generator.choice(amounts, size=draws, p=likely / likely.sum())
    return total
