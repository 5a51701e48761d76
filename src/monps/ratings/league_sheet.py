"""Who plays whom in which competition: a table's columns as a filter reads them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.ratings.responses import Blend, side_response
from monps.tables.matches import MatchTable

HOME, AWAY = 0, 1


class Sides(NamedTuple):
    """Both sides of f matches, home first, each array of shape (2, f).

    Parameters
    ----------
    scorers, keepers : ndarray of int
        The teams' numbers: whose goals these are, and who tried to prevent them.
    grounds : ndarray of int
        ``HOME`` for a side at home, ``AWAY`` for a guest and for both on neutral ground.
    """

    scorers: Ints
    keepers: Ints
    grounds: Ints


@dataclass(frozen=True, slots=True, eq=False)
class LeagueSheet:
    """The n matches of c competitions, with t teams.

    Parameters
    ----------
    teams : ndarray of int, shape (2, n)
        Numbers of the home and the away side.
    goals, responses : ndarray, shape (2, n)
        Goals, and what stands for goals.
    neutral : ndarray of bool, shape (n,)
    competition, season : ndarray of int, shape (n,)
    """

    teams: Ints
    goals: Floats
    responses: Floats
    neutral: Bools
    competition: Ints
    season: Ints

    @classmethod
    def of(cls, table: MatchTable, response: Blend, *, apart: bool) -> "LeagueSheet":
        """Read a table.

        Parameters
        ----------
        table : MatchTable
            The n matches.
        response : Blend
            What stands for goals.
        apart : bool
            Whether each competition has teams of its own; if not, all are taken for one, and teams have the
            table's numbers.
        """
        competition, teams = np.zeros(len(table), np.int64), np.stack([table.home_index, table.away_index])
        if apart:
            competition = np.unique(table.frame["competition"].to_numpy(), return_inverse=True)[1]
            pairs = teams + competition * len(table.teams)
            teams = np.unique(pairs, return_inverse=True)[1].reshape(pairs.shape)
        return cls(
            teams,
            np.stack([table.home_goals, table.away_goals]),
            np.stack([side_response(table, side, response) for side in ("home", "away")]),
            table.column("neutral") > 0,
            competition,
            table.column("season").astype(np.int64),
        )

    @property
    def competitions(self) -> int:
        """How many there are."""
        return int(self.competition.max(initial=-1)) + 1

    def sides(self, rows: Ints) -> Sides:
        """Set some matches out by sides."""
        teams = self.teams[:, rows]
        grounds = np.stack([np.where(self.neutral[rows], AWAY, HOME), np.full(len(rows), AWAY)])
        return Sides(teams, teams[::-1], grounds)

    def founders(self) -> Bools:
        """Mark the teams, shape (t,), that were there in the first season of a competition."""
        first = np.full(self.competitions, np.iinfo(np.int64).max)
        np.minimum.at(first, self.competition, self.season)
        return self._played(self.season == first[self.competition])

    def stayed(self, competition: int, season: int) -> Bools:
        """Mark the teams, shape (t,), that had played in the competition's newest season before this one."""
        earlier = (self.competition == competition) & (self.season < season)
        newest = self.season[earlier].max()
        return self._played(earlier & (self.season == newest))

    def members(self, competition: int) -> Bools:
        """Mark the teams, shape (t,), that play in a competition, whenever that is."""
        return self._played(self.competition == competition)

    def _played(self, rows: Bools) -> Bools:
        found = np.zeros(int(self.teams.max(initial=-1)) + 1, dtype=np.bool_)
        found[self.teams[:, rows]] = True
        return found
