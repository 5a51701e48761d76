"""Remove the margin of all markets of a match at once: one scoreline grid that explains them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.grid import GRID_SIZE
from monps.numerics.inversion.grids import FittedGrids, Prior, fit_grids
from monps.numerics.inversion.quotes import QuotedMarkets
from monps.numerics.inversion.targets import (
    Target,
    both_score_target,
    handicap_target,
    result_targets,
    total_target,
)
from monps.numerics.overround import MarginFree, remove_margin

_LITTLE = 0.0025
"""A squared distance of 0.1 of ρ from the prior counts as much as 0.5 % by which a market is missed."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What each family of markets counts in a joint fit.

    Parameters
    ----------
    result, totals, handicaps, both_score : float
        Weight of the squared relative errors.
    rho : Prior
        Belief about Dixon–Coles ρ.
    """

    result: float = 1.0
    totals: float = 1.0
    handicaps: float = 1.0
    both_score: float = 1.0
    rho: Prior = field(default_factory=lambda: Prior(strength=_LITTLE))


@dataclass(frozen=True, slots=True, eq=False)
class JointlyFair:
    """One grid a match, and how far each of its markets is from it.

    Parameters
    ----------
    fitted : FittedGrids
        The grids; all fair probabilities are theirs.
    separate : mapping of str to MarginFree
        Each family's margin removed alone, by the field of :class:`QuotedMarkets`.
    residuals : mapping of str to ndarray
        Probability by the grid less the separate one: result (n, 3), totals (n, t) of over, handicaps (n, h)
        of the home side, both_score (n, 1) of yes; NaN where there is no valid quote.
    """

    fitted: FittedGrids
    separate: Mapping[str, MarginFree]
    residuals: Mapping[str, Floats]


def remove_margin_jointly(
    quotes: QuotedMarkets, method: str = "power", *, trust: Trust | None = None, size: int = GRID_SIZE
) -> JointlyFair:
    """Fit one Dixon–Coles grid to all quoted markets of each match.

    Each market's margin is removed alone; the grid is the one whose probabilities have the least weighted sum
    of squared relative errors, ``Σ (p − q)² / q``, over all selections of all markets. Markets that agree
    with each other keep their prices; where they do not, all give way.

    Parameters
    ----------
    quotes : QuotedMarkets
        Of n matches at one bookmaker; a market that is missing or no valid book does not count.
    method : str
        How each market's own margin is removed, see :func:`remove_margin`.
    trust : Trust, optional
        What each family counts; all the same unless given.
    size : int
        Scores a side in the grid.

    Returns
    -------
    JointlyFair
        Matches without enough quotes, or that no grid fits, are flagged there, never raised.

    References
    ----------
    The idea of one constrained grid for all markets: *Domain-driven identification of football
    probabilities*, Mathematics 13 (24), 3976 (2025). The grid: Dixon, M., Coles, S. (1997), Modelling
    association football scores, *Applied Statistics* 46, 265–280.

    Examples
    --------
    >>> quotes = QuotedMarkets.read(1, result=[[2.0, 3.6, 3.9]], totals=[[[1.8, 2.1]]], total_lines=[[2.5]])
    >>> fair = remove_margin_jointly(quotes)
    >>> fair.fitted.converged.tolist(), fair.fitted.grid().outcomes().round(2).tolist()
    ([True], [[0.49, 0.27, 0.25]])
    """
    trust = trust or Trust()
    separate = {name: remove_margin(getattr(quotes, name), method) for name in _FAMILIES}
    fair = {name: free.probabilities for name, free in separate.items()}
    families = _targets(quotes, fair, trust, size)
    every = [target for targets in families.values() for target in targets]
    fitted = fit_grids(every, fair["result"], trust.rho, size)
    ends = np.cumsum([len(targets) for targets in families.values()])[:-1]
    errors = np.split(fitted.errors.T, ends, axis=1)
    return JointlyFair(fitted, separate, dict(zip(families, errors, strict=True)))


_FAMILIES = ("result", "totals", "handicaps", "both_score")


def _targets(
    quotes: QuotedMarkets, fair: Mapping[str, Floats], trust: Trust, size: int
) -> dict[str, list[Target]]:
    totals = zip(fair["totals"][:, :, 0].T, quotes.total_lines.T, strict=True)
    handicaps = zip(fair["handicaps"][:, :, 0].T, quotes.handicap_lines.T, strict=True)
    return {
        "result": result_targets(fair["result"], trust.result, size),
        "totals": [total_target(over, lines, trust.totals, size) for over, lines in totals],
        "handicaps": [handicap_target(home, lines, trust.handicaps, size) for home, lines in handicaps],
        "both_score": [both_score_target(fair["both_score"][:, 0], trust.both_score)],
    }
