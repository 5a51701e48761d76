"""football-data.co.uk as a source."""

from collections.abc import Iterator, Sequence

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.ports.source import Payload, Request
from monps.sources._source import FileSource, refuse_unknown
from monps.sources.football_data.divisions import DIVISIONS

_ADDRESS = "https://www.football-data.co.uk/mmz4281"


class FootballData(FileSource):
    """Results, statistics and prices as football-data.co.uk publishes them.

    Examples
    --------
    >>> [request] = FootballData().plan(["E0"], [Season(start=2023)])
    >>> request.url
    'https://www.football-data.co.uk/mmz4281/2324/E0.csv'
    """

    name = "football-data"
    suffixes = (".csv",)

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the file of each season of each division.

        Raises
        ------
        UnknownNameError
            If a division is not one that the provider covers.
        """
        refuse_unknown("division of football-data.co.uk", competitions, DIVISIONS)
        for season in seasons:
            for code in competitions:
                name = f"{season.code}/{code}.csv"
                yield Request(f"{_ADDRESS}/{name}", name)

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one CSV file into matches, fixtures, quotes and rejects.

        Raises
        ------
        DataRefused
            If it is no such file, or, when strict, if anything in it was refused.
        """
        from monps.sources.football_data.parse import parse  # noqa: PLC0415 - naming a source loads no numpy

        return parse(payload, source=self.name, strict=strict)
