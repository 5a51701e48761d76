"""The service on a store of its own, asked as a client would ask it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes import FakeClock
from http_service import FakeBrain, TestClient, application_on, client_of
from monps.services.submit import Make
from monps.storage.schema import SqlDatabase

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store with nothing in it, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "monps.sqlite"
    database = SqlDatabase(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    return file


@pytest.fixture
def serve_empty(empty_file: Path, tmp_path: Path) -> Iterator[Open]:
    """Open services on one empty store."""
    file = tmp_path / "monps.sqlite"
    shutil.copy(empty_file, file)
    yield from _opener(file)


@pytest.fixture
def copy_store(untouched: Path) -> Callable[[Path], Path]:
    """Copy the store that holds the country, as it was before any test used it."""

    def copy(file: Path) -> Path:
        return Path(shutil.copy(untouched, file))

    return copy


@pytest.fixture
def serve(copy_store: Callable[[Path], Path], tmp_path: Path) -> Iterator[Open]:
    """Open services on one copy of the store that holds the country."""
    yield from _opener(copy_store(tmp_path / "monps.sqlite"))


def _opener(file: Path) -> Iterator[Open]:
    open_ones = []

    def open_service(
        base_url: str = "http://localhost",
        clock: FakeClock | None = None,
        make: Make | None = None,
        **settings: Any,
    ):
        application = application_on(f"sqlite:///{file}", clock, **settings)
        context = client_of(application, make or FakeBrain(application.clock), base_url)
        open_ones.append(context)
        return context.__enter__()

    yield open_service
    for context in reversed(open_ones):
        context.__exit__(None, None, None)


@pytest.fixture
def api(serve_empty: Open) -> TestClient:
    """A service on an empty store."""
    return serve_empty()
