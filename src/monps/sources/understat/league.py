"""A league's season: matches, every team's history, players' totals."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from monps.domain.details import Player, PlayerSeason, SourceMatch, side_measures
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift, FieldRefused, Row
from monps.sources._leagues import season_of
from monps.sources.understat.leagues import league_in, league_of
from monps.sources.understat.moments import day_of
from monps.sources.understat.words import name_of

if TYPE_CHECKING:
    from datetime import date

_DATES = frozenset(["id", "isResult", "h", "a", "goals", "xG", "datetime", "forecast"])
_HISTORY = frozenset(
    [
        "h_a",
        "xG",
        "xGA",
        "npxG",
        "npxGA",
        "ppda",
        "ppda_allowed",
        "deep",
        "deep_allowed",
        "scored",
        "missed",
        "xpts",
        "result",
        "date",
        "wins",
        "draws",
        "loses",
        "pts",
        "npxGD",
    ]
)
_PLAYERS = frozenset(
    [
        "id",
        "player_name",
        "games",
        "time",
        "goals",
        "xG",
        "assists",
        "xA",
        "shots",
        "key_passes",
        "yellow_cards",
        "red_cards",
        "position",
        "team_title",
        "npg",
        "npxG",
        "xGChain",
        "xGBuildup",
    ]
)
_IDENTITY = frozenset({"id", "player_name", "team_title", "position"})


class LeagueReader:
    """Reads one league payload into a draft.

    Parameters
    ----------
    payload : Payload
        Its name may tell the league.
    drift : Drift
        Told of what is missing, new or refused.
    draft : DetailDraft
        Where everything goes.
    """

    def __init__(self, payload: Payload, drift: Drift, draft: DetailDraft) -> None:
        self._payload, self._drift, self._draft = payload, drift, draft
        self._places: dict[tuple[str, date, bool], int] = {}

    def read(self, dates: list[Any], teams: dict[str, Any], players: list[Any]) -> None:
        """Read all three parts; histories need the matches.

        Raises
        ------
        DataRefused
            If no match can be read, or nothing tells which league this is.
        """
        self._drift.look("dates", dates, _DATES)
        self._drift.look("players", players, _PLAYERS)
        matches = list(self._matches(dates))
        if not matches:
            reasons = "; ".join(reject.reason for reject in self._drift.rejects[:3])
            raise DataRefused(f"{self._payload.name}: no match could be read ({reasons or 'there is none'})")
        league = self._league(matches)
        season = season_of(match.day for match, _ in matches if match.day)
        for match, row in matches:
            self._keep(match._replace(competition=league, season=season or 0), row)
        self._histories(teams)
        self._players(players, league, season or 0)

    def _matches(self, dates: list[Any]) -> Iterator[tuple[SourceMatch, Row]]:
        for line, fields in enumerate(dates, 1):
            try:
                row = Row("dates", fields, self._drift)
                yield _match(row), row
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))

    def _keep(self, match: SourceMatch, row: Row) -> None:
        place = self._draft.match(match)
        if match.day:
            self._places[match.home, match.day, True] = place
            self._places[match.away, match.day, False] = place
        for side, is_home in (("h", True), ("a", False)):
            try:
                chances = row.row("xG").number(side)
            except FieldRefused as refused:
                self._drift.refuse(None, f"{match.home} - {match.away}: {refused}")
                continue
            if chances is not None and match.home_goals is not None:
                self._draft.side(place, is_home=is_home, measures=side_measures(expected_goals=chances))

    def _histories(self, teams: dict[str, Any]) -> None:
        games = [game for team in teams.values() for game in _history(team)]
        self._drift.look("teams.history", games, _HISTORY)
        for team in teams.values():
            try:
                row = Row("teams", team, self._drift)
                title, history = row.text("title"), row.rows("history")
            except FieldRefused as refused:
                self._drift.refuse(None, str(refused))
                continue
            for line, game in enumerate(history, 1):
                self._game(title or "", line, game)

    def _game(self, title: str, line: int, game: object) -> None:
        try:
            row = Row("teams.history", game, self._drift)
            row.require("h_a", "date")
            is_home, day = row.text("h_a") == "h", day_of(row.text("date") or "")
            measures = _measures(row)
        except FieldRefused as refused:
            self._drift.refuse(line, f"{title}: {refused}")
            return
        place = self._places.get((title, day, is_home)) if day else None
        if place is None:
            self._drift.refuse(line, f"there is no match of {title} on {day} among the dates")
        else:
            self._draft.side(place, is_home=is_home, measures=measures)

    def _players(self, players: list[Any], league: str, season: int) -> None:
        for line, fields in enumerate(players, 1):
            try:
                row = Row("players", fields, self._drift)
                self._draft.season(_totals(row, league, season))
            except FieldRefused as refused:
                self._drift.refuse(line, str(refused))

    def _league(self, matches: list[tuple[SourceMatch, Row]]) -> str:
        named = league_in(self._payload.name)
        played = league_of(team for match, _ in matches for team in (match.home, match.away))
        if named and played and named != played:
            raise DataRefused(
                f"{self._payload.name}: it is named as one of {named}, but its teams are those of {played}"
            )
        if not (named or played):
            raise DataRefused(
                f"{self._payload.name}: nothing tells which league this is; name the file like EPL_2023.json"
            )
        return played or named or ""


def _match(row: Row) -> SourceMatch:
    row.require("h", "a", "datetime")
    home, away, goals = row.row("h"), row.row("a"), row.row("goals")
    home.require("title")
    away.require("title")
    day = day_of(row.text("datetime") or "")
    if day is None:
        raise FieldRefused(f"dates.datetime is {row.text('datetime')!r}, not a moment")
    return SourceMatch(
        competition="",
        season=0,
        home=home.text("title") or "",
        away=away.text("title") or "",
        day=day,
        home_goals=goals.whole("h"),
        away_goals=goals.whole("a"),
        key=row.text("id"),
    )


def _measures(row: Row) -> tuple[float | None, ...]:
    pressed, pressing = row.row("ppda"), row.row("ppda_allowed")
    return side_measures(
        expected_goals=row.number("xG"),
        non_penalty_expected_goals=row.number("npxG"),
        expected_points=row.number("xpts"),
        ppda_passes=pressed.number("att"),
        ppda_actions=pressed.number("def"),
        ppda_allowed_passes=pressing.number("att"),
        ppda_allowed_actions=pressing.number("def"),
        deep_completions=row.number("deep"),
        deep_completions_allowed=row.number("deep_allowed"),
    )


def _totals(row: Row, league: str, season: int) -> PlayerSeason:
    row.require("id", "player_name", "team_title")
    told = {name: row.number(name) for name in sorted(_PLAYERS - _IDENTITY)}
    totals: dict[str, float | str] = {name: value for name, value in told.items() if value is not None}
    teams = row.text("team_title") or ""
    totals["position"] = row.text("position") or ""
    totals["teams"] = teams
    player = Player(row.text("id") or "", name_of(row.text("player_name") or ""))
    # A player who moved has one row for all his teams; it stands with the first of them.
    return PlayerSeason(league, season, teams.split(",")[0], player, "players", totals)


def _history(team: object) -> list[Any]:
    games = team.get("history") if isinstance(team, dict) else None
    return [game for game in games if isinstance(game, dict)] if isinstance(games, list) else []
