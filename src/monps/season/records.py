"""What matches add up to: wins, draws and goals of every team, in many seasons at once.

The six counts of one side are packed into one integer, ten bits each, so that one sum adds them all.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from monps.errors import UsageError
from monps.numerics.checks import Bools, Ints

_BITS = 10
_LIMIT = 1 << _BITS
WIN, DRAW = 3, 1
"""Points."""


class Record(NamedTuple):
    """Counts of t teams in r seasons, every array of shape (t, r)."""

    played: Ints
    won: Ints
    drawn: Ints
    goals_for: Ints
    goals_against: Ints
    away_goals: Ints

    @property
    def lost(self) -> Ints:
        """Matches lost."""
        return self.played - self.won - self.drawn

    @property
    def points(self) -> Ints:
        """Three for a win, one for a draw."""
        return WIN * self.won + DRAW * self.drawn

    @property
    def goal_difference(self) -> Ints:
        """Goals for less goals against."""
        return self.goals_for - self.goals_against


class Sides(NamedTuple):
    """What each match counts for its two sides, packed, both of shape (n, r)."""

    home: Ints
    away: Ints


def pack(home_goals: Ints, away_goals: Ints) -> Sides:
    """Pack scores of any shape, as both sides count them."""
    won, lost = home_goals > away_goals, home_goals < away_goals
    drawn, none = home_goals == away_goals, np.zeros_like(home_goals)
    return Sides(
        _packed(won, drawn, home_goals, away_goals, none),
        _packed(lost, drawn, away_goals, home_goals, away_goals),
    )


def _packed(*counts: Ints | Bools) -> Ints:
    packed = np.ones(counts[0].shape, dtype=np.int64)
    for place, count in enumerate(counts, 1):
        packed += count.astype(np.int64) << (_BITS * place)
    return packed


def _unpacked(total: Ints) -> Record:
    return Record(*(total >> (_BITS * place) & (_LIMIT - 1) for place in range(len(Record._fields))))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Who played whom in the n matches of a season.

    Parameters
    ----------
    teams : int
        How many.
    home, away : ndarray of int, shape (n,)
        Their numbers.
    """

    teams: int
    home: Ints
    away: Ints

    def require_room(self, most_goals: int) -> None:
        """Refuse a season in which a team might have more goals than can be counted.

        Raises
        ------
        UsageError
            If its matches, with so many goals in each, come to more than 1023.
        """
        if self._longest * most_goals >= _LIMIT:
            raise UsageError(
                f"{self._longest} matches a team, with up to {most_goals} goals, are too many to count"
            )

    def record(self, sides: Sides) -> Record:
        """Add up what the matches count, by team."""
        total = np.zeros((self.teams, sides.home.shape[1]), dtype=np.int64)
        if len(self.home):
            order, present, starts = self._by_team
            total[present] = np.add.reduceat(np.concatenate(sides)[order], starts, axis=0)
        return _unpacked(total)

    @cached_property
    def _sides(self) -> Ints:
        return np.concatenate([self.home, self.away])

    @cached_property
    def _longest(self) -> int:
        return int(np.bincount(self._sides, minlength=1).max())

    @cached_property
    def _by_team(self) -> tuple[Ints, Ints, Ints]:
        """The order of both sides by team, the teams that have a match, and where each begins."""
        order = np.argsort(self._sides, kind="stable")
        present, starts = np.unique(self._sides[order], return_index=True)
        return order, present, starts


@dataclass(frozen=True, eq=False)
class Ledger:
    """What was played in r seasons of the same fixtures, and what it counts.

    Parameters
    ----------
    pairs : Pairs
        Who played whom.
    sides : Sides
        What each match counted.
    """

    pairs: Pairs
    sides: Sides

    @cached_property
    def record(self) -> Record:
        """What it adds up to."""
        return self.pairs.record(self.sides)

    def between(self, seasons: Ints, level: Bools) -> Record:
        """Add up chosen matches, shape (n, s), few among many, of s chosen seasons."""
        match, season = np.nonzero(level)
        total = np.zeros((self.pairs.teams, len(seasons)), dtype=np.int64)
        for teams, side in zip((self.pairs.home, self.pairs.away), self.sides, strict=True):
            np.add.at(total, (teams[match], season), side[match, seasons[season]])
        return _unpacked(total)
