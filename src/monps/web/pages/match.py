"""One match on one page."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.domain.predictions import EnsemblePrediction
from monps.services.match_sheet import MatchSheet, read_match_sheet
from monps.web.desk import Desk, Writing
from monps.web.naming import selection_name
from monps.web.rendering import page
from monps.web.views import match_sheet as view
from monps.web.views.price_list import FIELD, Prices
from monps.web.writing import Writer

router = APIRouter()


@router.get("/match/{match_id}")
def show_match(request: Request, desk: Desk, writer: Writing, match_id: int) -> HTMLResponse:
    """Show what is known of a match."""
    sheet = read_match_sheet(desk.open_work, match_id, now=desk.clock.now())
    parts = _parts(request, sheet, sheet.latest) if sheet.latest else {"forecast": None}
    return page(request, "match.html", match=sheet.match, **_words(sheet, writer), **parts)


def _words(sheet: MatchSheet, writer: Writer) -> dict[str, Any]:
    named = partial(selection_name, writer=writer, home=sheet.match.home, away=sheet.match.away)
    return {"selection_name": named}


def _parts(request: Request, sheet: MatchSheet, forecast: EnsemblePrediction) -> dict[str, Any]:
    typed = {name: text for name, text in request.query_params.items() if name.startswith(FIELD)}
    prices = Prices(typed=typed)
    return {
        "forecast": forecast,
        "previous": sheet.previous,
        "changes": view.changes(sheet.previous, forecast) if sheet.previous else (),
        "typed": typed,
        "bankroll": "1000.00",
        "bets_allowed": False,
        "scorers": None,
        "scorers_missing": "",
        "style_missing": "",
        **view.forecast_parts(forecast, prices),
        **view.style_parts(None),
    }
