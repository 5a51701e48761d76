"""What sources say beyond results, kept in tables; ``monps.ports.details`` says what each method means."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from monps.collector import collector_paused
from monps.domain.ingestion import ParsedFile
from monps.domain.moments import to_micros
from monps.errors import StorageError
from monps.ports.details import Columns, DetailChanges, SourceReport, SourceStanding
from monps.storage import details_queries, standings
from monps.storage.details_intake import add_details
from monps.storage.mappers import storable
from monps.storage.orm import source_files, source_reports

REFUSED = "refused"
_FLAGS = ("is_home", "started")


class SqlDetailRepository:
    """Statistics of sides, shots and appearances, as they were known at a moment.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> DetailChanges:
        """Store what a file says beyond results; the file itself goes into ``MatchRepository`` first.

        Raises
        ------
        DataRefused
            If it speaks of a competition that it does not name.
        StorageError
            If the file itself was not stored before.
        """
        if not parsed.details:
            return DetailChanges()
        return add_details(self._connection, parsed, self._file_id(parsed), to_micros(read_at))

    def report(self, report: SourceReport) -> None:
        """Note what went wrong with a source; what was noted of a field before is not noted again."""
        table = source_reports.c
        same = (table.source == report.source) & (table.kind == report.kind) & (table.detail == report.detail)
        known = self._connection.scalar(select(table.id).where(same).limit(1))
        if known is not None and report.kind != REFUSED:
            return
        values = report._asdict() | {
            "file": storable(report.file),
            "reported_at": to_micros(report.reported_at),
            "detail": storable(report.detail),
        }
        self._connection.execute(insert(source_reports).values(values))

    def standings(self) -> tuple[SourceStanding, ...]:
        """How every source stands, by name."""
        return standings.standings(self._connection)

    def team_matches(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each match, side and source; all if nothing is named."""
        return self._read(details_queries.side_rows(competitions, to_micros(as_of), sources))

    def shots(self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()) -> Columns:
        """Return a row for each shot."""
        return self._read(details_queries.shot_rows(competitions, to_micros(as_of), sources))

    def appearances(
        self,
        competitions: Sequence[str],
        as_of: datetime,
        sources: Sequence[str] = (),
        *,
        since: datetime | None = None,
    ) -> Columns:
        """Return a row for each player, match and source, on request only of matches from a moment on."""
        earliest = None if since is None else to_micros(since)
        return self._read(details_queries.appearance_rows(competitions, to_micros(as_of), sources, earliest))

    def player_seasons(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each player, team, season and table of a source; ``totals`` is JSON."""
        return self._read(details_queries.season_rows(competitions, to_micros(as_of), sources))

    @collector_paused()
    def _read(self, rows: Select[Any]) -> Columns:
        found = self._connection.execute(rows)
        names = list(found.keys())
        columns = [list(column) for column in zip(*found.all(), strict=True)] or [[] for _ in names]
        return {
            name: [value if value is None else bool(value) for value in column] if name in _FLAGS else column
            for name, column in zip(names, columns, strict=True)
        }

    def _file_id(self, parsed: ParsedFile) -> int:
        same = (source_files.c.source == parsed.source) & (source_files.c.digest == parsed.digest)
        number: int | None = self._connection.scalar(
            select(source_files.c.id).where(same).order_by(source_files.c.id.desc()).limit(1)
        )
        if number is None:
            raise StorageError(f"{parsed.name}: its details cannot be stored before itself")
        return number
