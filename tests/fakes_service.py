"""What the service keeps, in lists and dictionaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monps.domain.backtest import BacktestJob, BacktestRequest, JobState
from monps.domain.keys import ApiKey, Scope
from monps.errors import ConflictError
from monps.ports.service import Answered, IdempotencyRepository, JobRepository, KeyRepository


@dataclass
class FakeJobRepository(JobRepository):
    """Jobs by number."""

    kept: dict[int, BacktestJob] = field(default_factory=dict)

    def add(self, request: BacktestRequest, actor: str, now: datetime) -> BacktestJob:
        """Put a job into the queue."""
        job = BacktestJob(job_id=len(self.kept) + 1, request=request, actor=actor, created_at=now)
        self.kept[job.job_id] = job
        return job

    def find(self, job_id: int) -> BacktestJob | None:
        """Return one job."""
        return self.kept.get(job_id)

    def replace(self, job: BacktestJob) -> None:
        """Keep a job as it is now."""
        self.kept[job.job_id] = job

    def oldest(self, state: JobState) -> BacktestJob | None:
        """Return the first job in this state."""
        return next((job for job in self.kept.values() if job.state == state), None)

    def all(
        self, state: JobState | None = None, *, before_id: int | None = None, limit: int = 100
    ) -> Sequence[BacktestJob]:
        """Return jobs, newest first."""
        found = [job for job in reversed(self.kept.values()) if state in {None, job.state}]
        return [job for job in found if before_id is None or job.job_id < before_id][:limit]

    def count(self, state: JobState | None = None) -> int:
        """Return how many there are."""
        return sum(state in {None, job.state} for job in self.kept.values())


@dataclass
class FakeKeyRepository(KeyRepository):
    """Keys by digest."""

    kept: dict[str, ApiKey] = field(default_factory=dict)

    def add(self, name: str, scopes: Sequence[Scope], digest: str, now: datetime) -> ApiKey:
        """Keep a new key."""
        if self.named(name):
            raise ConflictError(f"there is an active key {name!r}")
        key = ApiKey(key_id=len(self.kept) + 1, name=name, scopes=tuple(scopes), created_at=now)
        self.kept[digest] = key
        return key

    def find(self, digest: str) -> ApiKey | None:
        """Return the key with this digest."""
        return self.kept.get(digest)

    def named(self, name: str) -> ApiKey | None:
        """Return the active key of this name."""
        return next((key for key in self.kept.values() if key.name == name and key.is_active), None)

    def all(self) -> Iterable[ApiKey]:
        """Return every key."""
        return self.kept.values()

    def revoke(self, key_id: int, now: datetime) -> None:
        """Let a key open nothing from now on."""
        for digest, key in self.kept.items():
            if key.key_id == key_id:
                self.kept[digest] = key.model_copy(update={"revoked_at": now})


@dataclass
class FakeIdempotencyRepository(IdempotencyRepository):
    """Answers by sender and key."""

    kept: dict[tuple[str, str], Answered] = field(default_factory=dict)

    def find(self, actor: str, key: str) -> Answered | None:
        """Return how a request was answered."""
        return self.kept.get((actor, key))

    def add(self, answered: Answered) -> None:
        """Note an answer."""
        self.kept[answered.actor, answered.key] = answered

    def forget(self, before: datetime) -> int:
        """Drop old notes."""
        old = [key for key, note in self.kept.items() if note.created_at < before]
        for key in old:
            del self.kept[key]
        return len(old)
