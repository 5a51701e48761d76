"""Rows of a mapped table as details: of matches, of sides, of appearances."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from monps.domain.details import (
    AppearanceRecord,
    Player,
    SourceMatch,
    player_measures,
    side_measures,
)
from monps.ports.source import Payload
from monps.sources._cells import LINE
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.table.cells import MappedCells, formatted
from monps.sources.table.mapping import Mapping

Row = dict[str, Any]


def keep_matches(payload: Payload, mapping: Mapping, drift: Drift, draft: DetailDraft) -> None:
    """Keep both sides of every match."""
    cells, side = MappedCells(payload, mapping, drift), mapping.side
    cells.match()
    cells.text("home", mapping.match.home)
    cells.text("away", mapping.match.away)
    for mark, own, other in (("h", side.home, side.away), ("a", side.away, side.home)):
        for name, cell in formatted(side.measures, own, other).items():
            cells.number(f"{mark}.{name}", cell)
    for row in cells.finish("season", "home", "away").rows(named=True):
        if row["home"] == row["away"]:
            drift.refuse(row[LINE], f"{row['home']} cannot play itself")
            continue
        place = draft.match(_match(row, row["home"], row["away"]))
        for mark, is_home in (("h", True), ("a", False)):
            measures = {name: row[f"{mark}.{name}"] for name in side.measures}
            if not draft.side(place, is_home=is_home, measures=side_measures(**measures)) and is_home:
                drift.refuse(row[LINE], f"{row['home']} - {row['away']} is listed twice; the first counts")


def keep_sides(payload: Payload, mapping: Mapping, drift: Drift, draft: DetailDraft) -> None:
    """Keep every side of which one can tell whom it met."""
    cells = _of_one_side(payload, mapping, drift)
    for name, cell in mapping.side.measures.items():
        cells.number(name, cell)
    rows = cells.finish("season", "is_home").rows(named=True)
    for row, place in _placed(rows, drift, draft):
        measures = {name: row[name] for name in mapping.side.measures}
        draft.side(place, is_home=row["is_home"], measures=side_measures(**measures))


def keep_appearances(payload: Payload, mapping: Mapping, drift: Drift, draft: DetailDraft) -> None:
    """Keep every appearance of which one can tell in which match it was."""
    cells, player = _of_one_side(payload, mapping, drift), mapping.player
    assert player is not None  # noqa: S101 - the mapping saw to it
    cells.text("player_key", player.key)
    cells.text("player", player.name)
    cells.text("position", player.position, needed=False)
    cells.flag("started", player.started)
    cells.number("minutes", player.minutes)
    for name, cell in player.measures.items():
        cells.number(f"p.{name}", cell)
    rows = cells.finish("season", "is_home", "player_key", "player").rows(named=True)
    for row, place in _placed(rows, drift, draft):
        number = f"{row['season']}/{row['player_key']}" if player.key_of_season else row["player_key"]
        measures = {name: row[f"p.{name}"] for name in player.measures}
        minutes = None if row["minutes"] is None else int(row["minutes"])
        draft.appearance(
            AppearanceRecord(
                place,
                row["is_home"],
                Player(number, row["player"]),
                row["position"],
                row["started"],
                minutes,
                player_measures(**measures),
            )
        )


def _of_one_side(payload: Payload, mapping: Mapping, drift: Drift) -> MappedCells:
    cells, side = MappedCells(payload, mapping, drift), mapping.side
    cells.match()
    cells.flag("is_home", side.is_home, needed=True)
    cells.text("team", side.team, needed=side.opponent is None)
    cells.text("opponent", side.opponent, needed=side.team is None)
    return cells


def _placed(rows: list[Row], drift: Drift, draft: DetailDraft) -> list[tuple[Row, int]]:
    """Say of which match each row is; rows of which one cannot tell are refused."""
    names: dict[tuple[Any, ...], dict[bool, Counter[str]]] = {}
    for row in rows:
        sides = names.setdefault(_mark(row), {True: Counter(), False: Counter()})
        if row["team"]:
            sides[row["is_home"]][row["team"]] += 1
    for row in rows:
        sides = names[_mark(row)]
        if row["opponent"] and not sides[not row["is_home"]]:
            sides[not row["is_home"]][row["opponent"]] = 0  # only a name, where the rows themselves tell none
    placed = []
    for row in rows:
        sides = names[_mark(row)]
        if not (sides[True] and sides[False]):
            drift.refuse(row[LINE], "the table does not tell both sides of this match")
            continue
        home, away = (sides[side].most_common(1)[0][0] for side in (True, False))
        if home == away:
            drift.refuse(row[LINE], f"{home} cannot play itself")
            continue
        placed.append((row, draft.match(_match(row, home, away))))
    return placed


def _mark(row: Row) -> tuple[Any, ...]:
    if row["key"] is not None:
        return row["competition"], row["season"], row["key"]
    sides = frozenset((row["team"], row["opponent"]))
    return row["competition"], row["season"], row["day"], sides


def _match(row: Row, home: str, away: str) -> SourceMatch:
    goals = (row["home_goals"], row["away_goals"])
    whole = [None if each is None else int(each) for each in goals]
    told = (row["day"], *whole, row["key"], row["referee"])
    return SourceMatch(row["competition"], row["season"], home, away, *told)


KEEP: dict[str, Callable[[Payload, Mapping, Drift, DetailDraft], None]] = {
    "matches": keep_matches,
    "sides": keep_sides,
    "appearances": keep_appearances,
}
"""Who keeps the rows of each kind."""
