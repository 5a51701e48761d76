"""An ingestion to be run in a process of its own, and killed."""

from multiprocessing.synchronize import Event
from pathlib import Path

from fakes import FakeClock
from monps.domain.ingestion import IngestReport
from monps.services.ingest import ingest
from monps.sources.football_data.source import FootballData
from monps.storage.schema import SqlDatabase


def ingest_folder(url: str, folder: Path, started: Event | None = None) -> IngestReport:
    """Read a folder into a database, the tables of an SQLite file included."""
    database, source = SqlDatabase(url), FootballData()
    if started:
        started.set()
    report = ingest(source.files(folder), source, database.open_work, clock=FakeClock())
    database.close()
    return report
