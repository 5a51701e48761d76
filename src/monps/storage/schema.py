"""The database as a whole: where it is, at which revision its schema stands, and how to move it."""

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from monps.errors import StorageError, UsageError
from monps.storage.engine import USUAL_POOL, WRITE, Pool, engine_for, explain
from monps.storage.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0009"
"""The newest revision: written here so that to compare with it takes no Alembic."""

_MIGRATIONS = Path(__file__).parent / "migrations"


class SqlDatabase:
    """A database, opened when it is first needed.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE`` or ``postgresql://…``.
    pool : Pool
        How many connections to PostgreSQL to keep.

    Raises
    ------
    UsageError
        If this is no address of a database that monps knows.
    StorageError
        If the driver is not installed.
    """

    def __init__(self, url: str, pool: Pool = USUAL_POOL) -> None:
        self._engine = engine_for(url, pool)
        # Who forgets a database should not have to close it; the collector would leave that to chance.
        weakref.finalize(self, self._engine.dispose)
        self._prepared = False

    @property
    def url(self) -> str:
        """Where it is, without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self._engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file it is in, or None where it is on a server."""
        return Path(self._engine.url.database or "") if self.is_sqlite else None

    def current(self) -> str | None:
        """Return the schema's revision, or None where there is no schema, or no file, yet.

        Raises
        ------
        StorageError
            If the database cannot be reached.
        """
        if self.file and not self.file.exists():
            return None
        with self._connection() as connection:
            return _revision(connection)

    def head(self) -> str:
        """Return the revision that this version of monps needs."""
        return HEAD

    def upgrade(self, revision: str = "head") -> None:
        """Bring the schema forward, in one transaction; who comes second waits, and finds it done.

        Raises
        ------
        UsageError
            If there is no such revision.
        StorageError
            If the database cannot be reached, or was made by a newer version of monps.
        """
        if self.file:
            self._make_file(self.file)
        self._migrate("upgrade", revision)

    def downgrade(self, revision: str) -> None:
        """Take the schema back (``-1`` one step, ``base`` all the way); later tables are dropped.

        Raises
        ------
        UsageError
            If there is no such revision.
        StorageError
            If the database cannot be reached, or was made by a newer version of monps.
        """
        self._prepared = False
        self._migrate("downgrade", revision)

    def prepare(self) -> None:
        """Make sure that the schema is the one needed; a file of SQLite without one is given it.

        Raises
        ------
        StorageError
            If the database cannot be reached, or its schema is another one.
        """
        current = self.current()
        if current is None and self.is_sqlite:
            self.upgrade()
        elif current != HEAD:
            raise StorageError(self._complaint(current))
        self._prepared = True

    def open_work(self, *, write: bool = False) -> SqlUnitOfWork:
        """Return a unit of work; the first one prepares the database.

        Raises
        ------
        StorageError
            If the schema is not the one needed.
        """
        if not self._prepared:
            self.prepare()
        return SqlUnitOfWork(self._engine, write=write, owner=self)

    def close(self) -> None:
        """Let go of all connections; the next use opens new ones."""
        self._engine.dispose()

    def _make_file(self, file: Path) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{file.parent} cannot be made: {error.strerror}") from error
        with self._connection() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")

    def _migrate(self, direction: str, revision: str) -> None:
        from alembic import command  # noqa: PLC0415 - only migrating needs it, and it takes its time
        from alembic.util import CommandError  # noqa: PLC0415

        move: Callable[[Config, str], None] = getattr(command, direction)
        with self._connection(write=True) as connection:
            config = _config()
            config.attributes["connection"] = connection
            try:
                move(config, revision)
            except CommandError as error:
                raise self._refusal(_revision(connection), error) from error
            connection.commit()

    def _refusal(self, current: str | None, error: Exception) -> StorageError | UsageError:
        if current is None or _is_known(current):
            return UsageError(str(error))
        return StorageError(self._complaint(current))

    def _complaint(self, current: str | None) -> str:
        if current is None:
            return f"{self.url} has no tables yet; run `monps db upgrade`"
        if _is_known(current):
            return f"{self.url} is at revision {current}, but {HEAD} is needed; run `monps db upgrade`"
        return (
            f"{self.url} is at revision {current}, which a newer monps made; "
            "install that version (pip install --upgrade monps), and run `monps db upgrade`"
        )

    @contextmanager
    def _connection(self, *, write: bool = False) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**{WRITE: write}) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise explain(self._engine, error) from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _is_known(revision: str) -> bool:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only a complaint needs it

    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return revision in {script.revision for script in scripts}


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - only migrating needs it

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
