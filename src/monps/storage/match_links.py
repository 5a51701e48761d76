"""Which match of the store a source's match is, once its sides are linked, and what that brings it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, bindparam, delete, select, update

from monps.domain.identity import Scope
from monps.storage.bulk import insert_rows
from monps.storage.orm import (
    competitions,
    match_expected_goals,
    match_referees,
    match_revisions,
    matches,
    side_statistics,
    source_matches,
    source_teams,
)
from monps.storage.versions import details_changed

Sides = tuple[int, int]
"""The numbers of the home and the away side."""


def link_matches(connection: Connection, scope: Scope, preference: Sequence[str]) -> int:
    """Link a scope's matches to those of the store, hand on what it tells of them; count the links changed.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    scope : Scope
        One season of a competition by one source.
    preference : sequence of str
        Whose expected goals and referees are believed first.
    """
    competition_id = connection.execute(
        select(competitions.c.id).where(competitions.c.code == scope.competition)
    ).scalar_one()
    known: dict[Sides, list[Any]] = {}
    for row in connection.execute(_stored(competition_id, scope.season)):
        known.setdefault((row.home_id, row.away_id), []).append(row)
    changed = [
        {"number": row.id, "match": match}
        for row in connection.execute(_told(scope, competition_id))
        if (match := _meant(row, known.get((row.home, row.away), []))) != row.match_id
    ]
    if changed:
        by_number = source_matches.c.id == bindparam("number")
        statement = update(source_matches).where(by_number).values(match_id=bindparam("match"))
        connection.execute(statement, changed)
    handed_on = _hand_on(connection, (competition_id, scope.season), preference)
    if changed or handed_on:
        details_changed(connection, [competition_id])
    return len(changed)


def _meant(told: Any, candidates: Sequence[Any]) -> int | None:
    """Return the match of the same sides; of several, the one on the nearest day."""
    if not candidates:
        return None
    if len(candidates) == 1 or told.day is None:
        return candidates[0].id if len(candidates) == 1 else None
    nearest: int = min(candidates, key=lambda row: abs(row.kickoff - told.day)).id
    return nearest


def _stored(competition_id: int, season: int) -> Select[Any]:
    revised = matches.join(match_revisions, match_revisions.c.match_id == matches.c.id)
    return (
        select(matches.c.id, matches.c.home_id, matches.c.away_id, match_revisions.c.kickoff)
        .select_from(revised)
        .where(
            matches.c.competition_id == competition_id,
            matches.c.season == season,
            match_revisions.c.revision == 1,
        )
    )


def _told(scope: Scope, competition_id: int) -> Select[Any]:
    home, away = source_teams.alias("home"), source_teams.alias("away")
    joined = source_matches.join(home, home.c.id == source_matches.c.home_id).join(
        away, away.c.id == source_matches.c.away_id
    )
    return (
        select(
            source_matches.c.id,
            source_matches.c.day,
            source_matches.c.match_id,
            home.c.team_id.label("home"),
            away.c.team_id.label("away"),
        )
        .select_from(joined)
        .where(
            home.c.source == scope.source,
            home.c.competition_id == competition_id,
            home.c.season == scope.season,
        )
    )


def _hand_on(connection: Connection, season: tuple[int, int], preference: Sequence[str]) -> bool:
    """Write down whose word counts for each match; return whether that is another answer."""
    code, start = season
    of_season = select(matches.c.id).where(matches.c.competition_id == code, matches.c.season == start)
    changed = [
        _settle(connection, table, of_season, _most_trusted(connection.execute(told(of_season)), preference))
        for table, told in _TOLD.items()
    ]
    return any(changed)


def _most_trusted(told: Iterable[Any], preference: Sequence[str]) -> set[tuple[Any, ...]]:
    """Return, of rows of (source, match, …), one for each match, without its source."""
    rank = {source: place for place, source in enumerate(preference)}
    best: dict[int, tuple[Any, ...]] = {}
    for source, *row in told:
        order = (rank.get(source, len(rank)), source)
        if row[0] not in best or order < best[row[0]][0]:
            best[row[0]] = (order, tuple(row))
    return {row for _, row in best.values()}


def _settle(
    connection: Connection, table: Table, of_season: Select[Any], after: set[tuple[Any, ...]]
) -> bool:
    """Make a table say this of a season's matches; return whether it said something else."""
    chosen = table.c.match_id.in_(of_season)
    before = {tuple(row) for row in connection.execute(select(table).where(chosen))}
    if after == before:
        return False
    connection.execute(delete(table).where(chosen))
    insert_rows(connection, table, sorted(after))
    return True


def _expected_goals(of_season: Select[Any]) -> Select[Any]:
    """Select what was told first: a later revision must not reach into the past."""
    home, away = side_statistics.alias("home"), side_statistics.alias("away")
    joined = (
        source_matches.join(source_teams, source_teams.c.id == source_matches.c.home_id)
        .join(home, home.c.source_match_id == source_matches.c.id)
        .join(away, away.c.source_match_id == source_matches.c.id)
    )
    return (
        select(
            source_teams.c.source,
            source_matches.c.match_id,
            source_matches.c.id,
            home.c.expected_goals,
            away.c.expected_goals,
        )
        .select_from(joined)
        .where(source_matches.c.match_id.in_(of_season), home.c.revision == 1, away.c.revision == 1)
        .where(home.c.is_home, ~away.c.is_home)
        .where(home.c.expected_goals.is_not(None), away.c.expected_goals.is_not(None))
    )


def _referees(of_season: Select[Any]) -> Select[Any]:
    joined = source_matches.join(source_teams, source_teams.c.id == source_matches.c.home_id)
    told = (source_teams.c.source, source_matches.c.match_id, source_matches.c.id, source_matches.c.referee)
    return (
        select(*told)
        .select_from(joined)
        .where(source_matches.c.match_id.in_(of_season), source_matches.c.referee.is_not(None))
    )


_TOLD: Final[Mapping[Table, Callable[[Select[Any]], Select[Any]]]] = {
    match_expected_goals: _expected_goals,
    match_referees: _referees,
}
"""What a match's own source may lack, and who of the others tells it."""
