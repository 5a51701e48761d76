"""The chain of events in its table; ``monps.ports.audit`` says what each method means."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from monps.domain.audit import (
    AuditEntry,
    AuditEvent,
    ChainVerdict,
    Head,
    Link,
    event_of,
    link_after,
    verify_chain,
)
from monps.domain.moments import to_micros
from monps.errors import StorageError
from monps.ports.audit import ALL_EVENTS, AuditFilter
from monps.storage.orm import audit_events, audit_head

_BATCH = 1000
_COLUMNS = tuple(audit_events.c[name] for name in Link._fields)


class SqlAuditRepository:
    """Events that can be added and read, and not changed.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: AuditEntry) -> AuditEvent:
        """Add an event within the caller's transaction: it lasts if what it tells of lasts."""
        [link] = self._append([entry])
        return event_of(link)

    def append_all(self, entries: Sequence[AuditEntry]) -> None:
        """Add several, one after the other."""
        if entries:
            self._append(entries)

    def _append(self, entries: Sequence[AuditEntry]) -> list[Link]:
        head, links = self._head(lock=True), list[Link]()
        for entry in entries:
            links.append(link_after(head, entry))
            head = Head(links[-1].event_id, links[-1].hash)
        self._connection.execute(insert(audit_events), [link._asdict() for link in links])
        self._connection.execute(update(audit_head).values(head._asdict()))
        return links

    def events(self, only: AuditFilter = ALL_EVENTS, *, limit: int = 100) -> Iterator[AuditEvent]:
        """Yield events, newest first."""
        rows = (
            select(*_COLUMNS).where(*_conditions(only)).order_by(audit_events.c.event_id.desc()).limit(limit)
        )
        if only.before_id is not None:
            rows = rows.where(audit_events.c.event_id < only.before_id)
        if only.after_id is not None:
            rows = rows.where(audit_events.c.event_id > only.after_id)
        return map(_readable, self._links(rows))

    def count(self, only: AuditFilter = ALL_EVENTS) -> int:
        """Return how many events pass the filter, the two numbers aside."""
        rows = select(func.count()).select_from(audit_events).where(*_conditions(only))
        return self._connection.scalar(rows) or 0

    def find(self, event_id: int) -> AuditEvent | None:
        """Return one event."""
        rows = select(*_COLUMNS).where(audit_events.c.event_id == event_id)
        return next(map(_readable, self._links(rows)), None)

    def verify(self) -> ChainVerdict:
        """Recompute the whole chain."""
        rows = select(*_COLUMNS).order_by(audit_events.c.event_id)
        return verify_chain(self._links(rows), self._head())

    def _head(self, *, lock: bool = False) -> Head:
        row = select(audit_head.c.event_id, audit_head.c.hash)
        found = self._connection.execute(row.with_for_update() if lock else row).one_or_none()
        return Head(*found) if found else Head()

    def _links(self, rows: Select[Any]) -> Iterator[Link]:
        found = self._connection.execute(rows)
        while batch := found.fetchmany(_BATCH):
            yield from (Link(*row) for row in batch)


def _readable(link: Link) -> AuditEvent:
    try:
        return event_of(link)
    except (ValueError, OverflowError) as error:
        raise StorageError(f"event {link.event_id} is damaged; `monps audit verify` looks further") from error


def _conditions(only: AuditFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("event_type", "severity", "entity_type", "entity_id"):
        if (wanted := getattr(only, name)) is not None:
            yield audit_events.c[name] == wanted
    if only.since is not None:
        yield audit_events.c.occurred_at >= to_micros(only.since)
    if only.until is not None:
        yield audit_events.c.occurred_at <= to_micros(only.until)
