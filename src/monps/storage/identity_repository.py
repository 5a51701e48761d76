"""What names stand for, kept in tables; ``monps.ports.identity`` says what each method means."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from monps.domain.identity import LinkDecision, PlayedFixture, Scope, SourceTeam
from monps.domain.moments import from_micros, to_micros
from monps.ports.identity import PlayerSeen
from monps.storage import identity_queries as queries
from monps.storage.match_links import link_matches
from monps.storage.numbering import team_numbers
from monps.storage.orm import competitions, link_decisions, source_players, source_teams
from monps.storage.versions import details_changed


class SqlIdentityRepository:
    """Names as sources write them, and what they are linked to.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def scopes(self, *, open_only: bool = False) -> tuple[Scope, ...]:
        """Every season of a competition that a source tells of; those with anything unlinked, if so asked."""
        rows = queries.open_scopes() if open_only else queries.all_scopes()
        return tuple(Scope(*row) for row in self._connection.execute(rows))

    def source_teams(self, scope: Scope) -> tuple[SourceTeam, ...]:
        """Return the names in a scope, in alphabetical order."""
        return tuple(SourceTeam(*row) for row in self._connection.execute(queries.names(scope)))

    def source_fixtures(self, scope: Scope) -> tuple[PlayedFixture, ...]:
        """Return the matches of a scope under the source's names."""
        return tuple(self._fixtures(queries.source_fixtures(scope)))

    def fixtures(self, competition: str, season: int) -> tuple[PlayedFixture, ...]:
        """Return the matches of a season in the store, the last word on each."""
        return tuple(self._fixtures(queries.fixtures(competition, season)))

    def country(self, competition: str) -> str:
        """Where a competition is played."""
        found: str = self._connection.execute(
            select(competitions.c.country).where(competitions.c.code == competition)
        ).scalar_one()
        return found

    def decide(self, decision: LinkDecision) -> int:
        """Record a decision, apply it to every team-season it speaks of, and return how many changed."""
        values = decision.model_dump() | {"decided_at": to_micros(decision.decided_at)}
        self._connection.execute(insert(link_decisions).values(values))
        team_id = self._team_id(decision)
        linked = source_teams.c.team_id
        changes = linked.is_not(None) if team_id is None else func.coalesce(linked, -1) != team_id
        meant = self._meant(decision)
        touched = self._connection.scalars(select(source_teams.c.competition_id).where(meant)).all()
        changed = self._connection.execute(
            update(source_teams)
            .where(meant & changes)
            .values(
                team_id=team_id,
                basis=decision.basis,
                evidence=decision.evidence,
                decided_at=values["decided_at"],
            )
        )
        details_changed(self._connection, touched)
        return changed.rowcount

    def decisions(self, country: str | None = None) -> tuple[LinkDecision, ...]:
        """Every decision, in the order in which they were taken."""
        rows = select(link_decisions).order_by(link_decisions.c.id)
        if country is not None:
            rows = rows.where(link_decisions.c.country == country)
        return tuple(_decision(row._asdict()) for row in self._connection.execute(rows))

    def link_matches(self, scope: Scope, preference: Sequence[str]) -> int:
        """Link matches whose sides are linked, unlink others, hand on expected goals; count what changed."""
        return link_matches(self._connection, scope, preference)

    def players_seen(self, competition: str, season: int) -> tuple[PlayerSeen, ...]:
        """Every player who appeared for a linked team, once for each source and team."""
        minutes: dict[tuple[Any, ...], dict[int, int | None]] = {}
        for *who, match, played in self._connection.execute(queries.players(competition, season)):
            told = minutes.setdefault(tuple(who), {})
            if match is not None:
                told[match] = played
        return tuple(PlayerSeen._make((*who, told)) for who, told in minutes.items())

    def link_players(self, pairs: Iterable[tuple[int, int, str]]) -> int:
        """Say which players (first number) are the same as others (second), and why; count them."""
        rows = [{"number": number, "other": other, "reason": basis} for number, other, basis in pairs]
        if rows:
            statement = (
                update(source_players)
                .where(source_players.c.id == bindparam("number"))
                .values(same_as=bindparam("other"), basis=bindparam("reason"))
            )
            self._connection.execute(statement, rows)
        return len(rows)

    def _fixtures(self, rows: Any) -> Iterator[PlayedFixture]:
        for home, away, day, *goals in self._connection.execute(rows):
            yield PlayedFixture(home, away, None if day is None else from_micros(day).date(), *goals)

    def _team_id(self, decision: LinkDecision) -> int | None:
        if decision.team is None:
            return None
        team = (decision.country, decision.team)
        return team_numbers(self._connection, [team])[team]

    def _meant(self, decision: LinkDecision) -> ColumnElement[bool]:
        of = select(competitions.c.id).where(competitions.c.country == decision.country)
        if decision.competition is not None:
            of = of.where(competitions.c.code == decision.competition)
        table = source_teams.c
        meant = (
            (table.source == decision.source) & (table.name == decision.name) & table.competition_id.in_(of)
        )
        return meant if decision.season is None else meant & (table.season == decision.season)


def _decision(row: dict[str, Any]) -> LinkDecision:
    del row["id"]
    return LinkDecision.model_validate(row | {"decided_at": from_micros(row["decided_at"])})
