"""Who is meant by a name, and why we think so."""

from datetime import date
from typing import Literal, NamedTuple

from monps.domain.base import Moment, Noun

Basis = Literal["name", "alias", "fixtures", "user"]
"""Why a name is linked: it is the same but for accents; it is in the list of aliases; the same fixtures on
the same days with the same scores prove it; or somebody decided."""


class Scope(NamedTuple):
    """One season of a competition as one source tells of it."""

    source: str
    competition: str
    season: int


class SourceTeam(NamedTuple):
    """A name in a scope, and the team that it is linked to."""

    name: str
    team: str | None
    basis: str | None


class PlayedFixture(NamedTuple):
    """Who met whom on which day, and how it ended; what is not known is None."""

    home: str
    away: str
    day: date | None
    home_goals: int | None
    away_goals: int | None


class LinkDecision(Noun):
    """One decision about a name; a ``team`` of None takes a link back.

    ``competition`` and ``season`` are None where it holds for all of them.
    """

    decided_at: Moment
    source: str
    country: str
    competition: str | None = None
    season: int | None = None
    name: str
    team: str | None
    basis: Basis
    evidence: str = ""


class UnlinkedTeam(Noun):
    """A name that is not linked, and the teams it may mean, best first."""

    source: str
    competition: str
    season: int
    name: str
    suggestions: tuple[str, ...] = ()
    reason: str = ""


class LinkReport(Noun):
    """What resolving names did."""

    scopes: int = 0
    teams_linked: int = 0
    matches_linked: int = 0
    players_linked: int = 0
    unlinked: tuple[UnlinkedTeam, ...] = ()
