"""How the sources stand: what each has told, how fresh it is, and what went wrong."""

from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, Table, func, select

from monps.domain.moments import from_micros
from monps.ports.details import SourceStanding
from monps.storage.orm import (
    appearances,
    match_revisions,
    player_seasons,
    rejects,
    shots,
    side_statistics,
    source_files,
    source_matches,
    source_reports,
    source_teams,
)
from monps.storage.queries import latest_files

_REFUSED = "refused"
_MOST_DRIFT = 20


def standings(connection: Connection) -> tuple[SourceStanding, ...]:
    """Return how every source stands, by name."""
    files = {row.source: row for row in connection.execute(_files())}
    reports = connection.execute(select(source_reports).order_by(source_reports.c.id)).all()
    errors = {row.source: row for row in reports if row.kind == _REFUSED}
    drift: dict[str, dict[str, None]] = {}
    for row in reports:
        if row.kind != _REFUSED:
            drift.setdefault(row.source, {})[f"{row.kind}: {row.detail}"] = None
    counts = _counts(connection)
    return tuple(
        _standing(
            source, files.get(source), errors.get(source), drift.get(source, {}), counts.get(source, {})
        )
        for source in sorted({*files, *errors})
    )


def _standing(  # noqa: PLR0917 - the parts of one row
    source: str,
    files: Row[Any] | None,
    error: Row[Any] | None,
    drift: dict[str, None],
    counts: dict[str, Any],
) -> SourceStanding:
    newest = counts.get("newest_match")
    return SourceStanding(
        source=source,
        files=files.files if files else 0,
        last_read_at=from_micros(files.last_read_at) if files else None,
        competitions=counts.get("competitions", 0),
        first_season=counts.get("first_season"),
        last_season=counts.get("last_season"),
        newest_match=None if newest is None else from_micros(newest),
        matches=counts.get("matches", files.matches if files else 0),
        matches_linked=counts.get("matches_linked", 0),
        team_seasons=counts.get("team_seasons", 0),
        team_seasons_linked=counts.get("team_seasons_linked", 0),
        team_matches=counts.get("side_statistics", 0),
        shots=counts.get("shots", 0),
        appearances=counts.get("appearances", 0),
        player_seasons=counts.get("player_seasons", 0),
        rejected=files.rejected if files else 0,
        last_error=f"{error.file}: {error.detail}" if error else None,
        last_error_at=from_micros(error.reported_at) if error else None,
        drift=tuple(drift)[-_MOST_DRIFT:],
    )


def _files() -> Select[Any]:
    latest = latest_files().subquery()
    refused = select(func.count()).where(rejects.c.file_id == latest.c.id).scalar_subquery()
    return select(
        latest.c.source,
        func.count().label("files"),
        func.max(latest.c.read_at).label("last_read_at"),
        func.sum(latest.c.matches).label("matches"),
        func.sum(refused).label("rejected"),
    ).group_by(latest.c.source)


def _counts(connection: Connection) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for rows in (_of_teams(), _of_matches(), _of_results(), _of_totals(), *map(_of_details, _DETAILS)):
        for row in connection.execute(rows).mappings():
            found.setdefault(row["source"], {}).update(row)
    return found


def _of_teams() -> Select[Any]:
    table = source_teams.c
    return select(
        table.source,
        func.count().label("team_seasons"),
        func.count(table.team_id).label("team_seasons_linked"),
        func.count(table.competition_id.distinct()).label("competitions"),
        func.min(table.season).label("first_season"),
        func.max(table.season).label("last_season"),
    ).group_by(table.source)


def _of_matches() -> Select[Any]:
    return (
        select(
            source_teams.c.source,
            func.count().label("matches"),
            func.count(source_matches.c.match_id).label("matches_linked"),
            func.max(source_matches.c.day).label("newest_match"),
        )
        .select_from(_of_home())
        .group_by(source_teams.c.source)
    )


def _of_results() -> Select[Any]:
    """Count the matches of sources of results, which are their own."""
    joined = match_revisions.join(source_files, source_files.c.id == match_revisions.c.file_id)
    return (
        select(
            source_files.c.source,
            func.count(match_revisions.c.match_id.distinct()).label("matches"),
            func.count(match_revisions.c.match_id.distinct()).label("matches_linked"),
            func.max(match_revisions.c.kickoff).label("newest_match"),
        )
        .select_from(joined)
        .where(match_revisions.c.home_goals.is_not(None))
        .group_by(source_files.c.source)
    )


def _of_totals() -> Select[Any]:
    joined = player_seasons.join(source_teams, source_teams.c.id == player_seasons.c.source_team_id)
    return (
        select(source_teams.c.source, func.count().label("player_seasons"))
        .select_from(joined)
        .where(player_seasons.c.superseded_at.is_(None))
        .group_by(source_teams.c.source)
    )


def _of_details(table: Table) -> Select[Any]:
    joined = _of_home().join(table, table.c.source_match_id == source_matches.c.id)
    return (
        select(source_teams.c.source, func.count().label(table.name))
        .select_from(joined)
        .where(table.c.superseded_at.is_(None))
        .group_by(source_teams.c.source)
    )


def _of_home() -> FromClause:
    return source_matches.join(source_teams, source_teams.c.id == source_matches.c.home_id)


_DETAILS = (side_statistics, shots, appearances)
