"""The answers about one event: bytes in, details out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from monps.domain.details import (
    AppearanceRecord,
    Player,
    ShotRecord,
    SourceMatch,
    player_measures,
    side_measures,
)
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift, FieldRefused, Row, load
from monps.sources._leagues import season_of
from monps.sources._parsed import parsed_file
from monps.sources.sofascore.bundles import PARTS, body_of
from monps.sources.sofascore.tournaments import code_of
from monps.sources.sofascore.words import MEASURES, OF_ALL, PLAYER, RESULTS, SHOT_TYPES, SITUATIONS

_PERCENT = 100.0


def parse(payload: Payload, *, source: str, strict: bool = False) -> ParsedFile:
    """Read the answers about one event; what is refused is listed with its reason.

    Raises
    ------
    DataRefused
        If these are none of SofaScore's answers, or none of them says who played.
    """
    body, drift, draft = body_of(load(payload)), Drift(payload), DetailDraft()
    if not set(PARTS) & set(body):
        raise DataRefused(f"{payload.name}: this is none of SofaScore's answers about an event")
    if "event" not in body:
        raise DataRefused(
            f"{payload.name}: nothing says who played; save the answer of /event/<number> in the same folder"
        )
    try:
        place = draft.match(_match(Row("event", body["event"], drift)))
    except FieldRefused as refused:
        raise DataRefused(f"{payload.name}: {refused}") from refused
    reader = _EventReader(drift, draft, place)
    reader.statistics(body.get("statistics"))
    for side in ("home", "away"):
        reader.line_up(side, body.get(side))
    reader.shots(body.get("shotmap"))
    return parsed_file(payload, draft, drift, source=source, strict=strict)


def _match(event: Row) -> SourceMatch:
    event.require("id", "homeTeam", "awayTeam", "startTimestamp")
    tournament = event.row("tournament").row("uniqueTournament")
    tournament.require("id")
    home, away = event.row("homeTeam"), event.row("awayTeam")
    home.require("name")
    away.require("name")
    day = datetime.fromtimestamp(event.number("startTimestamp") or 0.0, UTC).date()
    over = event.row("status").text("type") == "finished"
    goals = [_goals(event.row(f"{side}Score")) if over else None for side in ("home", "away")]
    return SourceMatch(
        code_of(tournament.whole("id") or 0),
        season_of([day]) or day.year,
        home.text("name") or "",
        away.text("name") or "",
        day,
        goals[0],
        goals[1],
        event.text("id"),
        event.row("referee").text("name"),
    )


def _goals(score: Row) -> int | None:
    """Return the goals in ninety minutes; extra time and penalties settle nothing here."""
    normal = score.whole("normaltime")
    return score.whole("current") if normal is None else normal


class _EventReader:
    """Reads what there is about an event whose match is known."""

    def __init__(self, drift: Drift, draft: DetailDraft, place: int) -> None:
        self._drift, self._draft, self._place = drift, draft, place

    def statistics(self, periods: Any) -> None:
        told: tuple[dict[str, float], dict[str, float]] = ({}, {})
        for line, item in enumerate(self._items(periods), 1):
            try:
                self._item(Row("statistics", item, self._drift), told)
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))
        for side, measures in enumerate(told):
            if measures:
                self._draft.side(self._place, is_home=side == 0, measures=side_measures(**measures))

    def line_up(self, side: str, listed: Any) -> None:
        if listed is None:
            return
        try:
            row = Row(f"lineups.{side}", listed, self._drift)
            row.require("players")
            players = row.rows("players")
        except FieldRefused as refused:
            self._drift.refuse(None, str(refused))
            return
        for line, fields in enumerate(players, 1):
            if _is_trimmed(fields):
                continue
            try:
                row = Row(f"lineups.{side}.players", fields, self._drift)
                self._draft.appearance(_appearance(row, self._place, is_home=side == "home"))
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))

    def shots(self, listed: Any) -> None:
        if listed is not None and not isinstance(listed, list):
            self._drift.retype("shotmap")
            self._drift.refuse(None, f"shotmap is a {type(listed).__name__}, not a list; it was left out")
            return
        for line, fields in enumerate(listed or [], 1):
            if _is_trimmed(fields):
                continue
            try:
                self._draft.shot(_shot(Row("shotmap", fields, self._drift), self._place))
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))

    def _items(self, periods: Any) -> Iterator[Any]:
        """Yield the items of the whole match; those of its halves are passed over."""
        if periods is None:
            return
        if not isinstance(periods, list):
            self._drift.retype("statistics")
            self._drift.refuse(None, f"statistics is a {type(periods).__name__}, not a list; it was left out")
            return
        seen = False
        for line, fields in enumerate(periods, 1):
            try:
                period = Row("statistics", fields, self._drift)
                if period.text("period") == OF_ALL:
                    seen = True
                    yield from self._of_groups(period)
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))
        if periods and not seen:
            self._drift.refuse(None, f"statistics has no period {OF_ALL}; it was left out")

    def _of_groups(self, period: Row) -> Iterator[Any]:
        for group in period.rows("groups"):
            if not _is_trimmed(group):
                yield from Row("statistics.groups", group, self._drift).rows("statisticsItems")

    def _item(self, item: Row, told: tuple[dict[str, float], dict[str, float]]) -> None:
        key = item.text("key")
        if key not in MEASURES:
            return
        value, total = MEASURES[key]
        for side, measures in zip(("home", "away"), told, strict=True):
            for name, field in ((value, f"{side}Value"), (total, f"{side}Total")):
                number = item.number(field) if name else None
                if name and number is not None:
                    measures[name] = number


def _appearance(row: Row, place: int, *, is_home: bool) -> AppearanceRecord:
    row.require("player")
    player, told = row.row("player"), row.row("statistics")
    player.require("id", "name")
    measures = {ours: told.number(name) for name, ours in PLAYER.items()}
    off = row.flag("substitute")
    return AppearanceRecord(
        place,
        is_home,
        Player(player.text("id") or "", player.text("name") or ""),
        row.text("position"),
        None if off is None else not off,
        told.whole("minutesPlayed"),
        player_measures(**measures),
    )


def _shot(row: Row, place: int) -> ShotRecord:
    row.require("id", "time", "isHome")
    player, at = row.row("player"), row.row("playerCoordinates")
    key, x, y = player.text("id"), at.number("x"), at.number("y")
    own = row.text("goalType") == "own"
    return ShotRecord(
        match=place,
        number=row.whole("id") or 0,
        # An own goal is listed with the side it counts for; here it stands with the side of the player.
        is_home=bool(row.flag("isHome")) != own,
        player=Player(key, player.text("name") or key) if key else None,
        assister=None,
        minute=row.whole("time") or 0,
        # It counts from the goal shot at, in percent of the pitch.
        x=None if x is None else 1 - x / _PERCENT,
        y=None if y is None else y / _PERCENT,
        expected_goals=row.number("xg"),
        situation=SITUATIONS.get(row.text("situation") or ""),
        shot_type=SHOT_TYPES.get(row.text("bodyPart") or ""),
        result="own_goal" if own else RESULTS.get(row.text("shotType") or ""),
    )


def _is_trimmed(fields: Any) -> bool:
    """Whether a place in a list only says how much was cut out there."""
    return isinstance(fields, dict) and set(fields) == {"__trimmed__"}
