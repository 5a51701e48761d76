"""Pages with tables of a season: players' and teams' totals, many of them inside comments."""

import re

from monps.domain.details import Player, PlayerSeason
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.fbref.competitions import CODES
from monps.sources.fbref.numbers import CellRefused, number, season_in
from monps.sources.fbref.pages import Page, PageRow, number_in

_TABLE = re.compile(r"stats_(squads_)?([a-z_]+?)(?:_\d+)?(_for|_against)?$")
_TEXTS = ("player", "nationality", "position", "team", "age", "birth_year", "matches", "ranker", "comp_level")


def is_season(page: Page) -> bool:
    """Whether a page holds tables of a season."""
    return any(_TABLE.fullmatch(table) for table in page.tables)


def read_season(payload: Payload, page: Page, drift: Drift, draft: DetailDraft) -> None:
    """Read every player's totals, and every team's: a team's own stand under the team itself.

    Raises
    ------
    DataRefused
        If the page does not tell competition and season.
    """
    address = page.root.xpath("string(//link[@rel='canonical']/@href)")
    code = CODES.get(number_in(address, "comps") or "")
    season = season_in(address) or season_in(page.title) or season_in(payload.name)
    if code is None or season is None:
        raise DataRefused(f"{payload.name}: the page does not tell of which season of which league it is")
    for table in page.tables:
        if found := _TABLE.fullmatch(table):
            for row in page.rows(table):
                try:
                    _keep(row, (code, season, f"{found[1] or ''}{found[2]}{found[3] or ''}"), draft)
                except CellRefused as refused:
                    drift.refuse(row.line, f"{table}: {refused}")


def _keep(row: PageRow, of: tuple[str, int, str], draft: DetailDraft) -> None:
    code, season, table = of
    team = row.cells.get("team", "").removeprefix("vs ")
    key = number_in(row.links.get("player", ""), "players")
    if "player" not in row.cells and team:
        squad = number_in(row.links.get("team", ""), "squads") or team
        player = Player(f"squad/{squad}", team)
    elif key and team:
        player = Player(key, row.cells["player"])
    else:
        return  # sums, and headers that are repeated
    totals: dict[str, float | str] = {}
    for name, text in row.cells.items():
        if name in _TEXTS:
            continue
        value = number(row.cells, name) if text else None
        if value is not None:
            totals[name] = value
    if row.cells.get("position"):
        totals["position"] = row.cells["position"]
    draft.season(PlayerSeason(code, season, team, player, table, totals))
