"""Storing one parsed file: what exists is read once, compared, and only what is new is written."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from monps.domain.ingestion import ParsedFile
from monps.domain.moments import to_micros
from monps.domain.odds import OddsQuote
from monps.ports.repositories import FileChanges
from monps.storage import numbering
from monps.storage.bulk import insert_rows
from monps.storage.mappers import Facts, Row, is_played, merge, padded
from monps.storage.orm import competitions, match_revisions, matches, quotes
from monps.storage.readings import Reading, read_file, record_file


class Revision(NamedTuple):
    """The last word on a match: its place among the revisions, from when it is known, and what it says."""

    number: int
    known_at: int
    facts: Facts


Prices = dict[int, tuple[Any, ...]]
"""A match's latest quotes by book, as rows of the table."""

_KNOWN_AT, _ODDS = 2, slice(3, 6)


def add_file(connection: Connection, parsed: ParsedFile, read_at: datetime) -> FileChanges:
    """Store a file within a transaction; ``MatchRepository.add_file`` says what it means.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    parsed : ParsedFile
        What was accepted and what was refused.
    read_at : datetime
        From when corrections are known.

    Raises
    ------
    DataRefused
        If the file lists a match twice, or one of a competition that it does not name.
    """
    moment = to_micros(read_at)
    file_id = record_file(connection, parsed, moment)
    readings = read_file(connection, parsed, file_id, moment)
    return Intake(connection, file_id, moment).store(readings)


class Intake:
    """Compares readings with what is stored, and gathers what must be written.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    file_id : int
        The file that the readings are from.
    read_at : int
        When it was read, in microseconds.
    """

    def __init__(self, connection: Connection, file_id: int, read_at: int) -> None:
        self._connection, self._file_id, self._read_at = connection, file_id, read_at
        self._books = numbering.BookNumbers(connection)
        self._changes: Counter[str] = Counter()
        self._revisions: list[Row] = []
        self._quotes: list[Row] = []

    def store(self, readings: Sequence[Reading]) -> FileChanges:
        """Write what is new in these readings, and count it."""
        scopes = {reading.key[:2] for reading in readings}
        last, prices = _last_revisions(self._connection, scopes), _latest_prices(self._connection, scopes)
        numbers = numbering.match_numbers(self._connection, [reading.key for reading in readings], scopes)
        changed = set()
        for reading in readings:
            match_id, before = numbers[reading.key], len(self._revisions) + len(self._quotes)
            if _is_stale(reading, last.get(match_id)):
                continue
            self._revise(match_id, reading, last.get(match_id))
            self._quote(match_id, reading.quotes, prices.get(match_id, {}))
            if len(self._revisions) + len(self._quotes) > before:
                changed.add(reading.key[0])
        self._write(changed)
        return FileChanges(**self._changes, quotes_added=len(self._quotes))

    def _revise(self, match_id: int, reading: Reading, last: Revision | None) -> None:
        if last is None:
            self._append(match_id, reading, Revision(1, reading.known_at, reading.facts))
        else:
            self._compare(match_id, reading, last)

    def _compare(self, match_id: int, reading: Reading, last: Revision) -> None:
        facts = merge(last.facts, reading.facts, reading.known_at)
        played_before, played = is_played(last.facts), is_played(facts)
        if facts == last.facts:
            self._changes["matches_unchanged"] += played
            return
        known_at = reading.known_at
        if played_before or not played:  # a correction, not the first news of the result
            known_at = max(self._read_at, known_at, last.known_at + 1)
        self._append(match_id, reading, Revision(last.number + 1, known_at, facts), corrects=played_before)

    def _append(self, match_id: int, reading: Reading, new: Revision, *, corrects: bool = False) -> None:
        if is_played(new.facts):
            self._changes["matches_corrected" if corrects else "matches_added"] += 1
        else:
            self._changes["fixtures_added"] += 1
        self._revisions.append(
            (match_id, new.number, new.known_at, self._read_at, self._file_id, reading.line, *new.facts)
        )

    def _quote(self, match_id: int, given: Sequence[OddsQuote], prices: Prices) -> None:
        # A million times over: one tuple a quote, and no call that can be spared.
        for bookmaker, market, line, closing, odds, known_at in given:
            book = self._books[bookmaker, market, line, closing]
            row = (match_id, book, to_micros(known_at), *padded(odds))
            before = prices.setdefault(book, row)
            if before is row:
                self._quotes.append(row)
            elif before[_ODDS] != row[_ODDS]:
                moment = max(self._read_at, row[_KNOWN_AT], before[_KNOWN_AT] + 1)
                prices[book] = corrected = (match_id, book, moment, *row[_ODDS])
                self._quotes.append(corrected)

    def _write(self, changed: set[int]) -> None:
        insert_rows(self._connection, match_revisions, self._revisions)
        insert_rows(self._connection, quotes, self._quotes)
        if changed:
            of_changed = competitions.c.id.in_(changed)
            self._connection.execute(update(competitions).where(of_changed).values(file_id=self._file_id))


def _is_stale(reading: Reading, last: Revision | None) -> bool:
    """Whether this is but a fixture, of a match that was played since."""
    return last is not None and is_played(last.facts) and not is_played(reading.facts)


def _last_revisions(connection: Connection, scopes: set[numbering.Scope]) -> dict[int, Revision]:
    rows = (
        select(match_revisions)
        .join(matches, matches.c.id == match_revisions.c.match_id)
        .where(numbering.within(scopes))
        .order_by(match_revisions.c.match_id, match_revisions.c.revision)
    )
    return {
        match_id: Revision(number, known_at, tuple(facts))
        for match_id, number, known_at, _recorded_at, _file_id, _line, *facts in connection.execute(rows)
    }


def _latest_prices(connection: Connection, scopes: set[numbering.Scope]) -> dict[int, Prices]:
    rows = (
        select(quotes)
        .join(matches, matches.c.id == quotes.c.match_id)
        .where(numbering.within(scopes))
        .order_by(quotes.c.match_id, quotes.c.book_id, quotes.c.known_at)
    )
    prices: dict[int, Prices] = {}
    for row in connection.execute(rows):
        prices.setdefault(row.match_id, {})[row.book_id] = tuple(row)
    return prices
