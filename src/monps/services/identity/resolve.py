"""Resolve names: decide what each stands for where that is certain, and say what is not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import structlog

from monps.domain.identity import Basis, LinkDecision, LinkReport, Scope, UnlinkedTeam
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import PREFERRED_SOURCES
from monps.services.identity.aliases import known_names
from monps.services.identity.evidence import Result, agreement, proven, results_of
from monps.services.identity.names import fold
from monps.services.identity.players import link_players

_log = structlog.get_logger()

_SUGGESTED, _LEAST_LIKENESS = 3, 55.0


class Verdict(NamedTuple):
    """What a name stands for, and why; or, without a team, why that is not known."""

    name: str
    team: str | None
    basis: Basis | None
    reason: str


def resolve_names(open_work: UnitOfWorkFactory, at: datetime, told_anew: Iterable[Scope] = ()) -> LinkReport:
    """Link the names, matches and players of all scopes in which something is open, or told anew.

    Each scope is a transaction of its own. A name is linked if it is the same as a team's but for accents
    and punctuation, if it is in the list of aliases, or if fixtures prove it; in every case fixtures must
    not contradict it. Otherwise it stays open, with suggestions, until somebody decides.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where names are.
    at : datetime
        When this is decided.
    told_anew : iterable of Scope, optional
        Where a source has just said something: what is linked there already may gain by it.

    Returns
    -------
    LinkReport
        What was linked, and what is open in seasons of which there are results.
    """
    with open_work() as work:
        wanted = sorted({*work.identity.scopes(open_only=True), *told_anew})
    teams = matches = players = 0
    unlinked: list[UnlinkedTeam] = []
    for scope in wanted:
        with open_work(write=True) as work:
            known = results_by_team(work, scope)
            if not known:
                continue
            linked, still_open = _resolve(work, scope, known, at)
            teams += linked
            unlinked += still_open
            matches += work.identity.link_matches(scope, PREFERRED_SOURCES)
            work.commit()
    for competition, season in sorted({(scope.competition, scope.season) for scope in wanted}):
        with open_work(write=True) as work:
            players += link_players(work, competition, season)
            work.commit()
    report = LinkReport(
        scopes=len(wanted),
        teams_linked=teams,
        matches_linked=matches,
        players_linked=players,
        unlinked=tuple(unlinked),
    )
    _log.info("names resolved", **report.model_dump(exclude={"unlinked"}), unlinked=len(unlinked))
    return report


def results_by_team(work: UnitOfWork, scope: Scope) -> dict[str, list[Result]]:
    """Return every team of a scope's season in the store with its results."""
    fixtures = work.identity.fixtures(scope.competition, scope.season)
    known: dict[str, list[Result]] = {fixture.home: [] for fixture in fixtures}
    known |= {fixture.away: [] for fixture in fixtures}
    return known | results_of(fixtures)


def _resolve(
    work: UnitOfWork, scope: Scope, known: Mapping[str, Sequence[Result]], at: datetime
) -> tuple[int, list[UnlinkedTeam]]:
    country = work.identity.country(scope.competition)
    names = work.identity.source_teams(scope)
    taken = {each.team for each in names if each.team}
    wanted = [each.name for each in names if each.team is None]
    told = results_of(work.identity.source_fixtures(scope)) if wanted else {}
    decided = _standing(work, scope, country)
    linked, still_open = 0, []
    for found in _verdicts(wanted, country, told, known):
        verdict = decided.get(found.name, found)
        if verdict.team is None or (verdict.basis == "fixtures" and verdict.team in taken):
            still_open.append(_unlinked(scope, verdict, known))
            continue
        taken.add(verdict.team)
        linked += work.identity.decide(_decision(scope, country, verdict, at))
    return linked, still_open


def _verdicts(
    wanted: Sequence[str],
    country: str,
    told: Mapping[str, Sequence[Result]],
    known: Mapping[str, Sequence[Result]],
) -> Iterator[Verdict]:
    same = {fold(team): team for team in known}
    aliases = known_names(country)
    for name in wanted:
        folded, results = fold(name), told.get(name, ())
        basis: Basis = "name" if folded in same else "alias"
        team = same.get(folded) or aliases.get(folded)
        if team is None or team not in known:
            found = proven(results, known)
            yield (
                Verdict(name, found[0], "fixtures", str(found[1]))
                if found
                else Verdict(name, None, None, _why_not(team))
            )
            continue
        agreed = agreement(results, known[team])
        if agreed.contradicts:
            yield Verdict(name, None, None, f"it should be {team}, but only {agreed}")
        else:
            yield Verdict(name, team, basis, str(agreed) if agreed.of else "")


def _why_not(team: str | None) -> str:
    if team is None:
        return "no team is called so, and fixtures prove nothing"
    return f"it should be {team}, of whom there are no results in this season"


def _standing(work: UnitOfWork, scope: Scope, country: str) -> dict[str, Verdict]:
    """Return what somebody decided about names of this scope; the last word counts."""
    return {
        each.name: Verdict(each.name, each.team, "user", each.evidence or "somebody took the link back")
        for each in work.identity.decisions(country)
        if each.basis == "user"
        and each.source == scope.source
        and each.competition in (None, scope.competition)
        and each.season in (None, scope.season)
    }


def _decision(scope: Scope, country: str, verdict: Verdict, at: datetime) -> LinkDecision:
    return LinkDecision(
        decided_at=at,
        source=scope.source,
        country=country,
        competition=scope.competition,
        season=scope.season,
        name=verdict.name,
        team=verdict.team,
        basis=verdict.basis or "user",
        evidence=verdict.reason,
    )


def _unlinked(scope: Scope, verdict: Verdict, known: Iterable[str]) -> UnlinkedTeam:
    return UnlinkedTeam(
        source=scope.source,
        competition=scope.competition,
        season=scope.season,
        name=verdict.name,
        suggestions=suggest(verdict.name, known),
        reason=verdict.reason if verdict.team is None else f"{verdict.team} is taken by another name",
    )


def suggest(name: str, teams: Iterable[str]) -> tuple[str, ...]:
    """Return the teams whose names look most like a name, best first: to be shown, never to be acted upon."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only who has something open needs it

    found = process.extract(
        fold(name), {team: fold(team) for team in teams}, scorer=fuzz.ratio, limit=_SUGGESTED
    )
    return tuple(team for _, likeness, team in found if likeness >= _LEAST_LIKENESS)
