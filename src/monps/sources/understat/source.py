"""Understat as a source."""

from collections.abc import Iterator, Sequence

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.ports.source import Payload, Request
from monps.sources._source import FileSource, refuse_unknown
from monps.sources.understat.leagues import LEAGUES

_ADDRESS = "https://understat.com"
_HEADERS = (("X-Requested-With", "XMLHttpRequest"),)


class Understat(FileSource):
    """Expected goals, pressing, shots and players, from its answers, older pages, and tables of them.

    Examples
    --------
    >>> [request] = Understat().plan(["E0"], [Season(start=2023)])
    >>> request.url
    'https://understat.com/getLeagueData/EPL/2023'
    """

    name = "understat"
    suffixes = (".json", ".csv", ".html")

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Name the answer for each season of each league.

        Raises
        ------
        UnknownNameError
            If Understat does not cover a competition.
        """
        names = {code: name for name, code in LEAGUES.items()}
        refuse_unknown("league of Understat", competitions, names)
        for season in seasons:
            for code in competitions:
                league = names[code]
                url = f"{_ADDRESS}/getLeagueData/{league}/{season.start}"
                yield Request(url, f"{league}_{season.start}.json", _HEADERS)

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one payload into matches with what their sides did, shots, appearances and totals.

        Raises
        ------
        DataRefused
            If it is none of Understat's, holds nothing, or, when strict, if anything in it was refused.
        """
        from monps.sources.understat.parse import parse  # noqa: PLC0415 - naming a source loads no polars

        return parse(payload, source=self.name, strict=strict)
