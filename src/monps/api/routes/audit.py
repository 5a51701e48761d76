"""What changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from monps.api.answers import json_response, problems
from monps.api.dependencies import NotesDep, QueryMoment, ServiceDep, needs
from monps.domain.audit import ChainVerdict, Severity
from monps.ports.audit import AuditFilter
from monps.services.audit import EventPage, ExplainedEvent, list_events, show_event, verify_events

router = APIRouter(prefix="/audit", tags=["audit"], dependencies=[Depends(needs("read"))])

MOST_BIG = 2**63 - 1
EventId = Annotated[int, Path(ge=1, le=MOST_BIG)]
Text = Annotated[str | None, Query(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]


@router.get("", response_model=EventPage)
def list_audit(  # noqa: PLR0913 - query parameters, by name
    service: ServiceDep,
    notes: NotesDep,
    *,
    event_type: Text = None,
    severity: Severity | None = None,
    entity_type: Text = None,
    entity_id: Text = None,
    date_from: QueryMoment = None,
    date_to: QueryMoment = None,
    before_id: Annotated[int | None, Query(ge=1, le=MOST_BIG)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """List events, newest first; ``next`` is ``before_id`` of the next page."""
    since, until = notes.utc("date_from", date_from), notes.utc("date_to", date_to)
    only = AuditFilter(event_type, severity, entity_type, entity_id, since, until, before_id)
    return json_response(list_events(service.application.open_work, only, limit=limit), notes=notes)


@router.get("/verify", response_model=ChainVerdict)
def verify_audit(service: ServiceDep) -> Response:
    """Recompute the chain of hashes; names the first event that was altered, removed or moved."""
    return json_response(verify_events(service.application.open_work))


@router.get("/{event_id}", response_model=ExplainedEvent, responses=problems(404))
def show_audit(service: ServiceDep, event_id: EventId) -> Response:
    """Show one event, with what changed field by field."""
    return json_response(show_event(service.application.open_work, event_id))
