"""How good the forecasts were, beside the market; and what came of the bets."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.services.jobs import list_backtests, show_backtest
from monps.web.desk import Desk, Remembered, Writing
from monps.web.pages.backtests import result_parts
from monps.web.pages.ledger import book_parts
from monps.web.rendering import page

router = APIRouter()
_LISTED = 100


@router.get("/performance")
def show_performance(
    request: Request, desk: Desk, memory: Remembered, *, writer: Writing, job: int | None = None
) -> HTMLResponse:
    """Show one finished backtest, by default the newest, and the ledger."""
    done = list_backtests(desk.open_work, "done", limit=_LISTED).backtests
    shown = show_backtest(desk.open_work, job) if job is not None else next(iter(done), None)
    found = shown.result if shown else None
    return page(
        request,
        "performance.html",
        job=shown if found else None,
        jobs=done,
        **result_parts(found, writer),
        **book_parts(desk, memory, writer),
    )
