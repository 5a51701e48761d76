"""Files to parsed files, without a database."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from monps.domain.ingestion import ParsedFile, Reject
from monps.errors import DataRefused
from monps.ports.source import Payload, Source


def read(source: Source, paths: Iterable[Path], *, strict: bool = False) -> Iterator[ParsedFile]:
    """Read every file of a source below some paths, one at a time, and keep nothing of them.

    Parameters
    ----------
    source : Source
        Whose files they are.
    paths : iterable of Path
        Files, folders or archives.
    strict : bool
        Whether any refused row or quote is an error.

    Yields
    ------
    ParsedFile
        A file that is refused whole has no records, and its reason among the rejects.

    Raises
    ------
    DataRefused
        When strict, at the first file of which anything is refused.
    UsageError
        If there is nothing at a path.
    """
    for path in paths:
        for payload in source.files(path):
            yield source.parse(payload, strict=True) if strict else _lenient(source, payload)


def _lenient(source: Source, payload: Payload) -> ParsedFile:
    try:
        return source.parse(payload)
    except DataRefused as refused:
        reject = Reject(file=payload.name, reason=str(refused).removeprefix(f"{payload.name}: "))
        return ParsedFile(source=source.name, name=payload.name, digest=payload.digest, rejects=(reject,))
