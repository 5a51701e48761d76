"""A provider of football data: it plans what to fetch and parses what came; it never fetches."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile


class Request(NamedTuple):
    """One thing to fetch: its address, and the name under which the payload is kept and reported."""

    url: str
    name: str


class Payload(NamedTuple):
    """Verbatim bytes with the name under which they are reported."""

    name: str
    content: bytes


class Source(Protocol):
    """Bytes in, nouns out."""

    name: str

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterable[Request]:
        """Say what must be fetched for these competitions and seasons."""
        ...

    def files(self, path: Path) -> Iterable[Payload]:
        """Open every payload of this provider below a path: a file, an archive, or a folder."""
        ...

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one payload into matches, quotes and rejects.

        Raises
        ------
        DataRefused
            If the payload is not this provider's data at all, or, when strict, if anything in it was
            refused.
        """
        ...


class Fetcher(Protocol):
    """The one polite HTTP client."""

    def fetch(self, request: Request) -> Payload:
        """Return the payload, from the cache where that is fresh.

        Raises
        ------
        SourceError
            If the provider cannot be reached, refuses, or forbids robots to read this.
        """
        ...
