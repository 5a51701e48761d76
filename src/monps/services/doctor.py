"""Look at the machine, the database and the age of the data, and say truthfully what is ill."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from monps.domain.health import Check, Diagnosis
from monps.errors import StorageError
from monps.ports.database import Database
from monps.ports.unit_of_work import UnitOfWorkFactory

Version = tuple[int, int, int]

_OLDEST_PYTHON = (3, 11, 0)
_WAL_RESET_BUG = ((3, 7, 0), (3, 51, 2))
_GIGABYTE = 10**9
_ROOM_NEEDED = 0.1 * _GIGABYTE
_ROOM_COMFORTABLE = _GIGABYTE


class Machine(NamedTuple):
    """What we run on: versions, and the free bytes where the database lives."""

    python: Version
    sqlite: Version
    free_bytes: int


def diagnose(
    machine: Machine,
    database: Database,
    open_work: UnitOfWorkFactory,
    *,
    now: datetime,
    freshness: timedelta,
) -> Diagnosis:
    """Check everything in turn; a check that depends on one that failed is left out.

    Parameters
    ----------
    machine : Machine
        What we run on.
    database : Database
        Its schema is compared with what this version needs.
    open_work : UnitOfWorkFactory
        To ask each competition for its newest result.
    now : datetime
        The present moment.
    freshness : timedelta
        Data older than this is stale.
    """
    checks = [check_python(machine.python), check_disk(machine.free_bytes)]
    if database.is_sqlite:
        checks.append(check_sqlite(machine.sqlite))
    checks.extend(check_database(database))
    if not Diagnosis(checks=tuple(checks)).failed:
        checks.extend(data_ages(open_work, now, freshness))
    return Diagnosis(checks=tuple(checks))


def check_python(version: Version) -> Check:
    """Say whether this Python is new enough.

    Examples
    --------
    >>> check_python((3, 10, 2)).verdict
    'fail'
    """
    if version < _OLDEST_PYTHON:
        return Check(name="python", verdict="fail", detail=f"{_dotted(version)}; 3.11 or newer is needed")
    return Check(name="python", verdict="ok", detail=_dotted(version))


def check_sqlite(version: Version) -> Check:
    """Say whether this SQLite has the WAL-reset bug, by which two writers at once may corrupt the file.

    Examples
    --------
    >>> check_sqlite((3, 51, 2)).verdict, check_sqlite((3, 51, 3)).verdict
    ('warn', 'ok')
    """
    oldest, newest = _WAL_RESET_BUG
    if not oldest <= version <= newest:
        return Check(name="sqlite", verdict="ok", detail=_dotted(version))
    detail = (
        f"{_dotted(version)} has the WAL-reset bug: let one process write at a time, "
        "or use SQLite after 3.51.2 or PostgreSQL"
    )
    return Check(name="sqlite", verdict="warn", detail=detail)


def check_disk(free_bytes: int) -> Check:
    """Say whether there is room where the database lives."""
    detail = f"{free_bytes / _GIGABYTE:.1f} GB free"
    if free_bytes < _ROOM_NEEDED:
        return Check(name="disk", verdict="fail", detail=f"{detail}; make room before the next ingestion")
    return Check(name="disk", verdict="ok" if free_bytes >= _ROOM_COMFORTABLE else "warn", detail=detail)


def check_database(database: Database) -> tuple[Check, ...]:
    """Say whether the database can be reached, and its schema is what this version needs."""
    try:
        current = database.current()
    except StorageError as error:
        return (Check(name="database", verdict="fail", detail=str(error)),)
    reached = Check(name="database", verdict="ok", detail=f"{database.url} can be reached")
    return (reached, _check_migrations(current, database.head()))


def _check_migrations(current: str | None, head: str) -> Check:
    if current == head:
        return Check(name="migrations", verdict="ok", detail=f"at {head}, the newest")
    if current is None:
        return Check(
            name="migrations", verdict="warn", detail="no tables yet; the first ingestion makes them"
        )
    detail = f"at {current}, but {head} is needed; run `monps db upgrade`"
    return Check(name="migrations", verdict="fail", detail=detail)


def check_age(competition: str, newest: datetime, now: datetime, freshness: timedelta) -> Check:
    """Say whether a competition's newest result is recent."""
    age = now - newest
    detail = f"newest result known {newest:%Y-%m-%d}, {age / timedelta(days=1):,.0f} days ago"
    fresh = age <= freshness
    return Check(name=f"data {competition}", verdict="ok" if fresh else "warn", detail=detail)


def data_ages(open_work: UnitOfWorkFactory, now: datetime, freshness: timedelta) -> Iterator[Check]:
    """Say of each competition whether its newest result is recent."""
    with open_work() as work:
        codes = [competition.code for competition in work.matches.competitions()]
        newest = {code: work.matches.latest_known_at(code) for code in codes}
    if not codes:
        yield Check(
            name="data",
            verdict="warn",
            detail="no matches yet; `monps ingest football-data PATH` brings some",
        )
    for code, moment in newest.items():
        if moment is not None:
            yield check_age(code, moment, now, freshness)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
