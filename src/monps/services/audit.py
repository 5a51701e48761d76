"""Read the record of what changed, and check that nobody touched it."""

from monps.domain.audit import AuditEvent, ChainVerdict, FieldChange, changes
from monps.domain.base import Noun
from monps.errors import EventNotFoundError
from monps.ports.audit import ALL_EVENTS, AuditFilter
from monps.ports.unit_of_work import UnitOfWorkFactory


class EventPage(Noun):
    """Some events, newest first, of how many, and from where the next page goes on."""

    events: tuple[AuditEvent, ...]
    total: int
    next: int | None = None


class ExplainedEvent(AuditEvent):
    """An event with every field that differs."""

    changes: tuple[FieldChange, ...]


def list_events(
    open_work: UnitOfWorkFactory, only: AuditFilter = ALL_EVENTS, *, limit: int = 100
) -> EventPage:
    """Return events, newest first.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are read.
    only : AuditFilter
        Which ones; ``next`` of a page is ``before_id`` of the next.
    limit : int
        At most so many.
    """
    with open_work() as work:
        found = tuple(work.audit.events(only, limit=limit + 1))
        total = work.audit.count(only)
    page = found[:limit]
    return EventPage(events=page, total=total, next=page[-1].event_id if len(found) > limit else None)


def show_event(open_work: UnitOfWorkFactory, event_id: int) -> ExplainedEvent:
    """Return one event, with what changed field by field.

    Raises
    ------
    EventNotFoundError
        If there is no such event.
    """
    with open_work() as work:
        found = work.audit.find(event_id)
    if found is None:
        raise EventNotFoundError(
            f"there is no event {event_id}; `monps audit list` shows those that there are"
        )
    return ExplainedEvent(**found.model_dump(), changes=changes(found.before, found.after))


def verify_events(open_work: UnitOfWorkFactory) -> ChainVerdict:
    """Recompute the chain, and name the first event that is not as it was written."""
    with open_work() as work:
        return work.audit.verify()
