"""The collections that services read and write."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from monps.domain.football import Competition, Fixture, Match
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ingestion import ParsedFile, Reject
from monps.domain.odds import OddsQuote


class StoredMatch(NamedTuple):
    """A match with the store's number for it."""

    match_id: int
    match: Match


class StoredFixture(NamedTuple):
    """A match still to be played, with the store's number for it, which it keeps once it is played."""

    match_id: int
    fixture: Fixture


class StoredQuote(NamedTuple):
    """A quote with the number of the match it is for."""

    match_id: int
    quote: OddsQuote


class QuoteFilter(NamedTuple):
    """Which quotes to read; an empty tuple means all, ``closing=None`` means both kinds."""

    bookmakers: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    closing: bool | None = None


ALL_QUOTES = QuoteFilter()


class FileChanges(NamedTuple):
    """What storing one parsed file changed; a match counts as added when its result is first seen."""

    matches_added: int = 0
    matches_unchanged: int = 0
    matches_corrected: int = 0
    fixtures_added: int = 0
    quotes_added: int = 0


class FileRecord(NamedTuple):
    """A file as the store remembers it: when it was read, what it held, what was refused in it."""

    source: str
    name: str
    digest: str
    read_at: datetime
    matches: int
    fixtures: int
    rejected: tuple[Reject, ...]
    unknown_columns: tuple[str, ...]


class StoredFit(NamedTuple):
    """A fitted model, kept: its recipe as JSON, what it was fitted to, and itself as bytes.

    ``data_version`` is what ``MatchRepository.data_version`` answered when the history was read; the same
    recipe, competition, moment and version mean the same fit.
    """

    model: str
    spec_json: str
    spec_hash: str
    competition: str
    as_of: datetime
    data_version: str
    payload: bytes
    created_at: datetime


Columns = dict[str, list[Any]]
"""Equally long columns by their names; moments are microseconds since 1970 in UTC."""


class Correction(NamedTuple):
    """A revision of a match that came into the store when others had already looked at it."""

    key: MatchKey
    known_at: datetime
    recorded_at: datetime
    file: str


class MatchRepository(Protocol):
    """Matches, their revisions and their quotes, seen as they were known at a moment."""

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> FileChanges:
        """Store a file: new matches and fixtures, new revisions of corrected ones, new quotes.

        What is seen for the first time is known from the moment it says itself (``match.known_at``,
        ``quote.known_at``); a correction from ``read_at``. A fixture is known from ``read_at``, or from
        the first of its quotes if that is earlier. What a file leaves out or leaves blank is no
        correction: the source does not say.

        Raises
        ------
        DataRefused
            If the file lists a match twice, or one of a competition that it does not name.
        """
        ...

    def stored_file(self, source: str, digest: str) -> FileRecord | None:
        """Return the reading that stored this very payload, if nothing newer came under its name."""
        ...

    def history(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredMatch]:
        """All matches of these competitions (all if empty) as known at ``as_of``, by kick-off."""
        ...

    def columns(self, competitions: Sequence[str], as_of: datetime, since: datetime | None = None) -> Columns:
        """Return what ``history`` yields as plain columns, named as in ``MatchTable`` and quicker to read.

        With ``since``, only the matches that began at that moment or later.
        """
        ...

    def fixtures(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredFixture]:
        """All matches of which no result was known at ``as_of``, as known then, by kick-off."""
        ...

    def quotes(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Iterator[StoredQuote]:
        """Quotes known at ``as_of``, by match, in the order in which they became known."""
        ...

    def quote_columns(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Columns:
        """Return what ``quotes`` yields as plain columns, named as in ``QuoteTable``, in no order."""
        ...

    def quotes_on(self, match_ids: Sequence[int], as_of: datetime, markets: Sequence[str]) -> Columns:
        """Return the quotes on some matches in some markets known at ``as_of``, by match and moment."""
        ...

    def competitions(self) -> Iterable[Competition]:
        """Every competition in the store, by code."""
        ...

    def competition(self, code: str) -> Competition | None:
        """Return the competition of a code, or None where there is none."""
        ...

    def teams(self, competition: str, season: Season | None = None) -> Sequence[str]:
        """Names of the teams seen in a competition (in one season of it), in alphabetical order."""
        ...

    def files(self) -> Iterable[FileRecord]:
        """Every file in the store, the latest reading of each, by name."""
        ...

    def latest_known_at(self, competition: str | None = None) -> datetime | None:
        """When the newest result became known, or None where there is none."""
        ...

    def next_known_at(self, competitions: Sequence[str], after: datetime) -> datetime | None:
        """Return when the first result after a moment became known, or None where none did yet."""
        ...

    def number(self, key: MatchKey) -> int | None:
        """Return the store's number of a match, whether anything is known of it already or not."""
        ...

    def corrections(
        self, competitions: Sequence[str], as_of: datetime, recorded_after: datetime
    ) -> Sequence[Correction]:
        """Return what was stored later than one moment, and yet counts as known at another."""
        ...

    def data_version(self, competitions: Sequence[str]) -> str:
        """Return a text that changes whenever anything of these competitions (all if empty) does."""
        ...


class FitRepository(Protocol):
    """Fitted models, kept so that nobody fits the same thing to the same data twice."""

    def save(self, fit: StoredFit) -> bool:
        """Keep a fit, and return whether it is new; where the very same one is kept already, it stays."""
        ...

    def find(self, spec_hash: str, competition: str, as_of: datetime, data_version: str) -> StoredFit | None:
        """Return the fit of this recipe to this history, if it is kept."""
        ...

    def newest(
        self, spec_hash: str, competition: str, as_of: datetime, data_version: str
    ) -> StoredFit | None:
        """Return this recipe's newest fit to these data that looks from no later than a moment."""
        ...

    def places(self, spec_hash: str) -> Sequence[str]:
        """Return the competitions of which fits of this recipe are kept."""
        ...

    def latest(self, spec_hash: str, competition: str, as_of: datetime) -> StoredFit | None:
        """Return this recipe's newest fit that looks from no later than a moment, if there is one.

        It serves as a first guess, not as an answer: the data may have changed since.
        """
        ...
