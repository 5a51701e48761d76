"""What changed, as a chain of events."""

from sqlalchemy import DDL, Column, Index, Table, Text, event

from monps.storage.orm.base import Moment, Small, metadata

audit_events = Table(
    "audit_events",
    metadata,
    Column("event_id", Moment, primary_key=True, autoincrement=False),
    Column("occurred_at", Moment, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("entity_type", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "entity_type", "entity_id"),
    Index(None, "event_type"),
    Index(None, "occurred_at"),
    sqlite_strict=True,
)
"""Events, word for word as they were hashed; ``details`` is the JSON of what has no column."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Small, primary_key=True, autoincrement=False),
    Column("event_id", Moment, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)
"""One row: where the chain ends. Who appends locks it, and a chain cut short no longer agrees with it."""

for action in ("UPDATE", "DELETE"):
    event.listen(
        audit_events,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER audit_events_no_{action.lower()} BEFORE {action} ON audit_events "
            "BEGIN SELECT RAISE(ABORT, 'audit events are never altered'); END"
        ).execute_if(dialect="sqlite"),
    )
