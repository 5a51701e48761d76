"""FBref as a source."""

from collections.abc import Iterator, Sequence

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.ports.source import Payload, Request
from monps.sources._source import FileSource, refuse_unknown
from monps.sources.fbref.competitions import NUMBERS

_ADDRESS = "https://fbref.com/en/comps"


class FBref(FileSource):
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
    suffixes = (".html", ".csv")

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the schedule of each season of each competition.

        Raises
        ------
        UnknownNameError
            If it is not known how FBref numbers a competition.
        """
        refuse_unknown("competition of FBref", competitions, NUMBERS)
        for season in seasons:
            years = f"{season.start}-{season.start + 1}"
            for code in competitions:
                url = f"{_ADDRESS}/{NUMBERS[code]}/{years}/schedule/"
                yield Request(url, f"schedule_{code}_{years}.html")

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one page or table into matches, appearances, shots, or players' totals.

        Raises
        ------
        DataRefused
            If it is none of FBref's, holds nothing, or, when strict, if anything in it was refused.
        """
        from monps.sources.fbref.parse import parse  # noqa: PLC0415 - naming a source loads no lxml

        return parse(payload, source=self.name, strict=strict)
