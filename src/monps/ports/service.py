"""What the HTTP service keeps: jobs, keys, and which requests were answered already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.backtest import BacktestJob, BacktestRequest, JobState
from monps.domain.keys import ApiKey, Scope


class JobRepository(Protocol):
    """Backtests on their way, and those that are finished."""

    def add(self, request: BacktestRequest, actor: str, now: datetime) -> BacktestJob:
        """Put a job into the queue."""
        ...

    def find(self, job_id: int) -> BacktestJob | None:
        """Return one job."""
        ...

    def replace(self, job: BacktestJob) -> None:
        """Keep a job as it is now."""
        ...

    def oldest(self, state: JobState) -> BacktestJob | None:
        """Return the job that has been in this state the longest, by its number."""
        ...

    def all(
        self, state: JobState | None = None, *, before_id: int | None = None, limit: int = 100
    ) -> Sequence[BacktestJob]:
        """Return jobs (in one state), newest first."""
        ...

    def count(self, state: JobState | None = None) -> int:
        """Return how many there are."""
        ...


class KeyRepository(Protocol):
    """Keys, by their digests."""

    def add(self, name: str, scopes: Sequence[Scope], digest: str, now: datetime) -> ApiKey:
        """Keep a new key.

        Raises
        ------
        ConflictError
            If an active key has this name.
        """
        ...

    def find(self, digest: str) -> ApiKey | None:
        """Return the key with this digest."""
        ...

    def named(self, name: str) -> ApiKey | None:
        """Return the active key of this name."""
        ...

    def all(self) -> Iterable[ApiKey]:
        """Return every key, by number."""
        ...

    def revoke(self, key_id: int, now: datetime) -> None:
        """Let a key open nothing from now on."""
        ...


class Answered(NamedTuple):
    """A request that was answered: who sent it under which key, its digest, and what it made."""

    actor: str
    key: str
    digest: str
    made: str
    created_at: datetime


class IdempotencyRepository(Protocol):
    """Requests that may come twice and are to have one effect."""

    def find(self, actor: str, key: str) -> Answered | None:
        """Return how a sender's request under this key was answered."""
        ...

    def add(self, answered: Answered) -> None:
        """Note an answer, within the transaction that makes what it tells of."""
        ...

    def forget(self, before: datetime) -> int:
        """Drop notes older than a moment; return how many."""
        ...
