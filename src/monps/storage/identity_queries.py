"""What the repository of identities asks of the tables."""

from typing import Any

from sqlalchemy import CompoundSelect, FromClause, Select, case, func, or_, select, union_all

from monps.domain.identity import Scope
from monps.storage.orm import (
    appearances,
    competitions,
    match_revisions,
    matches,
    player_seasons,
    source_matches,
    source_players,
    source_teams,
    teams,
)

_SCOPE = (source_teams.c.source, competitions.c.code, source_teams.c.season)


def all_scopes() -> Select[Any]:
    """Select every season of a competition that a source tells of."""
    return select(*_SCOPE).select_from(_named()).distinct().order_by(*_SCOPE)


def open_scopes() -> Select[Any]:
    """Select those with a team or a match that is not linked."""
    unlinked = select(source_matches.c.id).where(
        source_matches.c.home_id == source_teams.c.id, source_matches.c.match_id.is_(None)
    )
    return all_scopes().where(or_(source_teams.c.team_id.is_(None), unlinked.exists()))


def names(scope: Scope) -> Select[Any]:
    """Select a scope's names with what they are linked to."""
    joined = _named().outerjoin(teams, teams.c.id == source_teams.c.team_id)
    return (
        select(source_teams.c.name, teams.c.name, source_teams.c.basis)
        .select_from(joined)
        .where(*_in(scope))
        .order_by(source_teams.c.name)
    )


def source_fixtures(scope: Scope) -> Select[Any]:
    """Select a scope's matches under the source's names."""
    away = source_teams.alias("away")
    joined = (
        _named()
        .join(source_matches, source_matches.c.home_id == source_teams.c.id)
        .join(away, away.c.id == source_matches.c.away_id)
    )
    goals = (source_matches.c.home_goals, source_matches.c.away_goals)
    return (
        select(source_teams.c.name, away.c.name, source_matches.c.day, *goals)
        .select_from(joined)
        .where(*_in(scope))
        .order_by(source_matches.c.id)
    )


def fixtures(competition: str, season: int) -> Select[Any]:
    """Select a season's matches, the last word on each."""
    home, away, later = teams.alias("home"), teams.alias("away"), match_revisions.alias("later")
    newer = select(later.c.match_id).where(
        later.c.match_id == match_revisions.c.match_id, later.c.revision > match_revisions.c.revision
    )
    joined = (
        matches.join(competitions, competitions.c.id == matches.c.competition_id)
        .join(match_revisions, match_revisions.c.match_id == matches.c.id)
        .join(home, home.c.id == matches.c.home_id)
        .join(away, away.c.id == matches.c.away_id)
    )
    told = (match_revisions.c.kickoff, match_revisions.c.home_goals, match_revisions.c.away_goals)
    return (
        select(home.c.name, away.c.name, *told)
        .select_from(joined)
        .where(competitions.c.code == competition, matches.c.season == season, ~newer.exists())
        .order_by(matches.c.id)
    )


def players(competition: str, season: int) -> CompoundSelect[Any]:
    """Select who appeared in matches, and who is listed in a season's totals, for linked teams."""
    return union_all(_appeared(competition, season), _listed(competition, season))


def _appeared(competition: str, season: int) -> Select[Any]:
    home, away = source_teams, source_teams.alias("away")
    joined = (
        _named()
        .join(source_matches, source_matches.c.home_id == home.c.id)
        .join(away, away.c.id == source_matches.c.away_id)
        .join(appearances, appearances.c.source_match_id == source_matches.c.id)
        .join(source_players, source_players.c.id == appearances.c.player_id)
    )
    side = case((appearances.c.is_home, home.c.team_id), else_=away.c.team_id)
    return (
        select(*_player(teams.c.name), source_matches.c.match_id, appearances.c.minutes)
        .select_from(joined.join(teams, teams.c.id == side))
        .where(competitions.c.code == competition, home.c.season == season)
        .where(appearances.c.superseded_at.is_(None))
    )


def _listed(competition: str, season: int) -> Select[Any]:
    joined = (
        _named()
        .join(player_seasons, player_seasons.c.source_team_id == source_teams.c.id)
        .join(source_players, source_players.c.id == player_seasons.c.player_id)
        .join(teams, teams.c.id == source_teams.c.team_id)
    )
    nothing = func.nullif(player_seasons.c.revision, player_seasons.c.revision)
    return (
        select(*_player(teams.c.name), nothing, nothing)
        .select_from(joined)
        .where(competitions.c.code == competition, source_teams.c.season == season)
        # A team's own totals stand under itself.
        .where(player_seasons.c.superseded_at.is_(None), ~source_players.c.key.startswith("squad/"))
        .distinct()
    )


def _player(team: Any) -> tuple[Any, ...]:
    who = source_players.c
    return who.id, who.source, who.name, team, who.same_as


def _named() -> FromClause:
    return source_teams.join(competitions, competitions.c.id == source_teams.c.competition_id)


def _in(scope: Scope) -> tuple[Any, ...]:
    return (
        source_teams.c.source == scope.source,
        competitions.c.code == scope.competition,
        source_teams.c.season == scope.season,
    )
