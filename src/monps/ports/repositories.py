"""The collections that services read and write."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.football import Competition, Match
from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.domain.odds import OddsQuote


class StoredMatch(NamedTuple):
    """A match with the store's number for it."""

    match_id: int
    match: Match


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
    """What storing one parsed file changed."""

    matches_added: int
    matches_unchanged: int
    matches_corrected: int
    quotes_added: int


class FileRecord(NamedTuple):
    """A file as the store remembers it."""

    source: str
    name: str
    digest: str
    read_at: datetime
    matches: int
    rejects: int


class MatchRepository(Protocol):
    """Matches, their revisions and their quotes, seen as they were known at a moment."""

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> FileChanges:
        """Store a file: new matches, new revisions of corrected ones, new quotes.

        A match seen for the first time is known from ``match.known_at``; a correction from ``read_at``.
        """
        ...

    def has_digest(self, source: str, digest: str) -> bool:
        """Whether this very payload has been stored before."""
        ...

    def history(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredMatch]:
        """All matches of these competitions (all if empty) as known at ``as_of``, by kick-off."""
        ...

    def quotes(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Iterator[StoredQuote]:
        """Quotes known at ``as_of``, by match, in the order in which they became known."""
        ...

    def competitions(self) -> Iterable[Competition]:
        """Every competition in the store, by code."""
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
