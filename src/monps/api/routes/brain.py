"""The brain's true state."""

from typing import Any

from fastapi import APIRouter, Depends, Response

from monps.api.answers import json_response
from monps.api.dependencies import ServiceDep, needs
from monps.domain.health import BrainHealth
from monps.services.brain_health import check_brain

router = APIRouter(prefix="/predictions/brain", tags=["predictions"])

_ILL: dict[int | str, dict[str, Any]] = {
    503: {"model": BrainHealth, "description": "Failing, or never fitted"}
}


@router.get("/health", response_model=BrainHealth, responses=_ILL, dependencies=[Depends(needs("read"))])
def health(service: ServiceDep) -> Response:
    """Say what each agent learned, from what and when, what failed, and when a prediction was last made."""
    application = service.application
    found = check_brain(
        application.open_work,
        application.consultant.keeper,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    return json_response(found, status=503 if found.status in {"failing", "unfitted"} else 200)
