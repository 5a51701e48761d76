"""Backtests, as jobs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from monps.api.answers import PREFIX, json_response, problems
from monps.api.dependencies import CallerDep, ServiceDep, body_of, needs
from monps.domain.backtest import BacktestJob, BacktestRequest, JobState
from monps.services.jobs import JobPage, cancel_backtest, list_backtests, show_backtest, start_backtest

router = APIRouter(prefix="/backtest", tags=["backtest"])

MOST = 2**31 - 1
JobId = Annotated[int, Path(ge=1, le=MOST)]
READ, WRITE = [Depends(needs("read"))], [Depends(needs("predict"))]


@router.post(
    "",
    status_code=202,
    response_model=BacktestJob,
    responses=problems(404, 413, 415),
    dependencies=WRITE,
)
def start(
    service: ServiceDep,
    caller: CallerDep,
    request: Annotated[BacktestRequest, Depends(body_of(BacktestRequest))],
) -> Response:
    """Put a walk-forward backtest into the queue; ``Location`` says where to look after it."""
    application = service.application
    job = start_backtest(application.open_work, request, now=application.clock.now(), actor=caller.name)
    where = {"location": f"{PREFIX}/backtest/{job.job_id}"}
    return json_response(job, status=202, headers=where)


@router.get("", response_model=JobPage, dependencies=READ)
def list_(
    service: ServiceDep,
    state: JobState | None = None,
    before_id: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """List jobs, newest first; ``next`` is ``before_id`` of the next page."""
    page = list_backtests(service.application.open_work, state, before_id=before_id, limit=limit)
    return json_response(page)


@router.get("/{job_id}", response_model=BacktestJob, responses=problems(404), dependencies=READ)
def show(service: ServiceDep, job_id: JobId) -> Response:
    """Show one job: its progress, and its result once there is one."""
    return json_response(show_backtest(service.application.open_work, job_id))


@router.post("/{job_id}/cancel", response_model=BacktestJob, responses=problems(404, 409), dependencies=WRITE)
def cancel(service: ServiceDep, caller: CallerDep, job_id: JobId) -> Response:
    """Cancel a job: at once while it waits, else as soon as its process is ended."""
    application = service.application
    job = cancel_backtest(application.open_work, job_id, now=application.clock.now(), actor=caller.name)
    return json_response(job)
