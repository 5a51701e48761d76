"""What the repository of details asks of the tables."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, or_, select, true

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.storage.orm import (
    appearances,
    competitions,
    match_revisions,
    matches,
    player_seasons,
    shots,
    side_statistics,
    source_matches,
    source_players,
    source_teams,
    teams,
)

_SHOT_COLUMNS = ("assister", "minute", "x", "y", "expected_goals", "situation", "shot_type", "result")


def side_rows(codes: Sequence[str], as_of: int, sources: Sequence[str]) -> Select[Any]:
    """Select a row for each match, side and source."""
    return _told(side_statistics, codes, as_of, sources, side_statistics.c.is_home, SIDE_MEASURES)


def shot_rows(codes: Sequence[str], as_of: int, sources: Sequence[str]) -> Select[Any]:
    """Select a row for each shot."""
    rows = _told(shots, codes, as_of, sources, shots.c.is_home, _SHOT_COLUMNS)
    return _with_player(rows, shots.c.player_id)


def appearance_rows(
    codes: Sequence[str], as_of: int, sources: Sequence[str], since: int | None = None
) -> Select[Any]:
    """Select a row for each player, match and source, on request only of later matches."""
    names = ("position", "started", "minutes", *PLAYER_MEASURES)
    rows = _told(appearances, codes, as_of, sources, appearances.c.is_home, names)
    if since is not None:
        rows = rows.where(rows.selected_columns.kickoff >= since)
    return _with_player(rows, appearances.c.player_id)


def season_rows(codes: Sequence[str], as_of: int, sources: Sequence[str]) -> Select[Any]:
    """Select a row for each player, team, season and table of a source."""
    table = player_seasons
    joined = (
        table.join(source_teams, source_teams.c.id == table.c.source_team_id)
        .join(competitions, competitions.c.id == source_teams.c.competition_id)
        .join(source_players, source_players.c.id == table.c.player_id)
        .outerjoin(teams, teams.c.id == source_teams.c.team_id)
    )
    return (
        select(
            competitions.c.code.label("competition"),
            source_teams.c.season,
            func.coalesce(teams.c.name, source_teams.c.name).label("team"),
            func.coalesce(source_players.c.same_as, source_players.c.id).label("player_id"),
            source_players.c.name.label("player"),
            table.c.table_name.label("table"),
            table.c.totals,
            table.c.known_at,
            source_teams.c.source,
        )
        .select_from(joined)
        .where(_of(codes, sources), _valid(table, as_of))
    )


def _told(  # noqa: PLR0917 - the parts of one question
    table: Table,
    codes: Sequence[str],
    as_of: int,
    sources: Sequence[str],
    is_home: ColumnElement[bool],
    names: Sequence[str],
) -> Select[Any]:
    """Select details of matches that are linked, and whose result was known at a moment."""
    home, away = teams.alias("home"), teams.alias("away")
    result = _results(as_of).cte("result")
    joined = (
        table.join(source_matches, source_matches.c.id == table.c.source_match_id)
        .join(source_teams, source_teams.c.id == source_matches.c.home_id)
        .join(matches, matches.c.id == source_matches.c.match_id)
        .join(competitions, competitions.c.id == matches.c.competition_id)
        .join(result, result.c.match_id == matches.c.id)
        .join(home, home.c.id == matches.c.home_id)
        .join(away, away.c.id == matches.c.away_id)
    )
    return (
        select(
            matches.c.id.label("match_id"),
            competitions.c.code.label("competition"),
            matches.c.season,
            result.c.kickoff,
            _later(result.c.known_at, table.c.known_at).label("known_at"),
            _either(is_home, home.c.name, away.c.name).label("team"),
            _either(is_home, away.c.name, home.c.name).label("opponent"),
            is_home.label("is_home"),
            *_goals(table, is_home, result),
            *(table.c[name] for name in names),
            source_teams.c.source,
        )
        .select_from(joined)
        .where(_of(codes, sources), _valid(table, as_of))
    )


def _results(as_of: int) -> Select[Any]:
    """Select the last word on each result that was known."""
    later = match_revisions.alias("later")
    newer = select(later.c.match_id).where(
        later.c.match_id == match_revisions.c.match_id,
        later.c.revision > match_revisions.c.revision,
        later.c.known_at <= as_of,
    )
    names = ("match_id", "kickoff", "known_at", "home_goals", "away_goals")
    return select(*(match_revisions.c[name] for name in names)).where(
        match_revisions.c.known_at <= as_of, match_revisions.c.home_goals.is_not(None), ~newer.exists()
    )


def _goals(table: Table, is_home: ColumnElement[bool], result: Any) -> tuple[ColumnElement[Any], ...]:
    if table is not side_statistics:
        return ()
    home, away = result.c.home_goals, result.c.away_goals
    own = _either(is_home, home, away).label("goals")
    return own, _either(is_home, away, home).label("goals_against")


def _with_player(rows: Select[Any], player_id: ColumnElement[int]) -> Select[Any]:
    same = source_players.alias("same")
    number = func.coalesce(source_players.c.same_as, source_players.c.id)
    return (
        rows.outerjoin(source_players, source_players.c.id == player_id)
        .outerjoin(same, same.c.id == source_players.c.same_as)
        .add_columns(
            number.label("player_id"), func.coalesce(same.c.name, source_players.c.name).label("player")
        )
    )


def _either(is_home: ColumnElement[bool], own: Any, other: Any) -> ColumnElement[Any]:
    return case((is_home, own), else_=other)


def _later(first: ColumnElement[int], second: ColumnElement[int]) -> ColumnElement[int]:
    return case((second > first, second), else_=first)


def _valid(table: Table, as_of: int) -> ColumnElement[bool]:
    begun = or_(table.c.known_at.is_(None), table.c.known_at <= as_of)
    return and_(begun, or_(table.c.superseded_at.is_(None), table.c.superseded_at > as_of))


def _of(codes: Sequence[str], sources: Sequence[str]) -> ColumnElement[bool]:
    chosen: list[ColumnElement[bool]] = [true()]
    if codes:
        chosen.append(competitions.c.code.in_(codes))
    if sources:
        chosen.append(source_teams.c.source.in_(sources))
    return and_(*chosen)
