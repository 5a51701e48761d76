"""One transaction on the database."""

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from monps.errors import StorageError
from monps.storage.audit_repository import SqlAuditRepository
from monps.storage.calendar_repository import SqlCalendarRepository
from monps.storage.details_repository import SqlDetailRepository
from monps.storage.engine import WRITE, explain
from monps.storage.identity_repository import SqlIdentityRepository
from monps.storage.ledger_repository import SqlLedgerRepository, SqlTrialRepository
from monps.storage.predictions_repository import SqlPredictionRepository
from monps.storage.repositories import SqlFitRepository, SqlMatchRepository
from monps.storage.service_repository import SqlIdempotencyRepository, SqlJobRepository, SqlKeyRepository


class SqlUnitOfWork:
    """A context in which repositories share one transaction; leaving without ``commit`` undoes it.

    A database's own errors leave it as ``StorageError``, or as ``DataRefused`` where the data are at fault.

    Parameters
    ----------
    engine : Engine
        From ``engine_for``.
    write : bool
        Take the write lock at once; without it the unit sees one snapshot.
    owner : object, optional
        Whose engine it is, if it closes the connections once nobody has it any more: the unit has it.
    """

    matches: SqlMatchRepository
    fits: SqlFitRepository
    details: SqlDetailRepository
    identity: SqlIdentityRepository
    audit: SqlAuditRepository
    jobs: SqlJobRepository
    keys: SqlKeyRepository
    answered: SqlIdempotencyRepository
    ledger: SqlLedgerRepository
    trials: SqlTrialRepository
    calendar: SqlCalendarRepository
    predictions: SqlPredictionRepository

    def __init__(self, engine: Engine, *, write: bool = False, owner: object = None) -> None:
        self._engine, self._write, self._owner = engine, write, owner
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin.

        Raises
        ------
        StorageError
            If the database cannot be reached, or another writer holds it for too long.
        """
        try:
            self._begin()
        except SQLAlchemyError as error:
            self._close()
            raise explain(self._engine, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and release the connection."""
        try:
            self._close()
        except SQLAlchemyError as lost:  # the connection is gone, and with it what was not committed
            raise explain(self._engine, lost) from (error or lost)
        if isinstance(error, (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error)):
            raise explain(self._engine, error) from error

    def commit(self) -> None:
        """Make it last.

        Raises
        ------
        StorageError
            If the unit was not opened to write, or has been left.
        """
        if self._connection is None or not self._write:
            raise StorageError("this unit of work was not opened to write")
        self._connection.commit()

    def _begin(self) -> None:
        self._connection = self._engine.connect().execution_options(**{WRITE: self._write})
        self._connection.begin()
        self.matches = SqlMatchRepository(self._connection)
        self.fits = SqlFitRepository(self._connection)
        self.audit = SqlAuditRepository(self._connection)
        self.jobs = SqlJobRepository(self._connection)
        self.keys = SqlKeyRepository(self._connection)
        self.answered = SqlIdempotencyRepository(self._connection)
        self.ledger = SqlLedgerRepository(self._connection)
        self.trials = SqlTrialRepository(self._connection)
        self.calendar = SqlCalendarRepository(self._connection)
        self.predictions = SqlPredictionRepository(self._connection)
        self.details = SqlDetailRepository(self._connection)
        self.identity = SqlIdentityRepository(self._connection)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
