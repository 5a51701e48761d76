"""SofaScore as a source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import UnknownNameError, UsageError
from monps.ports.source import Payload, Request
from monps.sources._source import FileSource
from monps.sources.sofascore.bundles import bundled
from monps.sources.sofascore.tournaments import CODES


class SofaScore(FileSource):
    """A match's answers, saved from a browser, or from a feed that one has a licence for.

    Since June 2026 its addresses stand behind a challenge, which a program does not solve: there is nothing
    to fetch. Only the answer about the event says who played; the others of the same event are read
    together with it, whether they are in the same file or in files of the same folder.
    """

    name = "sofascore"
    suffixes = (".json",)

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Refuse: live fetching is off.

        Raises
        ------
        UnknownNameError
            If a competition is not known.
        UsageError
            Always else.
        """
        for code in competitions:
            if code not in CODES.values():
                raise UnknownNameError("competition of SofaScore", code, tuple(CODES.values()))
        asked = ", ".join([*competitions, *(season.label for season in seasons)])
        raise UsageError(
            f"SofaScore answers programs with a challenge, so {asked} cannot be fetched; "
            "save its answers from a browser and read them with `monps ingest sofascore`"
        )

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every JSON file below a path; the answers about one event are put together.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        return bundled(super().files(path))

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn the answers about an event into a match with what its sides and players did.

        Raises
        ------
        DataRefused
            If it is none of SofaScore's, does not say who played, or, when strict, if anything in it was
            refused.
        """
        from monps.sources.sofascore.parse import parse  # noqa: PLC0415 - naming a source is quick

        return parse(payload, source=self.name, strict=strict)
