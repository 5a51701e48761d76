"""One match: every shot of both sides, and who played."""

from typing import Any

from monps.domain.details import AppearanceRecord, Player, ShotRecord, SourceMatch, player_measures
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift, FieldRefused, Row
from monps.sources._leagues import season_of
from monps.sources.understat.leagues import league_of
from monps.sources.understat.moments import day_of
from monps.sources.understat.words import RESULTS, SHOT_TYPES, SITUATIONS, name_of

_SHOTS = frozenset(
    [
        "id",
        "minute",
        "result",
        "X",
        "Y",
        "xG",
        "player",
        "h_a",
        "player_id",
        "situation",
        "season",
        "shotType",
        "match_id",
        "h_team",
        "a_team",
        "h_goals",
        "a_goals",
        "date",
        "player_assisted",
        "lastAction",
    ]
)
_ROSTER = frozenset(
    [
        "id",
        "goals",
        "own_goals",
        "shots",
        "xG",
        "time",
        "player_id",
        "team_id",
        "position",
        "player",
        "h_a",
        "yellow_card",
        "red_card",
        "roster_in",
        "roster_out",
        "key_passes",
        "assists",
        "xA",
        "xGChain",
        "xGBuildup",
        "positionOrder",
    ]
)


class MatchReader:
    """Reads one match payload into a draft.

    Parameters
    ----------
    payload : Payload
        For its name.
    drift : Drift
        Told of what is missing, new or refused.
    draft : DetailDraft
        Where everything goes.
    """

    def __init__(self, payload: Payload, drift: Drift, draft: DetailDraft) -> None:
        self._payload, self._drift, self._draft = payload, drift, draft

    def read(self, shots: Any, rosters: Any) -> None:
        """Read shots and line-ups; the shots tell which match it is.

        Raises
        ------
        DataRefused
            If there is no shot that can be read.
        """
        listed = self._listed("shots", shots)
        self._drift.look("shots", listed, _SHOTS)
        place = None
        for line, fields in enumerate(listed, 1):
            try:
                row = Row("shots", fields, self._drift)
                place = self._draft.match(self._match(row)) if place is None else place
                self._draft.shot(_shot(row, place))
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))
        if place is None:
            reasons = "; ".join(reject.reason for reject in self._drift.rejects[:3])
            raise DataRefused(f"{self._payload.name}: no shot could be read ({reasons or 'there is none'})")
        self._rosters(rosters, place)

    def _rosters(self, rosters: Any, place: int) -> None:
        listed = self._listed("rosters", rosters)
        self._drift.look("rosters", listed, _ROSTER)
        for line, fields in enumerate(listed, 1):
            try:
                self._draft.appearance(_appearance(Row("rosters", fields, self._drift), place))
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))

    def _listed(self, name: str, parts: Any) -> list[Any]:
        """Set out what stands under ``h`` and ``a``: lists of shots, or players by their numbers."""
        if parts is None:
            return []
        listed: list[Any] = []
        for side in ("h", "a"):
            part = parts.get(side) if isinstance(parts, dict) else parts
            if isinstance(part, dict):
                listed += part.values()
            elif isinstance(part, list) and isinstance(parts, dict):
                listed += part
            elif part is not None:
                self._drift.retype(f"{name}.{side}")
                self._drift.refuse(None, f"{name}.{side} is a {type(part).__name__}; it was left out")
        return listed

    def _match(self, row: Row) -> SourceMatch:
        row.require("h_team", "a_team", "date", "match_id")
        home, away, day = row.text("h_team") or "", row.text("a_team") or "", day_of(row.text("date") or "")
        league = league_of((home, away))
        if day is None:
            raise FieldRefused(f"shots.date is {row.text('date')!r}, not a moment")
        if league is None:
            raise FieldRefused(f"neither {home} nor {away} is known: nothing tells which league this is")
        season = row.whole("season")
        return SourceMatch(
            league,
            season_of([day]) or 0 if season is None else season,
            home,
            away,
            day,
            row.whole("h_goals"),
            row.whole("a_goals"),
            row.text("match_id"),
        )


def _shot(row: Row, place: int) -> ShotRecord:
    row.require("id", "minute", "h_a")
    number = row.text("player_id")
    return ShotRecord(
        match=place,
        number=row.whole("id") or 0,
        is_home=row.text("h_a") == "h",
        player=Player(number, name_of(row.text("player") or number)) if number else None,
        assister=name_of(row.text("player_assisted") or "") or None,
        minute=row.whole("minute") or 0,
        x=row.number("X"),
        y=row.number("Y"),
        expected_goals=row.number("xG"),
        situation=SITUATIONS.get(row.text("situation") or ""),
        shot_type=SHOT_TYPES.get(row.text("shotType") or ""),
        result=RESULTS.get(row.text("result") or ""),
    )


def _appearance(row: Row, place: int) -> AppearanceRecord:
    row.require("player_id", "player", "h_a", "time")
    position = row.text("position")
    return AppearanceRecord(
        match=place,
        is_home=row.text("h_a") == "h",
        player=Player(row.text("player_id") or "", name_of(row.text("player") or "")),
        position=position,
        started=None if position is None else position != "Sub",
        minutes=row.whole("time"),
        measures=player_measures(
            goals=row.number("goals"),
            own_goals=row.number("own_goals"),
            shots=row.number("shots"),
            expected_goals=row.number("xG"),
            assists=row.number("assists"),
            expected_assists=row.number("xA"),
            key_passes=row.number("key_passes"),
            yellow_cards=row.number("yellow_card"),
            red_cards=row.number("red_card"),
        ),
    )
