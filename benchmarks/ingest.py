"""The data folder into a fresh SQLite store with ``monps ingest``, and once more when nothing has changed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import data
from benchmarks.report import Cell, Report


def measure() -> Report:
    """Ingest twice."""
    return Report("Ingestion of the football-data folder on SQLite", _rows(data.real_folder()))


def _rows(folder: Path) -> Iterator[dict[str, Cell]]:
    with TemporaryDirectory() as store:
        for name, target in (("the first time", 20.0), ("again", 5.0)):
            begun = perf_counter()
            told = _ingest(folder, Path(store) / "monps.sqlite")
            seconds = perf_counter() - begun
            met = "yes" if seconds <= target else "no"
            yield {"run": name, **told, "seconds": seconds, "target": f"≤ {target:g}", "met": met}


def _ingest(folder: Path, store: Path) -> dict[str, Cell]:
    """Run the command as a user does, and return the counts it prints."""
    settings = {**os.environ, "MONPS_DATABASE_URL": f"sqlite:///{store}"}
    command = [Path(sys.executable).parent / "monps", "ingest", "football-data", folder, "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=settings).stdout
    return {name: value for name, value in json.loads(printed).items() if isinstance(value, int)}
