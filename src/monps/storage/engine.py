"""How to reach a database: SQLite in a file, or PostgreSQL."""

import sqlite3
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from monps.errors import DataRefused, StorageError, UsageError

WRITE = "monps_write"
"""The execution option of a connection that is going to write."""

WRITER_LOCK = 7_305_424_712
"""The advisory lock that lets PostgreSQL have one writer of ours at a time, as SQLite has."""

_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")
_STRICT_TABLES = (3, 37)
_PATIENCE_SECONDS = 15
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "cache_size = -32000",
    "temp_store = MEMORY",
    "wal_autocheckpoint = 8000",
)


class Pool(NamedTuple):
    """Connections that are kept open, and those that may be opened beyond them."""

    size: int = 5
    overflow: int = 10


USUAL_POOL = Pool()


def engine_for(url: str, pool: Pool = USUAL_POOL) -> Engine:
    """Return an engine that takes the write lock at once where ``WRITE`` is set, and a snapshot elsewhere.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE``, ``postgresql://…`` or ``postgres://…``. Nothing is opened yet.
    pool : Pool
        How many connections to PostgreSQL to keep.

    Raises
    ------
    UsageError
        If the text is no address of a database that monps knows.
    StorageError
        If PostgreSQL is asked for and its driver is not installed, or SQLite without a file or too old.

    Examples
    --------
    >>> engine_for("sqlite:///matches.sqlite").dialect.name
    'sqlite'
    >>> engine_for("sqlite://")
    Traceback (most recent call last):
        ...
    monps.errors.StorageError: sqlite:// names no file; write sqlite:///FILE
    """
    address = _normal(url)
    return _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address, pool)


def explain(engine: Engine, error: BaseException) -> StorageError | DataRefused:
    """Return a database's own error as ours, without the statement that it broke off and the password.

    Where the data are at fault and not the database, they are refused; others may still be stored.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, engine.dialect.loaded_dbapi.DataError):
        return DataRefused(f"the database cannot hold it: {cause}")
    return StorageError(f"{engine.url.render_as_string(hide_password=True)} cannot be used: {cause}")


def _normal(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UsageError(
            "the database's address cannot be read; write sqlite:///FILE or postgresql://…"
        ) from error
    if address.drivername in _POSTGRES:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite":
        raise UsageError(f"monps keeps its data in SQLite or PostgreSQL, not in {address.drivername!r}")
    if address.database in (None, "", ":memory:"):
        raise StorageError(f"{url} names no file; write sqlite:///FILE")
    return address


def _sqlite(address: URL) -> Engine:
    if sqlite3.sqlite_version_info < _STRICT_TABLES:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old: use 3.37 or newer, or PostgreSQL")
    engine = create_engine(address, connect_args={"timeout": _PATIENCE_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin too late, and not for everything
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = _writes(connection)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: URL, pool: Pool) -> Engine:
    options: dict[str, Any] = {
        "pool_pre_ping": True,
        "pool_size": pool.size,
        "max_overflow": pool.overflow,
        "connect_args": {"connect_timeout": _PATIENCE_SECONDS},
    }
    try:
        engine = create_engine(address, **options)
    except ImportError as error:
        raise StorageError("PostgreSQL needs its driver: pip install monps[postgres]") from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITE))
