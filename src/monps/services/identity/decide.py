"""Decide what a name stands for, or take a link back; both are recorded and hold for later seasons too."""

from datetime import datetime
from typing import NamedTuple

from monps.domain.audit import AuditEntry
from monps.domain.base import Noun
from monps.domain.identifiers import Season
from monps.domain.identity import LinkDecision, Scope
from monps.errors import UnknownNameError, UnknownTeam, UsageError
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import PREFERRED_SOURCES
from monps.tables.encode import nearest_names


class NameMeant(NamedTuple):
    """A name of a source, everywhere, or in one competition, or in one season."""

    source: str
    name: str
    competition: str | None = None
    season: Season | None = None


class Decided(Noun):
    """What a decision changed."""

    source: str
    name: str
    team: str | None
    competition: str | None
    season: str | None
    team_seasons: int
    matches_changed: int


def link_team(
    open_work: UnitOfWorkFactory, meant: NameMeant, team: str | None, *, now: datetime, actor: str
) -> Decided:
    """Say which team a name stands for (None: none that one knows), and link its matches anew.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where names are.
    meant : NameMeant
        The name.
    team : str or None
        The team as results know it; None takes the link back, until somebody links the name again.
    now : datetime
        When this is decided.
    actor : str
        Who decides.

    Raises
    ------
    UnknownNameError
        If the source uses no such name.
    UnknownTeam
        If results know no such team in the country.
    UsageError
        If the source uses the name in several countries, and no competition is given.
    """
    with open_work(write=True) as work:
        scopes = _scopes(work, meant)
        country = _country(work, scopes, meant)
        if team is not None:
            _require_team(work, country, team)
        before = _linked(work, scopes, meant.name)
        changed = work.identity.decide(_decision(meant, country, team, now))
        matches = sum(work.identity.link_matches(scope, PREFERRED_SOURCES) for scope in scopes)
        decided = Decided(
            source=meant.source,
            name=meant.name,
            team=team,
            competition=meant.competition,
            season=meant.season.label if meant.season else None,
            team_seasons=changed,
            matches_changed=matches,
        )
        work.audit.append(_event(decided, before, now, actor))
        work.commit()
    return decided


def _scopes(work: UnitOfWork, meant: NameMeant) -> list[Scope]:
    of_source = [scope for scope in work.identity.scopes() if scope.source == meant.source]
    if not of_source:
        known = tuple(sorted({scope.source for scope in work.identity.scopes()}))
        raise UnknownNameError("source with names to link", meant.source, known)
    names: dict[str, list[Scope]] = {}
    for scope in of_source:
        for each in work.identity.source_teams(scope):
            names.setdefault(each.name, []).append(scope)
    found = [
        scope
        for scope in names.get(meant.name, [])
        if meant.competition in {None, scope.competition}
        and (meant.season is None or meant.season.start == scope.season)
    ]
    if not found:
        raise UnknownNameError(
            f"name of {meant.source}", meant.name, nearest_names(meant.name, sorted(names))
        )
    return found


def _country(work: UnitOfWork, scopes: list[Scope], meant: NameMeant) -> str:
    countries = sorted({work.identity.country(scope.competition) for scope in scopes})
    if len(countries) > 1:
        raise UsageError(
            f"{meant.source} uses {meant.name!r} in {' and '.join(countries)}: say which with --competition"
        )
    return countries[0]


def _require_team(work: UnitOfWork, country: str, team: str) -> None:
    known = {
        name
        for competition in work.matches.competitions()
        if competition.country == country
        for name in work.matches.teams(competition.code)
    }
    if team not in known:
        raise UnknownTeam(team, nearest_names(team, sorted(known)))


def _linked(work: UnitOfWork, scopes: list[Scope], name: str) -> str | None:
    teams = {each.team for scope in scopes for each in work.identity.source_teams(scope) if each.name == name}
    return ", ".join(sorted(team for team in teams if team)) or None


def _decision(meant: NameMeant, country: str, team: str | None, now: datetime) -> LinkDecision:
    return LinkDecision(
        decided_at=now,
        source=meant.source,
        country=country,
        competition=meant.competition,
        season=meant.season.start if meant.season else None,
        name=meant.name,
        team=team,
        basis="user",
    )


def _event(decided: Decided, before: str | None, now: datetime, actor: str) -> AuditEntry:
    return AuditEntry(
        occurred_at=now,
        event_type="team.unlinked" if decided.team is None else "team.linked",
        entity_type="source_team",
        entity_id=f"{decided.source}/{decided.name}",
        before={"team": before},
        after=decided.model_dump(mode="json"),
        actor=actor,
    )
