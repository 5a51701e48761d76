"""The dashboard on SQLite files that are filled once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes import FakeClock
from monps.storage.schema import SqlDatabase
from web_desk import FakeDesk, client_of
from web_store import NOW, fill

Opened = tuple[object, SqlDatabase]


def database_in(file: Path) -> SqlDatabase:
    """Open a file as a database."""
    return SqlDatabase(f"sqlite:///{file}")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated store with nothing in it."""
    file = tmp_path_factory.mktemp("web") / "empty.sqlite"
    database = database_in(file)
    database.upgrade()
    database.close()
    return file


@pytest.fixture(scope="session")
def filled_file(empty_file: Path) -> Path:
    """Make a store with something of everything; its fixture is match 1."""
    file = empty_file.with_name("filled.sqlite")
    shutil.copy(empty_file, file)
    database = database_in(file)
    fill(database.open_work)
    database.close()
    return file


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Path], Opened]]:
    """Open clients on copies of stores."""
    databases = []

    def visit(template: Path) -> Opened:
        file = tmp_path / f"{len(databases)}.sqlite"
        shutil.copy(template, file)
        databases.append(database_in(file))
        return client_of(FakeDesk(databases[-1].open_work, FakeClock(NOW))), databases[-1]

    yield visit
    for database in databases:
        database.close()
