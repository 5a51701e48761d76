"""The record of what changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.audit import AuditEntry, AuditEvent, ChainVerdict, Severity


class AuditFilter(NamedTuple):
    """Which events to read; None means all. ``before_id`` pages backwards, ``after_id`` skips the seen."""

    event_type: str | None = None
    severity: Severity | None = None
    entity_type: str | None = None
    entity_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None
    after_id: int | None = None


ALL_EVENTS = AuditFilter()


class AuditRepository(Protocol):
    """Events that can be added and read, and not changed."""

    def append(self, entry: AuditEntry) -> AuditEvent:
        """Add an event within the caller's transaction: it lasts if what it tells of lasts.

        Who appends must have opened the unit of work to write; writers then wait for each other, so that
        the chain cannot fork.
        """
        ...

    def append_all(self, entries: Sequence[AuditEntry]) -> None:
        """Add several, one after the other."""
        ...

    def events(self, only: AuditFilter = ALL_EVENTS, *, limit: int = 100) -> Iterator[AuditEvent]:
        """Yield events, newest first."""
        ...

    def count(self, only: AuditFilter = ALL_EVENTS) -> int:
        """Return how many events pass the filter, the two numbers aside."""
        ...

    def find(self, event_id: int) -> AuditEvent | None:
        """Return one event."""
        ...

    def verify(self) -> ChainVerdict:
        """Recompute the whole chain."""
        ...
