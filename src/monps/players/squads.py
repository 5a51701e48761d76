"""Squads: what every player of a side is expected to do in its next match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from monps.domain.base import Noun
from monps.domain.scorers import Position
from monps.errors import NotEnoughData
from monps.numerics.checks import Floats, Ints
from monps.numerics.log_odds import chances, chances_with_total
from monps.players.goalscorer import SquadShares
from monps.players.minutes import MinutesModel, PlayingTime
from monps.players.records import (
    MATCH_MINUTES,
    POSITIONS,
    STARTERS,
    UNKNOWN_POSITION,
    Records,
    read_records,
)
from monps.players.shares import GoalShares, ShareModel
from monps.tables.appearances import AppearanceTable

NOBODY = -1
"""Stands in the place of a player where a side has fewer than others."""

_MOST_OF_ALL = 0.9
"""The expected starters among k known players are at most this part of them."""


class PlayerModel(Noun):
    """A recipe: how minutes and goals are learned from appearances.

    Parameters
    ----------
    minutes : MinutesModel
        For who plays, and how long.
    shares : ShareModel
        For who scores.
    """

    minutes: MinutesModel = MinutesModel()
    shares: ShareModel = ShareModel()

    def fit(self, appearances: AppearanceTable, as_of: datetime) -> "FittedPlayers":
        """Learn from the appearances that were known at a moment.

        Parameters
        ----------
        appearances : AppearanceTable
            Of one competition; only what was known at ``as_of`` is looked at.
        as_of : datetime
            From when one looks, and from when ages count.

        Raises
        ------
        NotEnoughData
            If nobody's appearance was known.
        """
        records = read_records(appearances.until(as_of))
        day = as_of.timestamp() / 86_400
        return FittedPlayers(records, self.minutes.fit(records, day), self.shares.fit(records, day))


class Squads(NamedTuple):
    """n sides of up to p players each.

    Parameters
    ----------
    players : ndarray of int, shape (n, p)
        Places in ``Records.names``, ``NOBODY`` where a side has fewer; after the last name come newcomers, by
        position.
    minutes : ndarray, shape (n, p)
        Expected.
    shares : SquadShares
        Chances to play, and parts of the goals.
    """

    players: Ints
    minutes: Floats
    shares: SquadShares


class Cast(NamedTuple):
    """Who may play for n sides, with what each would do; every array of shape (n, p) but the last.

    Parameters
    ----------
    starts, comes_on : ndarray
        Chances.
    minutes_if_starting, minutes_if_coming_on : ndarray
    from_play, penalties : ndarray
        As in ``GoalShares``.
    others : ndarray, shape (n,)
        Part of the goals for all who are not named.
    """

    starts: Floats
    comes_on: Floats
    minutes_if_starting: Floats
    minutes_if_coming_on: Floats
    from_play: Floats
    penalties: Floats
    others: Floats


@dataclass(frozen=True, slots=True, eq=False)
class FittedPlayers:
    """What was learned of all players of a competition.

    Parameters
    ----------
    records : Records
        What they did.
    time : PlayingTime
        Who is expected to play.
    goals : GoalShares
        Who is expected to score.
    """

    records: Records
    time: PlayingTime
    goals: GoalShares

    def expected(self, teams: Sequence[str]) -> Squads:
        """Return the squads of n sides, who play as their latest line-ups say.

        Parameters
        ----------
        teams : sequence of str, length n
            The sides' names.

        Raises
        ------
        UnknownTeam
            If nobody was seen to play for one of them.
        NotEnoughData
            If too few were seen.
        """
        sides = np.array([self.records.teams.require(team) for team in teams], dtype=np.int64)
        time, possible = self.time, self.time.available[sides]
        if (lonely := possible.sum(axis=1) < STARTERS).any():
            name = teams[int(np.argmax(lonely))]
            raise NotEnoughData(f"fewer than {STARTERS} players who may play for {name} have been seen")
        newcomers = time.new_starters[sides]
        totals = np.minimum(STARTERS * (1.0 - newcomers), _MOST_OF_ALL * possible.sum(axis=1))
        starts = chances_with_total(time.start_score[sides], possible, totals)
        players = np.where(possible, time.squad[sides], NOBODY)
        cast = Cast(
            starts,
            np.where(possible, (1.0 - starts) * chances(time.entry_score[sides]), 0.0),
            time.minutes_if_starting[sides],
            time.minutes_if_coming_on[sides],
            self.goals.from_play[players],
            self.goals.penalties[players],
            1.0 - totals / STARTERS,
        )
        return Squads(players, *self.shared(cast))

    def position(self, player: int) -> Position | None:
        """Return where a player of a squad plays, if that is known."""
        newcomer = player - len(self.records.names)
        place = int(self.records.positions[player]) if newcomer < 0 else newcomer
        return None if place == UNKNOWN_POSITION else POSITIONS[place]

    def shared(self, cast: Cast) -> tuple[Floats, SquadShares]:
        """Return expected minutes, shape (n, p), and how each side's goals are shared.

        Raises
        ------
        NotEnoughData
            If nobody who plays is known to score, or one player would have more than all goals.
        """
        on = np.stack([cast.minutes_if_starting, cast.minutes_if_coming_on]) / MATCH_MINUTES
        plays = np.stack([cast.starts, cast.comes_on])
        named = (1.0 - self.goals.own_goals) * (1.0 - cast.others)
        spot = self.goals.penalty_goals
        parts = (1.0 - spot) * _divided(plays, on * cast.from_play)
        parts += spot * _divided(plays, on * cast.penalties)
        parts = np.where(plays > 0, named[:, None] * parts, 0.0)
        if parts.max() > 1.0:
            raise NotEnoughData("too little is known of a squad to say who scores its goals")
        own_goals = np.full(len(named), self.goals.own_goals)
        others = (1.0 - self.goals.own_goals) * cast.others
        minutes = MATCH_MINUTES * (plays * on).sum(axis=0)
        return minutes, SquadShares(cast.starts, cast.comes_on, parts[0], parts[1], others, own_goals)


def _divided(plays: Floats, weights: Floats) -> Floats:
    """Share a whole out by weights, shape (2, n, p), so that the expected parts of each side sum to 1."""
    total = (plays * weights).sum(axis=(0, 2))
    if (total <= 0).any():
        raise NotEnoughData("nobody who may play is known to score")
    parts: Floats = weights / total[:, None]
    return parts
