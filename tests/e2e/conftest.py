"""A store with a small simulated country in it, and the command line to ask it."""

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from monps.cli import main
from monps.cli.failures import TRACEBACK_WANTED
from monps.sources.simulated import SimulatedCountry

ENVIRONMENT = ("DATABASE_URL", "CACHE_DIR", "LOG_LEVEL", "LOG_FORMAT", "DATA_FRESHNESS_DAYS", "DEBUG")


class Answer(NamedTuple):
    """What a command printed, and the status it ended with."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return orjson.loads(self.out)


Monps = Callable[..., Answer]


def run(*arguments: str) -> Answer:
    """Run one command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
    out.flush(), err.flush()
    return Answer(status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


UNTOUCHED = "untouched.sqlite"


def back_up(file: Path, other: Path) -> None:
    """Copy a database, whoever is using it."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(other)) as copy:
        source.backup(copy)


@pytest.fixture(scope="session")
def country() -> SimulatedCountry:
    """Two divisions of eight clubs, for two seasons."""
    return SimulatedCountry(seed=2, seasons=2, sizes=(8, 8))


@pytest.fixture(scope="session")
def files(country: SimulatedCountry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files."""
    folder = tmp_path_factory.mktemp("country")
    country.write(folder)
    return folder / "football-data"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monps]:
    """Return the command line on an empty store."""
    yield from _on(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def store(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store into which the files were read."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        for monps in _on(folder, patch):
            assert monps("ingest", "football-data", str(files)).status == 0
    back_up(folder / "monps.sqlite", folder / UNTOUCHED)
    return folder


@pytest.fixture(scope="session")
def untouched(store: Path) -> Path:
    """Return the store's file as it was before any test used it, to be copied."""
    return store / UNTOUCHED


@pytest.fixture
def monps(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monps]:
    """Return the command line on a store that holds the country; tests may add to it, no more."""
    yield from _on(store, monkeypatch)


@pytest.fixture
def own(untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monps]:
    """Return the command line on a copy of the store, which a test may change."""
    back_up(untouched, tmp_path / "monps.sqlite")
    yield from _on(tmp_path, monkeypatch)


def _on(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Monps]:
    for name in ENVIRONMENT:
        patch.delenv(f"MONPS_{name}", raising=False)
    patch.chdir(folder)
    patch.setenv("MONPS_DATABASE_URL", f"sqlite:///{folder / 'monps.sqlite'}")
    patch.setenv("MONPS_CACHE_DIR", str(folder / "cache"))
    patch.setenv("COLUMNS", "100")
    token = TRACEBACK_WANTED.set(False)
    yield run
    TRACEBACK_WANTED.reset(token)
