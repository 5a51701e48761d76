"""One transaction: everything in it happens, or nothing does."""

from types import TracebackType
from typing import Protocol, Self

from monps.ports.audit import AuditRepository
from monps.ports.calendar import CalendarRepository
from monps.ports.details import DetailRepository
from monps.ports.identity import IdentityRepository
from monps.ports.ledger import LedgerRepository, TrialRepository
from monps.ports.predictions import PredictionRepository
from monps.ports.repositories import FitRepository, MatchRepository
from monps.ports.service import IdempotencyRepository, JobRepository, KeyRepository


class UnitOfWork(Protocol):
    """A context in which repositories share one transaction; leaving without ``commit`` undoes it."""

    @property
    def matches(self) -> MatchRepository:
        """Matches and their quotes; to be used between entering and leaving."""
        ...

    @property
    def fits(self) -> FitRepository:
        """Fitted models; to be used between entering and leaving."""
        ...

    @property
    def audit(self) -> AuditRepository:
        """What changed; to be used between entering and leaving."""
        ...

    @property
    def jobs(self) -> JobRepository:
        """Backtests on their way; to be used between entering and leaving."""
        ...

    @property
    def keys(self) -> KeyRepository:
        """Keys of the service; to be used between entering and leaving."""
        ...

    @property
    def answered(self) -> IdempotencyRepository:
        """Requests that were answered already; to be used between entering and leaving."""
        ...

    @property
    def ledger(self) -> LedgerRepository:
        """Bankrolls and bets; to be used between entering and leaving."""
        ...

    @property
    def trials(self) -> TrialRepository:
        """Rules that were tried; to be used between entering and leaving."""
        ...

    @property
    def calendar(self) -> CalendarRepository:
        """Single matches and days; to be used between entering and leaving."""
        ...

    @property
    def predictions(self) -> PredictionRepository:
        """What was predicted; to be used between entering and leaving."""
        ...

    @property
    def details(self) -> DetailRepository:
        """Statistics, shots and appearances; to be used between entering and leaving."""
        ...

    @property
    def identity(self) -> IdentityRepository:
        """Whom the names of sources mean; to be used between entering and leaving."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and release the connection."""
        ...

    def commit(self) -> None:
        """Make it last."""
        ...


class UnitOfWorkFactory(Protocol):
    """Opens units of work."""

    def __call__(self, *, write: bool = False) -> UnitOfWork:
        """Return a unit of work; ``write=True`` takes the write lock at once."""
        ...
