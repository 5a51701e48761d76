"""The service on a store of its own, asked as a client would ask it."""

import shutil
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fakes import FakeClock
from monps import asgi
from monps.bootstrap import Application
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.services.predictions import Make
from monps.settings import Settings
from monps.storage.schema import SqlDatabase
from opinions import ensemble_prediction

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another client, which is not pinned here
    from starlette.testclient import TestClient

V1 = "/api/v1"
LOCAL = ("127.0.0.1", 50_000)

Open = Callable[..., Any]


@dataclass
class FakeBrain:
    """Thinks the same of every fixture, and counts how often it was asked."""

    clock: FakeClock
    asked: list[ForecastRequest] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    def __call__(self, request: ForecastRequest) -> EnsemblePrediction:
        self.asked.append(request)
        fixture = request.model_dump(include={"competition", "home", "away", "kickoff", "neutral"})
        seen = {"as_of": request.as_of or self.clock.now(), "computed_at": self.clock.now()}
        name = {"prediction_id": f"p-{len(self.asked)}", "match_id": None}
        return ensemble_prediction(**fixture | seen | name | self.changes)


@contextmanager
def client_of(
    application: Application, make: Make, base_url: str = "http://localhost"
) -> Iterator[TestClient]:
    """Run a service and ask it."""
    with TestClient(
        asgi.site(application, make), base_url, client=LOCAL, raise_server_exceptions=True
    ) as client:
        client.application = application
        yield client


def application_on(database_url: str, clock: FakeClock | None = None, **settings: Any) -> Application:
    """Put an application together without asking the environment."""
    usual = {"rate_limit": "off", "rate_limit_writes": "off"}
    made = Settings(_env_file=None, database_url=database_url, **usual | settings)
    return Application(made, clock or FakeClock())


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
def serve(store: Path, tmp_path: Path) -> Iterator[Open]:
    """Open services on one copy of the store that holds the country."""
    file = tmp_path / "monps.sqlite"
    with closing(sqlite3.connect(store / "monps.sqlite")) as there, closing(sqlite3.connect(file)) as here:
        there.backup(here)
    yield from _opener(file)


def _opener(file: Path) -> Iterator[Open]:
    open_ones = []

    def open_service(
        base_url: str = "http://localhost",
        clock: FakeClock | None = None,
        make: Make | None = None,
        **settings: Any,
    ):
        application = application_on(f"sqlite:///{file}", clock, **settings)
        brain = make or FakeBrain(application.clock)
        context = client_of(application, brain, base_url)
        open_ones.append(context)
        client = context.__enter__()
        client.brain, client.clock = brain, application.clock
        return client

    yield open_service
    for context in reversed(open_ones):
        context.__exit__(None, None, None)


@pytest.fixture
def api(serve_empty: Open) -> TestClient:
    """A service on an empty store."""
    return serve_empty()
