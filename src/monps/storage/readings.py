"""A parsed file in the store's terms: numbers for names, rows for nouns."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, insert

from monps.domain.identifiers import MatchKey
from monps.domain.ingestion import ParsedFile
from monps.domain.moments import to_micros
from monps.domain.odds import OddsQuote
from monps.errors import DataRefused
from monps.storage import numbering
from monps.storage.bulk import insert_rows
from monps.storage.mappers import Facts, fixture_facts, match_facts, storable
from monps.storage.orm import rejects, source_files


class Reading(NamedTuple):
    """One row of the file in the store's terms; moments are in microseconds."""

    key: numbering.MatchKey
    facts: Facts
    known_at: int
    quotes: tuple[OddsQuote, ...]
    line: int


def record_file(connection: Connection, parsed: ParsedFile, read_at: int) -> int:
    """Note that a file was read and what was refused in it; return its number."""
    row = {
        "source": parsed.source,
        "name": storable(parsed.name),
        "digest": parsed.digest,
        "read_at": read_at,
        "matches": len(parsed.records),
        "fixtures": len(parsed.fixtures),
        "unknown_columns": json.dumps(parsed.unknown_columns),
    }
    file_id: int = connection.execute(
        insert(source_files).values(row).returning(source_files.c.id)
    ).scalar_one()
    refused = [(file_id, reject.line, storable(reject.reason)) for reject in parsed.rejects]
    insert_rows(connection, rejects, refused)
    return file_id


def read_file(connection: Connection, parsed: ParsedFile, file_id: int, read_at: int) -> list[Reading]:
    """Set out a file's matches and fixtures in the store's terms; new competitions and teams are numbered.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    parsed : ParsedFile
        What was accepted.
    file_id : int
        The file's number.
    read_at : int
        When it was read, in microseconds.

    Raises
    ------
    DataRefused
        If the file lists a match twice, or one of a competition that it does not name.
    """
    if not parsed.records and not parsed.fixtures:
        return []
    keys = _Keys(connection, parsed, file_id)
    readings = [*_matches(parsed, keys), *_fixtures(parsed, keys, read_at)]
    if len({reading.key for reading in readings}) < len(readings):
        raise DataRefused(f"{parsed.name}: it lists a match twice")
    return readings


def _matches(parsed: ParsedFile, keys: "_Keys") -> Iterator[Reading]:
    for match, quoted, line in parsed.records:
        yield Reading(keys.of(match.key), match_facts(match), to_micros(match.known_at), quoted, line)


def _fixtures(parsed: ParsedFile, keys: "_Keys", read_at: int) -> Iterator[Reading]:
    for fixture, quoted, line in parsed.fixtures:
        known_at = min([read_at, *(to_micros(quote.known_at) for quote in quoted)])
        yield Reading(keys.of(fixture.key), fixture_facts(fixture), known_at, quoted, line)


class _Keys:
    """The numbers of a file's competitions and teams."""

    def __init__(self, connection: Connection, parsed: ParsedFile, file_id: int) -> None:
        self._countries = {competition.code: competition.country for competition in parsed.competitions}
        keys = [record.match.key for record in parsed.records]
        keys += [record.fixture.key for record in parsed.fixtures]
        unnamed = {key.competition for key in keys} - self._countries.keys()
        if unnamed:
            raise DataRefused(
                f"{parsed.name}: nothing is said of the competitions {', '.join(sorted(unnamed))}"
            )
        self._competitions = numbering.competition_numbers(connection, parsed.competitions, file_id)
        named = [(self._countries[key.competition], side) for key in keys for side in (key.home, key.away)]
        self._teams = numbering.team_numbers(connection, named)

    def of(self, key: MatchKey) -> numbering.MatchKey:
        """Return a match's key in numbers."""
        country, teams = self._countries[key.competition], self._teams
        home, away = teams[country, key.home], teams[country, key.away]
        return self._competitions[key.competition], key.season.start, home, away, key.meeting
