"""football-data.co.uk as a source."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import UnknownNameError
from monps.ports.source import Payload, Request
from monps.sources._files import open_payloads, unpack
from monps.sources.football_data.divisions import DIVISIONS

_ADDRESS = "https://www.football-data.co.uk/mmz4281"
_SUFFIX = ".csv"


class FootballData:
    """Results, statistics and prices as football-data.co.uk publishes them.

    Examples
    --------
    >>> [request] = FootballData().plan(["E0"], [Season(start=2023)])
    >>> request.url
    'https://www.football-data.co.uk/mmz4281/2324/E0.csv'
    """

    name = "football-data"

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the file of each season of each division.

        Raises
        ------
        UnknownNameError
            If a division is not one that the provider covers.
        """
        for code in competitions:
            if code not in DIVISIONS:
                nearest = get_close_matches(code.upper(), DIVISIONS, cutoff=0.5) or tuple(DIVISIONS)
                raise UnknownNameError("division of football-data.co.uk", code, nearest)
        for season in seasons:
            for code in competitions:
                name = f"{season.code}/{code}.csv"
                yield Request(f"{_ADDRESS}/{name}", name)

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every CSV file below a path: plain, gzipped or in a zip archive.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        return open_payloads(path, _SUFFIX)

    def unpack(self, payload: Payload) -> Iterator[Payload]:
        """Open a payload that may be an archive: yield itself, or the CSV files in it."""
        return unpack(payload, _SUFFIX)

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one CSV file into matches, fixtures, quotes and rejects.

        Raises
        ------
        DataRefused
            If it is no such file, or, when strict, if anything in it was refused.
        """
        from monps.sources.football_data.parse import parse  # noqa: PLC0415 - naming a source loads no numpy

        return parse(payload, source=self.name, strict=strict)
