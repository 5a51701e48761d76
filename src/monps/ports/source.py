"""A provider of football data: it plans what to fetch and parses what came; it never fetches."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile


class Request(NamedTuple):
    """One thing to fetch: its address, and the name under which the payload is kept and reported.

    ``headers`` go along with it, where an address answers with data only to who asks for data.
    """

    url: str
    name: str
    headers: tuple[tuple[str, str], ...] = ()


class Payload(NamedTuple):
    """Verbatim bytes with the name under which they are reported.

    ``fault`` says why a file could not be read (a damaged archive, no permission): such a payload is
    handed on like any other, and ``Source.parse`` refuses it, so that one loop meets every refusal.
    ``stale`` marks a kept copy that stands in for a provider who could not be asked. ``layout`` tells the
    same bytes apart that are to be read in another way.
    """

    name: str
    content: bytes
    fault: str | None = None
    stale: bool = False
    layout: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the content (and the layout, where there is one), in hexadecimal."""
        return hashlib.sha256(self.content + self.layout.encode()).hexdigest()


class Source(Protocol):
    """Bytes in, nouns out."""

    name: str

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterable[Request]:
        """Say what must be fetched for these competitions and seasons."""
        ...

    def files(self, path: Path) -> Iterable[Payload]:
        """Open every payload below a path, one at a time: a file, an archive, or a folder (sorted).

        A payload is named by its path relative to what was given, so that the same folder read from
        another place yields the same names. One that cannot be read is yielded with its ``fault``.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        ...

    def unpack(self, payload: Payload) -> Iterable[Payload]:
        """Open a payload that may be an archive, as one that was fetched: itself, or what is in it."""
        ...

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one payload into matches, quotes and rejects.

        Raises
        ------
        DataRefused
            If the payload has a fault or is not this provider's data at all, or, when strict, if
            anything in it was refused.
        """
        ...


class Fetcher(Protocol):
    """The one polite HTTP client."""

    def fetch(self, request: Request) -> Payload:
        """Return the payload: from the cache where that is fresh, or (``stale``) where one cannot ask.

        Raises
        ------
        SourceError
            If the provider cannot be reached, refuses, or forbids robots to read this.
        """
        ...
