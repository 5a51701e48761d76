"""Tables of shots."""

from typing import Any

import polars as pl

from monps.domain.details import Player, ShotRecord, SourceMatch
from monps.ports.source import Payload
from monps.sources._cells import LINE
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.understat.leagues import league_in, league_of
from monps.sources.understat.words import RESULTS, SHOT_TYPES, SITUATIONS, name_of

REQUIRED = (
    "id",
    "minute",
    "h_a",
    "xG",
    "season",
    "match_id",
    "h_team",
    "a_team",
    "date",
    "situation",
    "result",
)
NUMBERS = ("id", "minute", "X", "Y", "xG", "season", "match_id", "h_goals", "a_goals", "player_id")
KNOWN = frozenset({*REQUIRED, *NUMBERS, "player", "shotType", "player_assisted", "lastAction"})

_OF_MATCH = ("match_id", "season", "h_team", "a_team", "day", "h_goals", "a_goals")


def keep(payload: Payload, rows: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    """Keep every shot whose match and side are told."""
    named = league_in(payload.name)
    for name in ("player", "shotType", "player_assisted", "X", "Y", "h_goals", "a_goals", "player_id"):
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None).alias(name))
    whole = pl.all_horizontal(pl.col(*_OF_MATCH[:5], "id", "minute", "h_a").is_not_null())
    for line in rows.filter(~whole)[LINE]:
        drift.refuse(line, "the match, the side or the minute of this shot is missing")
    rows = rows.filter(whole)
    places = {row[0]: _place(row, named, draft) for row in rows.select(_OF_MATCH).unique("match_id").rows()}
    columns = ("match_id", "id", "h_a", "player_id", "player", "player_assisted", "minute", "X", "Y", "xG")
    for line, match, *row in rows.select(LINE, *columns, "situation", "shotType", "result").rows():
        place = places[match]
        if place is None:
            drift.refuse(line, "neither team is known: nothing tells which league this is")
        else:
            draft.shot(_shot(place, row))


def _place(row: tuple[Any, ...], named: str | None, draft: DetailDraft) -> int | None:
    match, season, home, away, day, home_goals, away_goals = row
    league = league_of((home, away)) or named
    if league is None:
        return None
    return draft.match(
        SourceMatch(
            league, int(season), home, away, day, _whole(home_goals), _whole(away_goals), str(int(match))
        )
    )


def _shot(place: int, row: list[Any]) -> ShotRecord:
    number, side, player_id, player, assister, minute, x, y, chance, situation, foot, result = row
    key = None if player_id is None else str(int(player_id))
    return ShotRecord(
        place,
        int(number),
        side == "h",
        None if key is None else Player(key, name_of(player or key)),
        name_of(assister) if assister else None,
        int(minute),
        x,
        y,
        chance,
        SITUATIONS.get(situation),
        SHOT_TYPES.get(foot),
        RESULTS.get(result),
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
