"""Profiles of teams, and what is known before a match of two of them."""

import math
from datetime import datetime, timedelta

from monps.dna import DIMENSIONS
from monps.dna.measures import Measures
from monps.dna.nouns import team_dnas
from monps.dna.profile import form, league_profiles
from monps.domain.features import Differential, Friction, MatchFeatures, TeamDNA, TeamFeatures
from monps.errors import UnknownTeam, UsageError
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.history import require_competition
from monps.services.measures import gather
from monps.tables.encode import nearest_names

RECENT = 5
_MONTH = timedelta(days=30)
_SPARE = 20
"""So many matches cover a month, whatever the calendar."""


def league_dna(
    open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime, now: datetime
) -> tuple[TeamDNA, ...]:
    """Return the DNA of every team of a competition, as known at a moment, by name.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read.
    competition : str
        Its code.
    as_of : datetime
        The moment.
    now : datetime
        The present.

    Raises
    ------
    UnknownNameError
        If the competition is not in the store.
    NotEnoughData
        If nothing of it was known.
    """
    code, measures = _gathered(open_work, competition, as_of=as_of, now=now)
    return profiles_in(measures, code, as_of, None)


def team_dna(
    open_work: UnitOfWorkFactory, competition: str, team: str, *, as_of: datetime, now: datetime
) -> TeamDNA:
    """Return one team's DNA; see ``league_dna``.

    Raises
    ------
    UnknownTeam
        If it does not play in the competition's season, with the nearest names.
    """
    code, measures = _gathered(open_work, competition, as_of=as_of, now=now)
    return profiles_in(measures, code, as_of, (team,))[0]


def team_features(
    open_work: UnitOfWorkFactory, competition: str, team: str, *, as_of: datetime, now: datetime
) -> TeamFeatures:
    """Return a team's DNA with its calendar and its last matches.

    Raises
    ------
    UnknownNameError, NotEnoughData
        As ``league_dna``.
    UnknownTeam
        As ``team_dna``.
    """
    code, measures = _gathered(open_work, competition, as_of=as_of, now=now)
    return _features(measures, profiles_in(measures, code, as_of, (team,))[0])


def match_features(  # noqa: PLR0913 - a match, and from where one looks
    open_work: UnitOfWorkFactory,
    competition: str,
    home: str,
    away: str,
    *,
    as_of: datetime,
    now: datetime,
    match_id: int | None = None,
    friction: Friction | None = None,
) -> MatchFeatures:
    """Return what is known of both sides before their match, and how they differ.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read.
    competition, home, away : str
        The competition's code and the teams' names.
    as_of : datetime
        The moment.
    now : datetime
        The present.
    match_id : int, optional
        The match's number in the store.
    friction : Friction, optional
        What ``services.friction`` says of the two.

    Raises
    ------
    UsageError
        If a team would play itself.
    UnknownNameError, NotEnoughData
        As ``league_dna``.
    UnknownTeam
        As ``team_dna``.
    """
    code, measures = _gathered(open_work, competition, as_of=as_of, now=now)
    found = compare_teams(measures, (code, home, away), as_of=as_of)
    return found.model_copy(update={"match_id": match_id, "friction": friction})


def compare_teams(measures: Measures, of: tuple[str, str, str], *, as_of: datetime) -> MatchFeatures:
    """Compare two teams by what was counted; see ``match_features``.

    Parameters
    ----------
    measures : Measures
        Of the competition, as known at the moment.
    of : tuple of str
        The competition's code, the home and the away team.
    as_of : datetime
        The moment.

    Raises
    ------
    UsageError
        If a team would play itself.
    UnknownTeam
        As ``team_dna``.
    """
    code, home, away = of
    if home == away:
        raise UsageError(f"{home} cannot play itself")
    profiles = {dna.team: dna for dna in profiles_in(measures, code, as_of, (home, away))}
    sides = [_features(measures, profiles[team]) for team in (home, away)]
    return MatchFeatures(
        competition=code,
        as_of=as_of,
        home=sides[0],
        away=sides[1],
        differentials=tuple(_differentials(sides[0].dna, sides[1].dna)),
    )


def profiles_in(
    measures: Measures, competition: str, as_of: datetime, teams: tuple[str, ...] | None = None
) -> tuple[TeamDNA, ...]:
    """Return the DNA of some teams, or of all, from what was counted.

    Raises
    ------
    UnknownTeam
        As ``team_dna``.
    """
    profiles = league_profiles(measures, tuple(DIMENSIONS.values()), as_of)
    for team in teams or ():
        if team not in profiles.teams:
            raise UnknownTeam(team, nearest_names(team, sorted(profiles.teams)))
    return team_dnas(profiles, competition, as_of, teams)


def _gathered(
    open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime, now: datetime
) -> tuple[str, Measures]:
    with open_work() as work:
        code = require_competition(work, competition).code
    return code, gather(open_work, code, as_of=as_of, now=now)


def _features(measures: Measures, dna: TeamDNA) -> TeamFeatures:
    last = form(measures, dna.team, _SPARE).rows(named=True)
    recent = last[:RECENT]
    n = max(len(recent), 1)
    points = sum(_points(row["goals_for"] - row["goals_against"]) for row in recent)
    return TeamFeatures(
        dna=dna,
        rest_days=(dna.as_of - last[0]["kickoff"]) / timedelta(days=1) if last else None,
        matches_in_30_days=sum(row["kickoff"] > dna.as_of - _MONTH for row in last),
        recent=len(recent),
        points=points / n if recent else None,
        goals_for=sum(row["goals_for"] for row in recent) / n if recent else None,
        goals_against=sum(row["goals_against"] for row in recent) / n if recent else None,
    )


def _points(margin: int) -> int:
    return 3 if margin > 0 else int(margin == 0)


def _differentials(home: TeamDNA, away: TeamDNA) -> list[Differential]:
    """Return how the two differ in all that is known of both, the greatest difference first."""
    pairs = [(own, away.dimension(own.dimension)) for own in home.dimensions]
    told = [
        Differential(
            dimension=own.dimension,
            value=own.z - other.z,
            standard_error=math.hypot(own.z_error or 0.0, other.z_error or 0.0),
        )
        for own, other in pairs
        if other is not None and own.z is not None and other.z is not None
    ]
    return sorted(told, key=lambda each: -abs(each.value))
