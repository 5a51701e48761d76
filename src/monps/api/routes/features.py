"""What is known of teams and their meeting."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from monps.api.answers import json_response, problems
from monps.api.dependencies import NotesDep, QueryMoment, ServiceDep, needs
from monps.domain.features import Friction, MatchFeatures, TeamDNA
from monps.services.features import team_dna
from monps.services.friction import team_friction
from monps.services.match_features import features_of_match

router = APIRouter(prefix="/features", tags=["features"], dependencies=[Depends(needs("read"))])

Code = Annotated[str, Query(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
Name = Annotated[str, Query(min_length=1, max_length=120)]


@router.get("/teams/{team}", response_model=TeamDNA, responses=problems(404))
def team(
    service: ServiceDep,
    notes: NotesDep,
    team: Annotated[str, Path(min_length=1, max_length=120)],
    *,
    competition: Code,
    as_of: QueryMoment = None,
) -> Response:
    """Show a team's profile as known at a moment: each dimension with n, standard error, source and age."""
    application = service.application
    now = application.clock.now()
    seen = _moment(notes.utc("as_of", as_of), now)
    return json_response(team_dna(application.open_work, competition, team, as_of=seen, now=now), notes=notes)


@router.get("/matches/{match_id}", response_model=MatchFeatures, responses=problems(404))
def match(
    service: ServiceDep,
    notes: NotesDep,
    match_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
    *,
    as_of: QueryMoment = None,
) -> Response:
    """Show both sides before their match, how they differ, and their friction."""
    application = service.application
    now = application.clock.now()
    seen = notes.utc("as_of", as_of)
    found = features_of_match(application.open_work, match_id, as_of=seen, now=now)
    return json_response(found, notes=notes)


@router.get("/friction", response_model=Friction, responses=problems(404))
def friction(
    service: ServiceDep,
    notes: NotesDep,
    *,
    competition: Code,
    home: Name,
    away: Name,
    as_of: QueryMoment = None,
) -> Response:
    """Explain what two teams do to each other's match, per target, with its measured effect out of sample."""
    application = service.application
    now = application.clock.now()
    seen = _moment(notes.utc("as_of", as_of), now)
    found = team_friction(application.open_work, competition, home, away, as_of=seen, now=now)
    return json_response(found, notes=notes)


def _moment(as_of: datetime | None, now: datetime) -> datetime:
    """Return from when one looks: nobody can look from later than now."""
    return now if as_of is None else min(as_of, now)
