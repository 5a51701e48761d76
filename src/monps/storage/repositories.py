"""Collections of nouns, kept in tables; ``monps.ports.repositories`` says what each method means."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Select, insert, select

from monps.collector import collector_paused
from monps.domain.football import Competition
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ingestion import ParsedFile, Reject
from monps.domain.moments import from_micros, to_micros
from monps.ports.repositories import (
    ALL_QUOTES,
    Columns,
    Correction,
    FileChanges,
    FileRecord,
    QuoteFilter,
    StoredFit,
    StoredFixture,
    StoredMatch,
    StoredQuote,
)
from monps.storage import intake, queries
from monps.storage.mappers import (
    Row,
    competition_of,
    fixture_of,
    is_chosen,
    match_columns,
    match_of,
    quote_columns,
    quote_of,
    quotes_by_name,
)
from monps.storage.orm import fits

Noun = TypeVar("Noun")

_BATCH = 2000


class SqlMatchRepository:
    """Matches, their revisions and their quotes, seen as they were known at a moment.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> FileChanges:
        """Store a file: new matches and fixtures, new revisions of corrected ones, new quotes.

        Raises
        ------
        DataRefused
            If the file lists a match twice, or one of a competition that it does not name.
        """
        return intake.add_file(self._connection, parsed, read_at)

    def stored_file(self, source: str, digest: str) -> FileRecord | None:
        """Return the reading that stored this very payload, if nothing newer came under its name."""
        return next(self._files(queries.files_with(source, digest)), None)

    def files(self) -> Iterator[FileRecord]:
        """Every file in the store, the latest reading of each, by name."""
        return self._files(queries.latest_files())

    def history(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredMatch]:
        """All matches of these competitions (all if empty) as known at ``as_of``, by kick-off."""
        return self._read(queries.played(competitions, to_micros(as_of)), _stored_match)

    def columns(self, competitions: Sequence[str], as_of: datetime, since: datetime | None = None) -> Columns:
        """Return what ``history`` yields as plain columns, on request only of later matches."""
        wanted = queries.played(competitions, to_micros(as_of), None if since is None else to_micros(since))
        with collector_paused():
            return match_columns(self._connection.execute(wanted).all())

    def fixtures(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredFixture]:
        """All matches of which no result was known at ``as_of``, as known then, by kick-off."""
        return self._read(queries.to_be_played(competitions, to_micros(as_of)), _stored_fixture)

    def quotes(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Iterator[StoredQuote]:
        """Quotes known at ``as_of``, by match, in the order in which they became known."""
        return self._read(queries.quoted(competitions, to_micros(as_of), only), _stored_quote)

    def quote_columns(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Columns:
        """Return what ``quotes`` yields as plain columns."""
        books = {number: book for number, *book in self._connection.execute(queries.all_books())}
        chosen = [number for number, book in books.items() if is_chosen(book, only)]
        wanted = queries.quoted_numbers(competitions, to_micros(as_of), chosen)
        with collector_paused():
            return quote_columns(self._connection.execute(wanted).all(), books)

    def quotes_on(self, match_ids: Sequence[int], as_of: datetime, markets: Sequence[str]) -> Columns:
        """Return the quotes on some matches in some markets as plain columns."""
        wanted = {"match_ids": match_ids, "markets": markets, "as_of": to_micros(as_of)}
        with collector_paused():
            return quotes_by_name(self._connection.execute(queries.quoted_on(), wanted).all())

    def competitions(self) -> Iterator[Competition]:
        """Every competition in the store, by code."""
        return map(competition_of, self._connection.execute(queries.all_competitions()))

    def competition(self, code: str) -> Competition | None:
        """Return the competition of a code, or None where there is none."""
        row = self._connection.execute(queries.one_competition(), {"code": code}).one_or_none()
        return None if row is None else competition_of(row)

    def teams(self, competition: str, season: Season | None = None) -> tuple[str, ...]:
        """Names of the teams seen in a competition (in one season of it), in alphabetical order."""
        return tuple(sorted(self._connection.scalars(queries.team_names(competition, season))))

    def latest_known_at(self, competition: str | None = None) -> datetime | None:
        """When the newest result became known, or None where there is none."""
        codes = [] if competition is None else [competition]
        micros = self._connection.scalar(queries.newest_result(codes))
        return None if micros is None else from_micros(micros)

    def next_known_at(self, competitions: Sequence[str], after: datetime) -> datetime | None:
        """Return when the first result after a moment became known, or None where none did yet."""
        micros = self._connection.scalar(queries.next_result(competitions, to_micros(after)))
        return None if micros is None else from_micros(micros)

    def number(self, key: MatchKey) -> int | None:
        """Return the store's number of a match, whether anything is known of it already or not."""
        found: int | None = self._connection.scalar(queries.match_number(key))
        return found

    def corrections(
        self, competitions: Sequence[str], as_of: datetime, recorded_after: datetime
    ) -> list[Correction]:
        """Return what was stored later than one moment, and yet counts as known at another."""
        rows = queries.stored_late(competitions, to_micros(as_of), to_micros(recorded_after))
        return [_correction(row) for row in self._connection.execute(rows)]

    def data_version(self, competitions: Sequence[str]) -> str:
        """Return a text that changes whenever anything of these competitions (all if empty) does."""
        rows = self._connection.execute(queries.last_changes(tuple(competitions)))
        return ",".join(f"{code}:{file_id}.{version}" for code, file_id, version in rows)

    def _read(self, rows: Select[Any], noun: Callable[[Row], Noun]) -> Iterator[Noun]:
        found = self._connection.execute(rows)
        while nouns := _batch(found, noun):
            yield from nouns

    def _files(self, rows: Select[Any]) -> Iterator[FileRecord]:
        for row in self._connection.execute(rows).all():
            yield self._file(row)

    def _file(self, row: Row) -> FileRecord:
        file_id, source, name, digest, read_at, matches, fixtures, unknown = row
        refused = self._connection.execute(queries.refused_in(file_id))
        return FileRecord(
            source=source,
            name=name,
            digest=digest,
            read_at=from_micros(read_at),
            matches=matches,
            fixtures=fixtures,
            rejected=tuple(Reject(file=name, line=line, reason=reason) for line, reason in refused),
            unknown_columns=tuple(json.loads(unknown)),
        )


def _batch(rows: CursorResult[Any], noun: Callable[[Row], Noun]) -> list[Noun]:
    with collector_paused():
        return [noun(row) for row in rows.fetchmany(_BATCH)]


def _correction(row: Row) -> Correction:
    competition, season, home, away, meeting, known_at, recorded_at, file = row
    key = MatchKey(
        competition=competition, season=Season(start=season), home=home, away=away, meeting=meeting
    )
    return Correction(key, from_micros(known_at), from_micros(recorded_at), file)


def _stored_match(row: Row) -> StoredMatch:
    return StoredMatch(row[0], match_of(row[1:]))


def _stored_fixture(row: Row) -> StoredFixture:
    return StoredFixture(row[0], fixture_of(row[1:]))


def _stored_quote(row: Row) -> StoredQuote:
    return StoredQuote(row[0], quote_of(row[1:]))


class SqlFitRepository:
    """Fitted models, kept so that nobody fits the same thing to the same data twice.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, fit: StoredFit) -> bool:
        """Keep a fit, and return whether it is new; where the very same one is kept already, it stays."""
        if self.find(fit.spec_hash, fit.competition, fit.as_of, fit.data_version) is not None:
            return False
        moments = {"as_of": to_micros(fit.as_of), "created_at": to_micros(fit.created_at)}
        self._connection.execute(insert(fits).values(fit._asdict() | moments))
        return True

    def find(self, spec_hash: str, competition: str, as_of: datetime, data_version: str) -> StoredFit | None:
        """Return the fit of this recipe to this history, if it is kept."""
        exactly = (fits.c.as_of == to_micros(as_of)) & (fits.c.data_version == data_version)
        return self._first(queries.kept_fits(spec_hash, competition).where(exactly))

    def newest(
        self, spec_hash: str, competition: str, as_of: datetime, data_version: str
    ) -> StoredFit | None:
        """Return this recipe's newest fit to these data that looks from no later than a moment."""
        usable = (fits.c.as_of <= to_micros(as_of)) & (fits.c.data_version == data_version)
        return self._first(queries.kept_fits(spec_hash, competition).where(usable))

    def places(self, spec_hash: str) -> tuple[str, ...]:
        """Return the competitions of which fits of this recipe are kept."""
        rows = select(fits.c.competition).where(fits.c.spec_hash == spec_hash).distinct()
        return tuple(sorted(self._connection.scalars(rows)))

    def latest(self, spec_hash: str, competition: str, as_of: datetime) -> StoredFit | None:
        """Return this recipe's newest fit that looks from no later than a moment, if there is one."""
        until = fits.c.as_of <= to_micros(as_of)
        return self._first(queries.kept_fits(spec_hash, competition).where(until))

    def _first(self, rows: Select[Any]) -> StoredFit | None:
        row = self._connection.execute(rows.limit(1)).one_or_none()
        if row is None:
            return None
        fit = StoredFit(*row)
        return fit._replace(as_of=from_micros(row.as_of), created_at=from_micros(row.created_at))
