"""Jobs, keys and answered requests in their tables; ``monps.ports.service`` says what each method means."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from monps.domain.backtest import BacktestJob, BacktestRequest, BacktestResult, JobState
from monps.domain.keys import ApiKey, Scope
from monps.domain.moments import from_micros, to_micros
from monps.errors import ConflictError
from monps.ports.service import Answered
from monps.storage.orm import answered_requests, api_keys, backtests

_MOMENTS = ("created_at", "started_at", "seen_at", "finished_at", "revoked_at")


class SqlJobRepository:
    """Backtests on their way, and those that are finished.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: BacktestRequest, actor: str, now: datetime) -> BacktestJob:
        """Put a job into the queue."""
        job = BacktestJob(job_id=1, request=request, actor=actor, created_at=now)
        made = insert(backtests).values(_job_row(job)).returning(backtests.c.job_id)
        return job.model_copy(update={"job_id": self._connection.scalar(made)})

    def find(self, job_id: int) -> BacktestJob | None:
        """Return one job."""
        return self._first(select(backtests).where(backtests.c.job_id == job_id))

    def replace(self, job: BacktestJob) -> None:
        """Keep a job as it is now."""
        same = backtests.c.job_id == job.job_id
        self._connection.execute(update(backtests).where(same).values(_job_row(job)))

    def oldest(self, state: JobState) -> BacktestJob | None:
        """Return the job that has been in this state the longest, by its number."""
        rows = select(backtests).where(backtests.c.state == state).order_by(backtests.c.job_id)
        return self._first(rows.limit(1))

    def all(
        self, state: JobState | None = None, *, before_id: int | None = None, limit: int = 100
    ) -> tuple[BacktestJob, ...]:
        """Return jobs (in one state), newest first."""
        rows = select(backtests).order_by(backtests.c.job_id.desc()).limit(limit)
        if state is not None:
            rows = rows.where(backtests.c.state == state)
        if before_id is not None:
            rows = rows.where(backtests.c.job_id < before_id)
        return tuple(map(_job, self._connection.execute(rows)))

    def count(self, state: JobState | None = None) -> int:
        """Return how many there are."""
        rows = select(func.count()).select_from(backtests)
        if state is not None:
            rows = rows.where(backtests.c.state == state)
        return self._connection.scalar(rows) or 0

    def _first(self, rows: Select[Any]) -> BacktestJob | None:
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else _job(row)


class SqlKeyRepository:
    """Keys, by their digests.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, scopes: Sequence[Scope], digest: str, now: datetime) -> ApiKey:
        """Keep a new key.

        Raises
        ------
        ConflictError
            If an active key has this name.
        """
        if self.named(name):
            raise ConflictError(f"there is an active key {name!r}; revoke it first, or choose another name")
        key = ApiKey(key_id=1, name=name, scopes=tuple(scopes), created_at=now)
        values = {
            "name": name, "scopes": " ".join(scopes), "digest": digest, "created_at": to_micros(now),
        }  # fmt: skip
        made = self._connection.scalar(insert(api_keys).values(values).returning(api_keys.c.key_id))
        return key.model_copy(update={"key_id": made})

    def find(self, digest: str) -> ApiKey | None:
        """Return the key with this digest."""
        return next(self._keys(_all_keys().where(api_keys.c.digest == digest)), None)

    def named(self, name: str) -> ApiKey | None:
        """Return the active key of this name."""
        active = (api_keys.c.name == name) & api_keys.c.revoked_at.is_(None)
        return next(self._keys(_all_keys().where(active)), None)

    def all(self) -> Iterator[ApiKey]:
        """Return every key, by number."""
        return self._keys(_all_keys().order_by(api_keys.c.key_id))

    def revoke(self, key_id: int, now: datetime) -> None:
        """Let a key open nothing from now on."""
        same = api_keys.c.key_id == key_id
        self._connection.execute(update(api_keys).where(same).values(revoked_at=to_micros(now)))

    def _keys(self, rows: Select[Any]) -> Iterator[ApiKey]:
        for row in self._connection.execute(rows):
            yield ApiKey(**_with_moments(row) | {"scopes": tuple(row.scopes.split())})


class SqlIdempotencyRepository:
    """Requests that may come twice and are to have one effect.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, actor: str, key: str) -> Answered | None:
        """Return how a sender's request under this key was answered."""
        columns = [answered_requests.c[name] for name in Answered._fields]
        same = (answered_requests.c.actor == actor) & (answered_requests.c.key == key)
        row = self._connection.execute(select(*columns).where(same)).one_or_none()
        return None if row is None else Answered(**_with_moments(row))

    def add(self, answered: Answered) -> None:
        """Note an answer, within the transaction that makes what it tells of."""
        moment = {"created_at": to_micros(answered.created_at)}
        self._connection.execute(insert(answered_requests).values(answered._asdict() | moment))

    def forget(self, before: datetime) -> int:
        """Drop notes older than a moment; return how many."""
        old = answered_requests.c.created_at < to_micros(before)
        return self._connection.execute(delete(answered_requests).where(old)).rowcount


def _all_keys() -> Select[Any]:
    return select(*(column for column in api_keys.c if column.name != "digest"))


def _job_row(job: BacktestJob) -> dict[str, Any]:
    row = job.model_dump(exclude={"job_id", "request", "result"})
    moments = {name: None if row[name] is None else to_micros(row[name]) for name in _MOMENTS if name in row}
    result = job.result and job.result.model_dump_json()
    return row | moments | {"request": job.request.model_dump_json(), "result": result}


def _job(row: Row[Any]) -> BacktestJob:
    documents = {
        "request": BacktestRequest.model_validate_json(row.request),
        "result": None if row.result is None else BacktestResult.model_validate_json(row.result),
    }
    return BacktestJob(**_with_moments(row) | documents)


def _with_moments(row: Row[Any]) -> dict[str, Any]:
    values = row._asdict()
    found = {name: from_micros(values[name]) for name in _MOMENTS if values.get(name) is not None}
    return values | found
