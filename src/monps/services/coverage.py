"""What the sources brought: how many files and rows, how many refused, and when they were last read."""

from collections.abc import Sequence
from itertools import groupby

from monps.domain.base import Moment, Noun
from monps.ports.repositories import FileRecord
from monps.ports.unit_of_work import UnitOfWorkFactory


class SourceCoverage(Noun):
    """One source's files in the store; ``read_at`` is when the newest was read."""

    source: str
    files: int
    matches: int
    fixtures: int
    refused: int
    read_at: Moment


def list_coverage(open_work: UnitOfWorkFactory) -> tuple[SourceCoverage, ...]:
    """Sum up the latest reading of every file, source by source."""
    with open_work() as work:
        files = sorted(work.matches.files(), key=lambda file: file.source)
    grouped = groupby(files, key=lambda file: file.source)
    return tuple(_summed(source, tuple(listed)) for source, listed in grouped)


def _summed(source: str, files: Sequence[FileRecord]) -> SourceCoverage:
    return SourceCoverage(
        source=source,
        files=len(files),
        matches=sum(file.matches for file in files),
        fixtures=sum(file.fixtures for file in files),
        refused=sum(len(file.rejected) for file in files),
        read_at=max(file.read_at for file in files),
    )
