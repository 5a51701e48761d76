"""A table of one's own as a source."""

import hashlib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import UsageError
from monps.ports.source import Payload, Request
from monps.sources._source import FileSource
from monps.sources.table.mapping import Mapping


class TableSource(FileSource):
    """Tables whose columns a mapping explains.

    Parameters
    ----------
    mapping : Mapping
        From ``read_mapping``, or ``mapping_of``; it says what the source is called.
    """

    suffixes = (".csv", ".parquet")

    def __init__(self, mapping: Mapping) -> None:
        self.name = mapping.source
        self._mapping = mapping
        self._layout = hashlib.sha256(mapping.model_dump_json().encode()).hexdigest()

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterator[Request]:
        """Refuse: nobody knows where such tables are to be had.

        Raises
        ------
        UsageError
            Always.
        """
        asked = ", ".join([*competitions, *(season.label for season in seasons)])
        raise UsageError(
            f"{self.name} is a table of your own: {asked} cannot be fetched; use `monps ingest table`"
        )

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every CSV and Parquet file that the mapping means below a path: plain, gzipped or packed.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        for payload in super().files(path):
            if path.is_file() or fnmatch(payload.name, f"*{self._mapping.files}"):
                yield payload._replace(layout=self._layout)

    def unpack(self, payload: Payload) -> Iterator[Payload]:
        """Open a payload that may be an archive: yield itself, or the files in it."""
        return (each._replace(layout=self._layout) for each in super().unpack(payload))

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Turn one table into details, as the mapping says.

        Raises
        ------
        DataRefused
            If it is no table, a column that is needed is missing, no row can be read, or, when strict, if
            a row was refused.
        """
        from monps.sources.table.parse import parse  # noqa: PLC0415 - naming a source loads no polars

        return parse(payload._replace(layout=self._layout), self._mapping, strict=strict)
