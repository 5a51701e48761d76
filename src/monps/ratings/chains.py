"""A competition's season as a chain of mornings, with the matches from which each morning is fitted."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.pairings import Responses
from monps.ratings.newcomers import Seasons
from monps.ratings.responses import side_response
from monps.ratings.strengths import StrengthSettings
from monps.tables.matches import MatchTable

NEGLIGIBLE_WEIGHT = 2.0**-10
"""A season's sums leave out matches that weigh less than this when it begins."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """One season of one competition, its t teams numbered from 0.

    Parameters
    ----------
    as_of_days : ndarray, shape (k,)
        The mornings, ascending, in days from 1970.
    matches : Responses
        The m matches to learn from, all of weight 1.
    played_days : ndarray, shape (m,)
        When they were played.
    known_step : ndarray of int, shape (m,)
        The first morning on which each was known; k if none.
    rows : ndarray of int, shape (f,)
        The table's rows that are to be predicted.
    hosts, guests, steps : ndarray of int, shape (f,)
        Who plays there, and on which morning.
    believed : ndarray, shape (2, 2, t)
        Attacks and defences believed before any match is seen, not 0 for newcomers: as long as none of the
        season's matches is known, and after.
    """

    as_of_days: Floats
    matches: Responses
    played_days: Floats
    known_step: Ints
    rows: Ints
    hosts: Ints
    guests: Ints
    steps: Ints
    believed: Floats
    first_known_step: int

    @property
    def teams(self) -> int:
        """How many teams there are."""
        return int(self.believed.shape[2])


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """A table's columns, read once."""

    competition: np.ndarray
    season: Ints
    played: Floats
    known: Floats
    host: Ints
    guest: Ints
    responses: tuple[Floats, Floats, Floats, Floats]

    def learned(self, chosen: Ints, host: Ints, guest: Ints) -> Responses:
        """Set some matches out for the likelihood, each with weight 1."""
        home, away, home_goals, away_goals = (values[chosen] for values in self.responses)
        return Responses(host, guest, home, away, home_goals, away_goals, np.ones(len(chosen)))

    @classmethod
    def of(cls, table: MatchTable, settings: StrengthSettings) -> "_Columns":
        return cls(
            table.frame["competition"].to_numpy(),
            table.column("season").astype(np.int64),
            table.kickoff_days,
            table.known_days,
            table.home_index,
            table.away_index,
            (
                side_response(table, "home", settings.response),
                side_response(table, "away", settings.response),
                table.home_goals,
                table.away_goals,
            ),
        )


def chains(table: MatchTable, settings: StrengthSettings, wanted: Bools) -> Iterator[Chain]:
    """Split the wanted matches of a table, shape (n,), into seasons, each with all it may learn from."""
    columns = _Columns.of(table, settings)
    for competition in np.unique(columns.competition[wanted]):
        league = columns.competition == competition
        for season in np.unique(columns.season[wanted & league]):
            yield _chain(columns, settings, league, wanted & league & (columns.season == season))


def _chain(columns: _Columns, settings: StrengthSettings, league: Bools, wanted: Bools) -> Chain:
    rows = np.flatnonzero(wanted)
    as_of, steps = np.unique(np.floor(columns.played[rows]), return_inverse=True)
    chosen = np.flatnonzero(league & _matters(columns, settings, as_of))
    teams, numbers = np.unique(
        np.concatenate(
            [columns.host[rows], columns.guest[rows], columns.host[chosen], columns.guest[chosen]]
        ),
        return_inverse=True,
    )
    fixtures, learned = numbers[: 2 * len(rows)], numbers[2 * len(rows) :]
    matches = columns.learned(chosen, learned[: len(chosen)], learned[len(chosen) :])
    known_step = np.searchsorted(as_of, columns.known[chosen], side="left")
    seasons, season = columns.season[chosen], columns.season[rows[0]]
    started = known_step[seasons == season]
    known = Seasons(matches, seasons, len(teams))
    return Chain(
        as_of,
        matches,
        columns.played[chosen],
        known_step,
        rows,
        fixtures[: len(rows)],
        fixtures[len(rows) :],
        steps,
        np.stack([_believed(settings, known, last) for last in (season - 1, season)]),
        int(started.min()) if len(started) else len(as_of),
    )


def _matters(columns: _Columns, settings: StrengthSettings, as_of: Floats) -> Bools:
    """Mark the matches known by the last morning that still weigh something on the first."""
    memory = math.inf
    if settings.half_life_days is not None:
        memory = -settings.half_life_days * math.log2(NEGLIGIBLE_WEIGHT)
    late, old = columns.known > as_of[-1], columns.played <= as_of[0] - memory
    return np.asarray(~(late | old), dtype=np.bool_)


def _believed(settings: StrengthSettings, seasons: Seasons, last: int) -> Floats:
    """Return the prior's attacks and defences, shape (2, t), from matches of seasons up to one."""
    return settings.newcomer(seasons, last)[:, None] * seasons.newcomers(last)
