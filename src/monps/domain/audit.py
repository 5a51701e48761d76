"""What changed, when, by whom, from what to what: events that are added to and never altered unseen.

Each event carries the hash of the one before it, and a hash of itself together with that. Whoever alters,
removes or reorders one breaks the chain at that place, and ``verify_chain`` says where.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, JsonValue, StringConstraints

from monps.domain.base import Moment, Noun
from monps.domain.moments import from_micros, to_micros

Severity = Literal["info", "warning", "error"]
EventType = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
"""What it happened to, and what happened: ``prediction.created``, ``bet.settled``."""
EntityType = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
OneLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$", max_length=300)]

Facts = dict[str, JsonValue]
"""A record as plain JSON: ``noun.model_dump(mode="json")``."""

GENESIS = "0" * 64
"""What the first event names as the hash before it."""


class AuditEntry(Noun):
    """A change of state, as the service that makes it reports it.

    ``before`` is None for what came into being, ``after`` for what is gone. ``actor`` is who asked:
    a key's name over HTTP, ``cli`` on the command line, ``system`` for what nobody asked for.
    """

    occurred_at: Moment
    event_type: EventType
    entity_type: EntityType
    entity_id: OneLine
    before: Facts | None = None
    after: Facts | None = None
    severity: Severity = "info"
    actor: OneLine = "system"
    request_id: OneLine | None = None


class AuditEvent(AuditEntry):
    """An entry with its place in the chain; ``event_id`` counts from 1 without gaps."""

    event_id: int = Field(ge=1)
    previous_hash: str
    hash: str


class Link(NamedTuple):
    """An event word for word as it is stored and hashed; ``occurred_at`` in microseconds since 1970.

    ``details`` is the JSON of everything that has no column of its own.
    """

    event_id: int
    occurred_at: int
    event_type: str
    severity: str
    entity_type: str
    entity_id: str
    details: str
    previous_hash: str
    hash: str

    def computed_hash(self) -> str:
        """Return the SHA-256, in hexadecimal, that the event should have: of itself and the one before.

        No field before ``details`` may hold a line break, so that no two events are written alike.
        """
        return hashlib.sha256("\n".join(map(str, (self.previous_hash, *self[:-2]))).encode()).hexdigest()


class Head(NamedTuple):
    """Where a chain ends: the number of events, and the hash of the last."""

    event_id: int = 0
    hash: str = GENESIS


class ChainVerdict(Noun):
    """Whether a chain is whole; ``first_broken`` is the first event that is not as it was written."""

    intact: bool
    events: int = Field(ge=0)
    last_hash: str
    first_broken: int | None = None
    reason: str | None = None

    @classmethod
    def broken(cls, end: Head, first_broken: int, reason: str) -> Self:
        """Return the verdict on a chain that is whole up to ``end``."""
        where = {"first_broken": first_broken, "reason": reason}
        return cls(intact=False, events=end.event_id, last_hash=end.hash, **where)


class FieldChange(Noun):
    """One field that differs, by its JSON pointer; None where a side does not have it."""

    pointer: str
    before: JsonValue
    after: JsonValue


def link_after(head: Head, entry: AuditEntry) -> Link:
    """Return the link by which an entry is added to a chain that ends at ``head``.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> entry = AuditEntry(
    ...     occurred_at=datetime(2026, 3, 1, tzinfo=UTC), event_type="key.created",
    ...     entity_type="key", entity_id="1", after={"name": "desk"},
    ... )
    >>> first = link_after(Head(), entry)
    >>> first.event_id, first.previous_hash == GENESIS, first.hash == first.computed_hash()
    (1, True, True)
    """
    details = entry.model_dump(mode="json", include={"actor", "after", "before", "request_id"})
    link = Link(
        event_id=head.event_id + 1,
        occurred_at=to_micros(entry.occurred_at),
        event_type=entry.event_type,
        severity=entry.severity,
        entity_type=entry.entity_type,
        entity_id=entry.entity_id,
        details=canonical(details),
        previous_hash=head.hash,
        hash="",
    )
    return link._replace(hash=link.computed_hash())


def event_of(link: Link) -> AuditEvent:
    """Read an event back from its link.

    Raises
    ------
    ValueError
        If it was damaged so that it can no longer be read; ``verify_chain`` says which event it is.
    """
    searched = link._asdict() | {"occurred_at": from_micros(link.occurred_at)}
    return AuditEvent.model_validate(json.loads(searched.pop("details")) | searched)


def canonical(value: Any) -> str:
    """Write JSON in the one way that equal values have: sorted keys, no blanks, shortest numbers.

    Examples
    --------
    >>> canonical({"b": 0.1, "a": [None, "é"]})
    '{"a":[null,"é"],"b":0.1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def verify_chain(links: Iterable[Link], head: Head) -> ChainVerdict:
    """Walk along a chain and stop at the first event that is not as it was written.

    Parameters
    ----------
    links : iterable of Link
        All of them, by number.
    head : Head
        Where the chain should end, as it was noted apart from the events.
    """
    end = Head()
    for link in links:
        if reason := _fault(end, link):
            return ChainVerdict.broken(end, end.event_id + 1, reason)
        end = Head(link.event_id, link.hash)
    if end != head:
        return ChainVerdict.broken(end, *_wrong_end(end, head))
    return ChainVerdict(intact=True, events=end.event_id, last_hash=end.hash)


def _fault(end: Head, link: Link) -> str | None:
    expected = end.event_id + 1
    if link.event_id != expected:
        return f"event {expected} is missing; {link.event_id} stands in its place"
    if link.previous_hash != end.hash:
        return f"event {expected} does not follow the one before it: one of the two was altered or moved"
    if link.hash != link.computed_hash():
        return f"event {expected} was altered"
    return None


def _wrong_end(end: Head, head: Head) -> tuple[int, str]:
    if end.event_id < head.event_id:
        return end.event_id + 1, f"the chain ended at event {head.event_id}; the last ones were removed"
    if end.event_id > head.event_id:
        return (
            head.event_id + 1,
            f"the chain was noted to end at event {head.event_id}; more were added apart",
        )
    return end.event_id, f"event {end.event_id} is not the one with which the chain was noted to end"


def changes(before: Facts | None, after: Facts | None) -> tuple[FieldChange, ...]:
    """Return every field that differs.

    Examples
    --------
    >>> changes({"odds": 2.0, "note": {"by": "a"}}, {"odds": 2.1, "note": {"by": "a"}})
    (FieldChange(pointer='/odds', before=2.0, after=2.1),)
    """
    return tuple(_changes("", before or {}, after or {}))


def _changes(pointer: str, before: JsonValue, after: JsonValue) -> Iterator[FieldChange]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            escaped = name.replace("~", "~0").replace("/", "~1")
            yield from _changes(f"{pointer}/{escaped}", before.get(name), after.get(name))
    elif before != after:
        yield FieldChange(pointer=pointer, before=before, after=after)
