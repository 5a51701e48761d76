"""Tables of players' totals over a season; only the file's name tells which."""

import polars as pl

from monps.domain.details import Player, PlayerSeason
from monps.domain.identifiers import Season
from monps.errors import DataRefused, UsageError
from monps.ports.source import Payload
from monps.sources._cells import LINE
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.understat.leagues import league_in
from monps.sources.understat.words import name_of

REQUIRED = ("id", "player_name", "team_title", "games", "time", "goals", "xG", "npg", "npxG")
NUMBERS = (
    "games", "time", "goals", "xG", "assists", "xA", "shots", "key_passes", "yellow_cards", "red_cards",
    "npg", "npxG", "xGChain", "xGBuildup",
)  # fmt: skip
KNOWN = frozenset({*REQUIRED, *NUMBERS, "position"})


def keep(payload: Payload, rows: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    """Keep every player's totals under the first of his teams.

    Raises
    ------
    DataRefused
        If the file's name does not tell league and season.
    """
    league, season = league_in(payload.name), _season_in(payload.name)
    if league is None or season is None:
        raise DataRefused(
            f"{payload.name}: only its name can tell league and season; call it like players_epl_14-15.csv"
        )
    numeric = [name for name in NUMBERS if name in rows.columns]
    texts = [name for name in ("position", "team_title") if name in rows.columns]
    for row in rows.rows(named=True):
        if not (row["id"] and row["player_name"] and row["team_title"]):
            drift.refuse(row[LINE], "the player or the team is missing")
            continue
        totals = {name: row[name] for name in (*numeric, *texts) if row[name] is not None}
        totals["teams"] = totals.pop("team_title")
        player = Player(row["id"].removesuffix(".0"), name_of(row["player_name"]))
        draft.season(PlayerSeason(league, season, row["team_title"].split(",")[0], player, "players", totals))


def _season_in(name: str) -> int | None:
    text = name.rsplit("/", 1)[-1].split(".", maxsplit=1)[0].rsplit("_", 1)[-1]
    try:
        return Season.parse(text.replace("-", "")).start
    except UsageError:
        return None
