"""One match on one page."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.services.rounds import find_match
from monps.web.desk import Desk
from monps.web.rendering import page

router = APIRouter()


@router.get("/match/{match_id}")
def show_match(request: Request, desk: Desk, match_id: int) -> HTMLResponse:
    """Show what is known of a match."""
    match = find_match(desk.open_work, match_id, now=desk.clock.now())
    return page(request, "match.html", match=match, forecast=None)
