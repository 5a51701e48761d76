"""A season under way: its teams, what was played, what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.errors import UsageError
from monps.numerics.checks import Ints
from monps.season.fixtures import Fixtures, Results
from monps.season.records import Ledger, Pairs, Sides, pack
from monps.tables.encode import TeamIndex


@dataclass(frozen=True, eq=False)
class LeagueSeason:
    """A season of t teams, part played, part to be played.

    Parameters
    ----------
    teams : TeamIndex
        The teams; results and fixtures know them by number.
    results : Results
        What was played.
    fixtures : Fixtures
        What is left.
    """

    teams: TeamIndex
    results: Results
    fixtures: Fixtures

    def deductions(self, points: Mapping[str, int]) -> Ints:
        """Shape (t,): the points taken away from each team.

        Raises
        ------
        UnknownTeam
            If a team is not of this season.
        UsageError
            If points are given rather than taken.
        """
        taken = np.zeros(len(self.teams), dtype=np.int64)
        for name, count in points.items():
            if count < 1:
                raise UsageError(f"a deduction is at least 1 point, not {count} ({name})")
            taken[self.teams.require(name)] = count
        return taken

    @cached_property
    def pairs(self) -> Pairs:
        """Who plays whom: what was played, then what is left."""
        home = np.concatenate([self.results.home, self.fixtures.home])
        return Pairs(len(self.teams), home, np.concatenate([self.results.away, self.fixtures.away]))

    @cached_property
    def played(self) -> Ledger:
        """What was played so far, as one season."""
        results = self.results
        pairs = Pairs(len(self.teams), results.home, results.away)
        pairs.require_room(self.most_goals)
        return Ledger(pairs, pack(results.home_goals[:, None], results.away_goals[:, None]))

    @cached_property
    def most_goals(self) -> int:
        """The most goals that a side has scored."""
        return int(np.maximum(self.results.home_goals, self.results.away_goals).max(initial=0))

    def completed(self, home_goals: Ints, away_goals: Ints, codes: Ints) -> Ledger:
        """Return r whole seasons.

        Parameters
        ----------
        home_goals, away_goals : ndarray of int, shape (k,)
            The scores that codes stand for.
        codes : ndarray of int, shape (m, r)
            The score of each fixture in each season.
        """
        self.pairs.require_room(max(self.most_goals, int(home_goals.max()), int(away_goals.max())))
        parts = (
            np.concatenate([np.broadcast_to(before, (len(before), codes.shape[1])), counted[codes]])
            for before, counted in zip(self.played.sides, pack(home_goals, away_goals), strict=True)
        )
        return Ledger(self.pairs, Sides(*parts))
