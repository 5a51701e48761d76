"""How the service is: alive, ready, measured."""

from typing import Any

from fastapi import APIRouter, Depends, Response

from monps.api.answers import json_response
from monps.api.dependencies import ServiceDep, needs
from monps.api.readiness import readiness
from monps.api.schemas.state import Alive
from monps.domain.health import Diagnosis
from monps.errors import NotFoundError

router = APIRouter(tags=["state"])

_METRICS = "text/plain; version=0.0.4; charset=utf-8"
_TEXT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/plain": {"schema": {"type": "string"}}},
        "description": "Prometheus' text format",
    },
}
_NOT_READY: dict[int | str, dict[str, Any]] = {503: {"model": Diagnosis, "description": "Not ready, and why"}}


@router.get("/health", response_model=Alive)
async def health() -> Response:
    """Say that the process is alive and answers; no more than that, and no key is needed."""
    raise AssertionError("the gate answers this")


@router.get("/ready", response_model=Diagnosis, responses=_NOT_READY)
def ready(service: ServiceDep) -> Response:
    """Say whether requests can be answered: database, migrations, data, fitted agents, worker."""
    found = readiness(service)
    return json_response(found, status=503 if found.failed else 200)


@router.get("/metrics", response_class=Response, responses=_TEXT, dependencies=[Depends(needs("read"))])
def metrics(service: ServiceDep) -> Response:
    """Write what is measured, for Prometheus."""
    if not service.application.settings.metrics_enabled:
        raise NotFoundError("metrics are switched off: MONPS_METRICS_ENABLED")
    return Response(service.measurements.text(), media_type=_METRICS)
