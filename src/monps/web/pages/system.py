"""What is fresh, what is fitted, and whether the record is whole."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.services.audit import list_events, verify_events
from monps.services.brain_health import check_brain
from monps.services.doctor import diagnose
from monps.web.desk import Desk, Remembered
from monps.web.rendering import page

router = APIRouter()
_EVENTS = 15
_JOBS = 8


@router.get("/system")
def show_system(request: Request, desk: Desk, memory: Remembered) -> HTMLResponse:
    """Show the state of everything; the audit chain is recomputed each time."""
    now = desk.clock.now()
    diagnosis = diagnose(desk.machine(), desk.database, desk.open_work, now=now, freshness=desk.freshness)
    with desk.open_work() as work:
        jobs = tuple(work.jobs.all(limit=_JOBS))
        files, version = work.matches.files(), work.matches.data_version(())
        read = max((file.read_at for file in files), default=None)
        sources = memory.answers.get(("sources", version, read), work.details.standings)
    return page(
        request,
        "system.html",
        diagnosis=diagnosis,
        chain=verify_events(desk.open_work),
        events=list_events(desk.open_work, limit=_EVENTS).events,
        sources=sources,
        jobs=jobs,
        running=any(not job.is_finished for job in jobs),
        health=check_brain(desk.open_work, desk.consultant.keeper, now=now, freshness=desk.freshness),
    )
