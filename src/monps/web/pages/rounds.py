"""What is to be played, and what we think of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.services.queries import list_competitions
from monps.services.rounds import ListedMatch, list_round
from monps.web.desk import Desk
from monps.web.rendering import page

router = APIRouter()


class RoundRow(NamedTuple):
    """A match on the list, with its forecast where there is one."""

    match: ListedMatch
    forecast: Any = None
    picture: Any = None
    best: Any = None


@router.get("/")
def show_rounds(request: Request, desk: Desk, competition: str | None = None) -> HTMLResponse:
    """Show the matches to come by day and competition."""
    listed = list_round(desk.open_work, [competition] if competition else [], now=desk.clock.now())
    rows = [RoundRow(match) for match in listed]
    return page(
        request,
        "rounds.html",
        competition=competition,
        competitions=list_competitions(desk.open_work),
        days=list(_by_day(rows)),
        played=bool(rows) and rows[0].match.score is not None,
        missing=sum(row.forecast is None and row.match.score is None for row in rows),
    )


def _by_day(rows: Sequence[RoundRow]) -> Iterator[tuple[date, list[tuple[str, list[RoundRow]]]]]:
    for day, of_day in groupby(rows, key=lambda row: row.match.kickoff.date()):
        ordered = sorted(of_day, key=lambda row: row.match.competition)
        grouped = groupby(ordered, key=lambda row: row.match.competition_name)
        yield day, [(name, list(chosen)) for name, chosen in grouped]
