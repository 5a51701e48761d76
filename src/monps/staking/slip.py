"""Bets to be staked, in columns, with the scores that decide them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from monps.domain.market import Selection
from monps.errors import UnknownNameError, UsageError
from monps.markets.catalogue import market
from monps.markets.timing import FULL_TIME
from monps.markets.views import FullTime
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid


class Payoffs(NamedTuple):
    """What selections settle to in every outcome that they tell apart.

    Parameters
    ----------
    settled : ndarray, shape (m, u)
        In {-1, -½, 0, ½, 1}.
    outcome : ndarray, shape (size², u)
        1 where a final score leads to the outcome: cells @ outcome are the outcomes' probabilities.
    """

    settled: Floats
    outcome: Floats


@lru_cache(maxsize=64)
def payoffs(selections: tuple[Selection, ...], size: int) -> Payoffs:
    """Return what selections settle to, scores that settle all of them alike being one outcome.

    Parameters
    ----------
    selections : tuple of Selection
        On the full time score of goals.
    size : int
        Scores a side of the grid, counting 0.

    Raises
    ------
    UsageError
        If one is not settled on the final score, so that the grid alone does not decide it.
    UnknownNameError
        If there is no such market or selection.
    """
    rows = np.stack([_settled(selection, size) for selection in selections])
    settled, place = np.unique(rows, axis=1, return_inverse=True)
    return Payoffs(settled, np.eye(settled.shape[1])[place.ravel()])


def _settled(selection: Selection, size: int) -> Floats:
    of = market(selection.market)
    if not isinstance(of.view, FullTime) or selection.market.period != FULL_TIME:
        raise UsageError(
            f"{selection} is not settled on the final score, so it cannot be staked from its grid"
        )
    if selection.name not in of.rule.selections:
        raise UnknownNameError("selection", selection.name, of.rule.selections)
    settled: Floats = of.payoffs(size)[of.rule.selections.index(selection.name)].ravel()
    return settled


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """k bets on n matches.

    Parameters
    ----------
    selections : tuple of Selection, length m
        What is backed by any of them.
    grid : ScoreGrid
        Forecasts of the n matches.
    match : ndarray of int, shape (k,)
        The match's place among the n, in order.
    selection, market : ndarray of int, shape (k,)
        The selection's place above, and a number for its market.
    odds : ndarray, shape (k,)
        Net decimal odds.
    probability : ndarray, shape (k,)
        Chance to win what is not given back.
    error : ndarray, shape (k,)
        Its standard error.
    """

    selections: tuple[Selection, ...]
    grid: ScoreGrid
    match: Ints
    selection: Ints
    market: Ints
    odds: Floats
    probability: Floats
    error: Floats

    def __len__(self) -> int:
        return len(self.odds)

    def where(self, rows: Bools | Ints) -> "Slip":
        """Return some of the bets."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self)[2:]}
        return Slip(self.selections, self.grid, **columns)

    @property
    def value(self) -> Floats:
        """Shape (k,): expected value per unit not given back."""
        return self.probability * self.odds - 1.0

    def payoffs(self) -> Payoffs:
        """Return what the selections settle to."""
        return payoffs(self.selections, self.grid.size)


def number_markets(selections: Sequence[Selection]) -> Ints:
    """Shape (m,): a number for each selection's market, the same for siblings."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(each.market, len(numbers)) for each in selections], dtype=np.int64)
