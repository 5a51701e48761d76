"""Storing what one parsed file says beyond results: names get numbers, and only what is new is written."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, select

from monps.domain.details import Details, Player
from monps.domain.ingestion import ParsedFile
from monps.domain.moments import to_micros
from monps.errors import DataRefused
from monps.ports.details import DetailChanges
from monps.storage import numbering
from monps.storage.details_numbering import MatchNumbers, PlayerNumbers, TeamNumbers, TeamSeason
from monps.storage.mappers import storable
from monps.storage.orm import (
    appearances,
    competitions,
    player_seasons,
    shots,
    side_statistics,
    source_files,
)
from monps.storage.revisions import Kept, Key, Reading, RevisedTable, Values

_MANY = 2000

Rows = Iterator[tuple[Key, Values]]


def add_details(connection: Connection, parsed: ParsedFile, file_id: int, read_at: int) -> DetailChanges:
    """Store a file's details within a transaction.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    parsed : ParsedFile
        What was accepted.
    file_id, read_at : int
        The file's number, and when it was read, in microseconds.

    Raises
    ------
    DataRefused
        If it speaks of a competition that it does not name.
    """
    if not parsed.details:
        return DetailChanges()
    return DetailIntake(connection, parsed, file_id, read_at).store()


class DetailIntake:
    """Writes what is new in one file.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    parsed : ParsedFile
        The file.
    file_id, read_at : int
        Its number, and when it was read, in microseconds.
    """

    def __init__(self, connection: Connection, parsed: ParsedFile, file_id: int, read_at: int) -> None:
        self._connection, self._details = connection, parsed.details
        self._reading = Reading(file_id, read_at, _earlier(connection, parsed))
        self._competitions = _competition_numbers(connection, parsed, file_id)
        self._teams = TeamNumbers(connection, parsed.source, self._team_seasons())
        self._matches = MatchNumbers(connection, self._sides_of_matches())
        self._players = PlayerNumbers(connection, parsed.source, _players(parsed.details))

    def store(self) -> DetailChanges:
        """Write everything, and count it."""
        sides = self._keep(side_statistics, self._sides())
        shot = self._keep(shots, self._shots())
        played = self._keep(appearances, self._appearances())
        totals = self._keep_totals()
        return DetailChanges(
            team_matches_added=sides.added,
            shots_added=shot.added,
            appearances_added=played.added,
            player_seasons_added=totals.added,
            details_filled=sum(kept.filled for kept in (sides, shot, played, totals)),
            details_corrected=sum(kept.corrected for kept in (sides, shot, played, totals)),
            details_differing=sum(kept.differing for kept in (sides, shot, played, totals)),
        )

    def _team_seasons(self) -> Iterator[TeamSeason]:
        for match in self._details.matches:
            number = self._competitions[match.competition]
            yield number, match.season, match.home
            yield number, match.season, match.away
        for row in self._details.player_seasons:
            yield self._competitions[row.competition], row.season, row.team

    def _sides_of_matches(self) -> Iterator[tuple[Any, ...]]:
        for match in self._details.matches:
            number = self._competitions[match.competition]
            home = self._teams[number, match.season, match.home]
            away = self._teams[number, match.season, match.away]
            day = None if match.day is None else to_micros(datetime.combine(match.day, time(0), UTC))
            yield home, away, day, match.home_goals, match.away_goals, match.key, match.referee

    def _keep(self, table: Table, rows: Rows) -> Kept:
        return RevisedTable(self._connection, table, self._reading).keep(
            rows, _among(table.c.source_match_id, self._matches.numbers)
        )

    def _keep_totals(self) -> Kept:
        """Keep a season's totals, which are known from when they are read: they grow while it lasts."""
        table = RevisedTable(self._connection, player_seasons, self._reading, self._reading.read_at)
        teams = {key[0] for key, _ in self._totals()}
        return table.keep(self._totals(), _among(player_seasons.c.source_team_id, teams))

    def _sides(self) -> Rows:
        for match, is_home, measures in self._details.sides:
            yield (self._matches.numbers[match], int(is_home)), _floats(measures)

    def _shots(self) -> Rows:
        for match, number, is_home, player, *values in self._details.shots:
            of = self._players[player.key] if player else None
            yield (self._matches.numbers[match], number), (int(is_home), of, *values)

    def _appearances(self) -> Rows:
        for match, is_home, player, position, started, minutes, measures in self._details.appearances:
            begun = None if started is None else int(started)
            key = self._matches.numbers[match], self._players[player.key]
            yield key, (int(is_home), position, begun, minutes, *_floats(measures))

    def _totals(self) -> Rows:
        for row in self._details.player_seasons:
            team = self._teams[self._competitions[row.competition], row.season, row.team]
            totals = orjson.dumps(row.totals, option=orjson.OPT_SORT_KEYS).decode()
            yield (team, self._players[row.player.key], row.table), (totals,)


def _competition_numbers(connection: Connection, parsed: ParsedFile, file_id: int) -> dict[str, int]:
    """Return each competition's number; one that is there already keeps what results said of it."""
    rows = connection.execute(select(competitions.c.code, competitions.c.id))
    known = {row.code: row.id for row in rows}
    new = [each for each in parsed.competitions if each.code not in known]
    if new:
        known = numbering.competition_numbers(connection, new, file_id)
    spoken = {match.competition for match in parsed.details.matches}
    spoken |= {row.competition for row in parsed.details.player_seasons}
    unnamed = spoken - {each.code for each in parsed.competitions}
    if unnamed:
        raise DataRefused(f"{parsed.name}: nothing is said of the competitions {', '.join(sorted(unnamed))}")
    return known


def _earlier(connection: Connection, parsed: ParsedFile) -> frozenset[int]:
    same = (source_files.c.source == parsed.source) & (source_files.c.name == storable(parsed.name))
    return frozenset(connection.scalars(select(source_files.c.id).where(same)))


def _players(details: Details) -> Iterator[Player]:
    yield from (shot.player for shot in details.shots if shot.player)
    yield from (row.player for row in details.appearances)
    yield from (row.player for row in details.player_seasons)


def _floats(measures: Values) -> Values:
    """Make whole numbers floats, as the database keeps them: they are compared with what it holds."""
    return tuple(None if value is None else float(value) for value in measures)


def _among(column: ColumnElement[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Choose rows by a few numbers, or by all between the least and the largest of many."""
    wanted = sorted(set(numbers))
    if len(wanted) > _MANY:
        return column.between(wanted[0], wanted[-1])
    return column.in_(wanted)
