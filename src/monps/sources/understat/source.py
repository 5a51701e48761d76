"""Understat as a source."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import UnknownNameError
from monps.ports.source import Payload, Request
from monps.sources._files import open_payloads, unpack
from monps.sources.understat.leagues import LEAGUES

_ADDRESS = "https://understat.com"
_HEADERS = (("X-Requested-With", "XMLHttpRequest"),)
_SUFFIXES = (".json", ".csv", ".html")


class Understat:
    """Expected goals, pressing, shots and players, from its answers, older pages, and tables of them.

    Examples
    --------
    >>> [request] = Understat().plan(["E0"], [Season(start=2023)])
    >>> request.url
    'https://understat.com/getLeagueData/EPL/2023'
    """

    name = "understat"

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the answer for each season of each league.

        Raises
        ------
        UnknownNameError
            If Understat does not cover a competition.
        """
        names = {code: name for name, code in LEAGUES.items()}
        for code in competitions:
            if code not in names:
                nearest = get_close_matches(code.upper(), names, cutoff=0.5) or tuple(names)
                raise UnknownNameError("league of Understat", code, nearest)
        for season in seasons:
            for code in competitions:
                league = names[code]
                url = f"{_ADDRESS}/getLeagueData/{league}/{season.start}"
                yield Request(url, f"{league}_{season.start}.json", _HEADERS)

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every JSON, CSV and HTML file below a path: plain, gzipped or in a zip archive.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        return open_payloads(path, *_SUFFIXES)

    def unpack(self, payload: Payload) -> Iterator[Payload]:
        """Open a payload that may be an archive: yield itself, or the files in it."""
        return unpack(payload, *_SUFFIXES)

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one payload into matches with what their sides did, shots, appearances and totals.

        Raises
        ------
        DataRefused
            If it is none of Understat's, holds nothing, or, when strict, if anything in it was refused.
        """
        from monps.sources.understat.parse import parse  # noqa: PLC0415 - naming a source loads no polars

        return parse(payload, source=self.name, strict=strict)
