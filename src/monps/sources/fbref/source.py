"""FBref as a source."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import UnknownNameError
from monps.ports.source import Payload, Request
from monps.sources._files import open_payloads, unpack
from monps.sources.fbref.competitions import NUMBERS

_ADDRESS = "https://fbref.com/en/comps"
_SUFFIXES = (".html", ".csv")


class FBref:
    """Match reports, schedules, and tables of seasons.

    FBref withdrew its advanced tables (expected goals, kinds of passes, pressures) in January 2026. They are
    read from files that were kept; ``plan`` asks for what is still published.

    Examples
    --------
    >>> [request] = FBref().plan(["E0"], [Season(start=2023)])
    >>> request.url
    'https://fbref.com/en/comps/9/2023-2024/schedule/'
    """

    name = "fbref"

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the schedule of each season of each competition.

        Raises
        ------
        UnknownNameError
            If it is not known how FBref numbers a competition.
        """
        for code in competitions:
            if code not in NUMBERS:
                nearest = get_close_matches(code.upper(), NUMBERS, cutoff=0.5) or tuple(NUMBERS)
                raise UnknownNameError("competition of FBref", code, nearest)
        for season in seasons:
            years = f"{season.start}-{season.start + 1}"
            for code in competitions:
                url = f"{_ADDRESS}/{NUMBERS[code]}/{years}/schedule/"
                yield Request(url, f"schedule_{code}_{years}.html")

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every HTML and CSV file below a path: plain, gzipped or in a zip or tar archive.

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
        """Turn one page or table into matches, appearances, shots, or players' totals.

        Raises
        ------
        DataRefused
            If it is none of FBref's, holds nothing, or, when strict, if anything in it was refused.
        """
        from monps.sources.fbref.parse import parse  # noqa: PLC0415 - naming a source loads no lxml

        return parse(payload, source=self.name, strict=strict)
