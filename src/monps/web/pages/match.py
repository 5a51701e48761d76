"""One match on one page: what is thought of it, what it is worth, what was changed."""

from decimal import Decimal
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from monps.bootstrap import Application
from monps.domain.ledger import BetSlip
from monps.domain.market import Selection
from monps.domain.predictions import EnsemblePrediction
from monps.services.bankrolls import DEFAULT_BANKROLL, list_bankrolls, sentence
from monps.services.match_sheet import MatchSheet, read_match_sheet
from monps.services.place import place_bets
from monps.services.predict_round import predict_listed
from monps.services.price_check import Staking, check_prices
from monps.web.desk import Actor, Ask, Desk, Filling, Memory, Remembered, Writing, asking
from monps.web.insight import USUAL_BANKROLL, scorer_parts, style_parts
from monps.web.naming import selection_name
from monps.web.pages.ledger import money
from monps.web.refusals import Refusal
from monps.web.rendering import page
from monps.web.security import CheckedForm
from monps.web.sheets import csv_response
from monps.web.views import match_sheet as view
from monps.web.views.price_list import FIELD, Prices, price_groups, read_odds, selection_of
from monps.web.writing import Writer

router = APIRouter(prefix="/match/{match_id}")
_CSV = ("family", "line", "period", "selection", "probability", "fair_odds")


@router.get("")
def show_match(
    request: Request, desk: Desk, memory: Remembered, *, writer: Writing, filling: Filling, match_id: int
) -> HTMLResponse:
    """Show what is known of a match."""
    sheet = read_match_sheet(desk.open_work, match_id, now=desk.clock.now())
    parts = _parts(request, desk, memory, sheet) if sheet.latest else {"forecast": None}
    return page(request, "match.html", match=sheet.match, filling=filling, **_words(sheet, writer), **parts)


@router.get("/markets")
def show_markets(request: Request, desk: Desk, writer: Writing, match_id: int) -> HTMLResponse:
    """Show every price of a match."""
    sheet = read_match_sheet(desk.open_work, match_id, now=desk.clock.now())
    forecast = _require(sheet)
    prices, bankroll = _prices(request, desk, forecast)
    return page(
        request,
        "markets.html",
        match=sheet.match,
        forecast=forecast,
        prices=price_groups(forecast.markets, prices),
        typed=prices.typed,
        bankroll=bankroll,
        bets_allowed=_has_books(desk) and sheet.match.score is None,
        **_words(sheet, writer),
    )


@router.get("/markets.csv")
def download_markets(desk: Desk, match_id: int) -> Response:
    """Hand out every price of a match."""
    forecast = _require(read_match_sheet(desk.open_work, match_id, now=desk.clock.now()))
    rows = (tuple(getattr(price, name) for name in _CSV) for price in forecast.markets)
    return csv_response(f"monps-match-{match_id}.csv", _CSV, rows)


@router.post("/forecast")
def forecast_match(
    form: CheckedForm,  # noqa: ARG001 - it is checked
    desk: Desk,
    ask: Ask,
    actor: Actor,
    *,
    match_id: int,
) -> RedirectResponse:
    """Ask the brain about a match, and keep what it says."""
    sheet = read_match_sheet(desk.open_work, match_id, now=desk.clock.now())
    predict_listed(desk.open_work, sheet.match, asking(desk, ask, actor))
    return RedirectResponse(f"/match/{match_id}", 303)


@router.post("/bets")
def record_bet(form: CheckedForm, desk: Desk, actor: Actor, match_id: int) -> RedirectResponse:
    """Note a bet in the books."""
    backed = selection_of(form.get("selection", ""))
    given = {name: form.get(name) for name in ("odds", "stake", "bookmaker", "probability")}
    key = backed.market._asdict()
    try:
        slip = BetSlip.model_validate({**given, **key, "match_id": match_id, "selection": backed.name})
    except ValidationError as error:
        raise Refusal(422, sentence(error)) from error
    [bet] = place_bets(desk.open_work, DEFAULT_BANKROLL, [slip], now=desk.clock.now(), actor=actor)
    return RedirectResponse(f"/ledger?recorded={bet.bet_id}", 303)


def _words(sheet: MatchSheet, writer: Writer) -> dict[str, Any]:
    return {"selection_name": partial(_named, writer=writer, home=sheet.match.home, away=sheet.match.away)}


def _named(name: str, *, writer: Writer, home: str, away: str) -> str:
    return selection_name(name, writer, home, away)


def _parts(request: Request, desk: Application, memory: Memory, sheet: MatchSheet) -> dict[str, Any]:
    forecast = _require(sheet)
    prices, bankroll = _prices(request, desk, forecast)
    ticked = {side: request.query_params.getlist(side) for side in ("home", "away")}
    return {
        "forecast": forecast,
        "previous": sheet.previous,
        "changes": view.changes(sheet.previous, forecast) if sheet.previous else (),
        "typed": prices.typed,
        "bankroll": bankroll,
        "bets_allowed": _has_books(desk) and sheet.match.score is None,
        **scorer_parts(desk, memory, forecast, ticked),
        **view.forecast_parts(forecast, prices),
        **style_parts(desk, memory, forecast),
    }


def _prices(request: Request, desk: Application, forecast: EnsemblePrediction) -> tuple[Prices, Decimal]:
    """Return what is offered and typed, and of which bankroll stakes are shares."""
    typed = {name: text for name, text in request.query_params.items() if name.startswith(FIELD)}
    bankroll = _bankroll(request, desk)
    staking = Staking(bankroll, limits=desk.limits)
    checked = check_prices(desk.open_work, forecast, dict(_read(typed)), staking, now=desk.clock.now())
    return Prices(checked.offered, typed, checked.typed), bankroll


def _read(typed: dict[str, str]) -> list[tuple[Selection, float]]:
    pairs = ((selection_of(name), read_odds(text)) for name, text in typed.items() if text.strip())
    return [(backed, odds) for backed, odds in pairs if odds is not None]


def _bankroll(request: Request, desk: Application) -> Decimal:
    """Return the bankroll that was typed, else that of the books, else a round sum."""
    given = request.query_params.get("bankroll", "").strip()
    if given:
        return money(given)
    books = {each.name: each for each in list_bankrolls(desk.open_work)}
    return books[DEFAULT_BANKROLL].balance if DEFAULT_BANKROLL in books else USUAL_BANKROLL


def _has_books(desk: Application) -> bool:
    return any(each.name == DEFAULT_BANKROLL for each in list_bankrolls(desk.open_work))


def _require(sheet: MatchSheet) -> EnsemblePrediction:
    if sheet.latest is None:
        raise Refusal(404, "This match has not been forecast yet.")
    return sheet.latest
