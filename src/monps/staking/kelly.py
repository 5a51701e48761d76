"""Ways to stake: shares of the bankroll, shape (k,), for a slip of k bets, before controls."""

from abc import ABC, abstractmethod

import numpy as np
from pydantic import Field

from monps.domain.base import Noun
from monps.markets.catalogue import market
from monps.markets.rules import LOSS, VOID, WIN
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.growth import (
    bet_returns,
    kelly_exclusive,
    kelly_simultaneous,
    kelly_single,
    uncertainty_shrinkage,
)
from monps.staking.slip import Slip


class StakeRule(Noun, ABC):
    """A frozen recipe that says how much to put on each bet."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def of_initial(self) -> bool:
        """Whether shares are of the bankroll that one began with, and not of the present one."""
        return False

    @abstractmethod
    def shares(self, slip: Slip) -> Floats:
        """Return the share of the bankroll for each of k bets, shape (k,), before controls.

        Parameters
        ----------
        slip : Slip
            Bets on one or more matches, in the order of the matches.
        """


class Flat(StakeRule):
    """The same amount on every bet."""

    unit: float = Field(default=0.01, gt=0, le=1)

    @property
    def name(self) -> str:
        """What it is called."""
        return "flat"

    @property
    def of_initial(self) -> bool:
        """Shares are of what one began with, so the amount stays the same."""
        return True

    def shares(self, slip: Slip) -> Floats:
        """Return the unit for each."""
        return np.full(len(slip), self.unit)


class Percentage(StakeRule):
    """The same share of the present bankroll on every bet."""

    unit: float = Field(default=0.01, gt=0, le=1)

    @property
    def name(self) -> str:
        """What it is called."""
        return "percentage"

    def shares(self, slip: Slip) -> Floats:
        """Return the unit for each."""
        return np.full(len(slip), self.unit)


class _Fractional(StakeRule, ABC):
    """A fraction of a stake for growth, shrunk for what is not known of the probability."""

    fraction: float = Field(default=0.25, gt=0, le=1)
    shrink: bool = True

    def shares(self, slip: Slip) -> Floats:
        """Return the fraction of the full stakes."""
        full = self.full(slip)
        if self.shrink:
            full = full * uncertainty_shrinkage(slip.value, slip.error * slip.odds)
        return self.fraction * full

    @abstractmethod
    def full(self, slip: Slip) -> Floats:
        """Return the stakes that would make wealth grow fastest if the forecast were exact."""


class Kelly(_Fractional):
    """Every bet as if it were the only one."""

    @property
    def name(self) -> str:
        """What it is called."""
        return "kelly"

    def full(self, slip: Slip) -> Floats:
        """Stake each alone."""
        return kelly_single(slip.probability, slip.odds)


class MarketKelly(_Fractional):
    """The selections of each market together, of which one wins; every market as if it were the only one."""

    @property
    def name(self) -> str:
        """What it is called."""
        return "kelly_market"

    def full(self, slip: Slip) -> Floats:
        """Stake exclusive selections in closed form, those that may be void alone."""
        stakes = kelly_single(slip.probability, slip.odds)
        exclusive = np.array([market(each.market).rule.winners == 1 for each in slip.selections])
        exclusive &= np.isin(slip.payoffs().settled, (WIN, LOSS)).all(axis=1)
        rows = np.flatnonzero(exclusive[slip.selection])
        if not len(rows):
            return stakes
        group, place = _groups(slip.match[rows], slip.market[rows])
        table = np.full((2, group.max() + 1, place.max() + 1), np.nan)
        table[:, group, place] = slip.probability[rows], slip.odds[rows]
        chance = np.where(np.isfinite(table[0]), table[0], 0.0)
        stakes[rows] = kelly_exclusive(chance, table[1])[group, place]
        return stakes


class MatchKelly(_Fractional):
    """All bets of a match together, however they hang together, from its grid; every match as if alone."""

    @property
    def name(self) -> str:
        """What it is called."""
        return "kelly_match"

    def full(self, slip: Slip) -> Floats:
        """Stake each match's bets exactly; a bet that is alone and never halved, in closed form.

        Which bets there are differs from match to match, so the matches are solved one by one.
        """
        stakes = kelly_single(slip.probability, slip.odds)
        settled, outcome = slip.payoffs()
        halved: Bools = np.logical_not(np.isin(settled, (WIN, VOID, LOSS)).all(axis=1))
        matches, first, count = np.unique(slip.match, return_index=True, return_counts=True)
        hard = (count > 1) | halved[slip.selection[first]]
        chances = slip.grid[matches[hard]].cells @ outcome
        for start, bets, chance in zip(first[hard], count[hard], chances, strict=True):
            rows = slice(start, start + bets)
            returns = bet_returns(settled[slip.selection[rows]], slip.odds[rows])
            stakes[rows] = kelly_simultaneous(returns, chance / chance.sum()).stakes
        return stakes


def _groups(match: Ints, market: Ints) -> tuple[Ints, Ints]:
    """Return a number for each market of each match, and every bet's place in its market."""
    group = np.unique(np.stack([match, market]), axis=1, return_inverse=True)[1].ravel()
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return group, place
