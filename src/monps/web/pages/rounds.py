"""What is to be played, and what we think of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monps.domain.market import MarketKey
from monps.domain.risk import Value
from monps.services.predict_round import predict_round
from monps.services.price_check import CheckedPrice
from monps.services.queries import list_competitions
from monps.services.rounds import ForecastGlance, ListedMatch, list_glances, list_round
from monps.web.desk import Actor, Ask, Desk, Filling, Remembered, Writing, asking
from monps.web.insight import best_bets
from monps.web.naming import market_name, selection_name
from monps.web.pictures.outcomes import OutcomeBar, outcome_bar
from monps.web.rendering import page
from monps.web.security import CheckedForm
from monps.web.writing import Writer

router = APIRouter()


class RoundRow(NamedTuple):
    """A match on the list, with its forecast where there is one."""

    match: ListedMatch
    glance: ForecastGlance | None
    picture: OutcomeBar | None
    best: str


@router.get("/")
def show_rounds(
    request: Request,
    desk: Desk,
    memory: Remembered,
    *,
    writer: Writing,
    filling: Filling,
    competition: str | None = None,
) -> HTMLResponse:
    """Show the matches to come by day and competition."""
    listed = list_round(desk.open_work, [competition] if competition else [], now=desk.clock.now())
    glances = list_glances(desk.open_work, listed, now=desk.clock.now())
    bets = best_bets(desk, memory, glances)
    rows = [_row(match, glances.get(match.match_id), bets.get(match.match_id), writer) for match in listed]
    missing = sum(row.glance is None and row.match.score is None for row in rows)
    return page(
        request,
        "rounds.html",
        competition=competition,
        competitions=list_competitions(desk.open_work),
        days=list(_by_day(rows)),
        played=bool(rows) and rows[0].match.score is not None,
        missing=missing,
        filling=filling and bool(missing),
    )


def _row(
    match: ListedMatch, glance: ForecastGlance | None, best: CheckedPrice | None, writer: Writer
) -> RoundRow:
    if glance is None:
        return RoundRow(match, None, None, "")
    short = glance.summary
    picture = outcome_bar(short.home_win, short.draw, short.away_win)
    return RoundRow(match, glance, picture, _told(match, best.value, writer) if best else "")


def _told(match: ListedMatch, best: Value, writer: Writer) -> str:
    """Write the best offer: ``+4.2% over, total goals 2.5 @ 2.10``."""
    backed = selection_name(best.selection, writer, match.home, match.away)
    if best.family != "match_result":
        backed = f"{backed}, {market_name(MarketKey(best.family, best.line, best.period), writer)}"
    return f"{writer.signed_percent(best.expected_value)} {backed} @ {writer.odds(best.odds)}"


def _by_day(rows: Sequence[RoundRow]) -> Iterator[tuple[date, list[tuple[str, list[RoundRow]]]]]:
    for day, of_day in groupby(rows, key=lambda row: row.match.kickoff.date()):
        ordered = sorted(of_day, key=lambda row: row.match.competition)
        grouped = groupby(ordered, key=lambda row: row.match.competition_name)
        yield day, [(name, list(chosen)) for name, chosen in grouped]


@router.post("/forecasts")
def forecast_round(request: Request, form: CheckedForm, desk: Desk, *, ask: Ask, actor: Actor) -> Response:
    """Ask the brain about every match on the list, and say of which it will not speak."""
    competition = form.get("competition", "")
    listed = list_round(desk.open_work, [competition] if competition else [], now=desk.clock.now())
    outcome = predict_round(desk.open_work, listed, asking(desk, ask, actor))
    if outcome.refused:
        return page(request, "refused.html", outcome=outcome, competition=competition)
    return RedirectResponse(f"/?competition={competition}" if competition else "/", 303)
