"""Schedules: a season's, or a day's of all competitions."""

from monps.domain.details import SourceMatch, side_measures
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._leagues import season_of
from monps.sources.fbref.competitions import CODES
from monps.sources.fbref.numbers import CellRefused, day_in, number, score_in, season_in
from monps.sources.fbref.pages import Page, PageRow, number_in

_MARK = "sched_"


def is_schedule(page: Page) -> bool:
    """Whether a page holds schedules."""
    return any(number.startswith(_MARK) for number in page.tables)


def read_schedules(payload: Payload, page: Page, drift: Drift, draft: DetailDraft) -> None:
    """Read every match of a competition that is known; of others, say that they were passed over."""
    del payload  # the page tells everything
    day_of_page = day_in(page.title) or day_in(page.one("//h1"))
    for table in page.tables:
        if not table.startswith(_MARK):
            continue
        # sched_2022-2023_9_1: the season, the competition's number, and sometimes the stage's.
        code = CODES.get([*table.split("_"), ""][2])
        if code is None:
            drift.refuse(None, f"the table {table} is of no competition that is known; it was passed over")
            continue
        for row in page.rows(table):
            _keep(row, (code, season_in(table), day_of_page), drift, draft)


def _keep(row: PageRow, of: tuple[str, int | None, object], drift: Drift, draft: DetailDraft) -> None:
    code, season, page_day = of
    cells = row.cells
    day = day_in(cells.get("date", "")) or page_day
    if not (cells.get("home_team") and cells.get("away_team")) or day is None:
        drift.refuse(row.line, f"{code}: a side or the day of this match is missing")
        return
    home_goals, away_goals = score_in(cells.get("score", ""))
    start = season if season is not None else season_of([day])  # type: ignore[list-item]
    match = SourceMatch(
        code,
        start or 0,
        cells["home_team"],
        cells["away_team"],
        day,  # type: ignore[arg-type]
        home_goals,
        away_goals,
        number_in(row.links.get("match_report", ""), "matches"),
        cells.get("referee") or None,
    )
    place = draft.match(match)
    try:
        chances = [number(cells, name) for name in ("home_xg", "away_xg")]
    except CellRefused as refused:
        drift.refuse(row.line, f"{match.home} - {match.away}: {refused}")
        return
    for side, chance in enumerate(chances):
        if chance is not None:
            draft.side(place, is_home=side == 0, measures=side_measures(expected_goals=chance))
