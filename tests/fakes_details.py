"""Details and identities of the outside world, made of dictionaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress

from monps.domain.identity import LinkDecision, PlayedFixture, Scope, SourceTeam
from monps.domain.ingestion import ParsedFile
from monps.domain.moments import to_micros
from monps.ports.details import Columns, DetailChanges, DetailRepository, SourceReport, SourceStanding
from monps.ports.identity import IdentityRepository, PlayerSeen


@dataclass
class FakeDetailRepository(DetailRepository):
    """Files in a list; ``told`` holds the columns that reading answers with, by the method's name."""

    parsed: list[ParsedFile] = field(default_factory=list)
    reports: list[SourceReport] = field(default_factory=list)
    told: dict[str, Columns] = field(default_factory=dict)

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> DetailChanges:  # noqa: ARG002 - a protocol
        """Keep a file; all of it is new."""
        self.parsed.append(parsed)
        details = parsed.details
        counted = (details.sides, details.shots, details.appearances, details.player_seasons)
        return DetailChanges(*map(len, counted))

    def report(self, report: SourceReport) -> None:
        """Keep a report."""
        self.reports.append(report)

    def standings(self) -> Sequence[SourceStanding]:
        """Return nothing: who tests standings needs a database."""
        return ()

    def team_matches(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return what was told of sides."""
        return self._known("team_matches", competitions, as_of, sources)

    def shots(self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()) -> Columns:
        """Return what was told of shots."""
        return self._known("shots", competitions, as_of, sources)

    def appearances(
        self,
        competitions: Sequence[str],
        as_of: datetime,
        sources: Sequence[str] = (),
        *,
        since: datetime | None = None,
    ) -> Columns:
        """Return what was told of appearances."""
        columns = self._known("appearances", competitions, as_of, sources)
        if since is None:
            return columns
        late = [kickoff >= to_micros(since) for kickoff in columns["kickoff"]]
        return {name: list(compress(column, late)) for name, column in columns.items()}

    def player_seasons(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return what was told of seasons."""
        return self._known("player_seasons", competitions, as_of, sources)

    def _known(
        self, name: str, competitions: Sequence[str], as_of: datetime, sources: Sequence[str]
    ) -> Columns:
        columns = self.told.get(name) or _NOTHING_TOLD
        kept = [
            place
            for place, known_at in enumerate(columns["known_at"])
            if known_at <= to_micros(as_of)
            and (not competitions or columns["competition"][place] in competitions)
            and (not sources or columns["source"][place] in sources)
        ]
        return {name: [column[place] for place in kept] for name, column in columns.items()}


_NOTHING_TOLD: Columns = {
    name: []
    for name in (
        *("match_id", "competition", "season", "kickoff", "known_at", "team", "opponent", "is_home"),
        *("player_id", "player", "minute", "source"),
    )
}


@dataclass
class FakeIdentityRepository(IdentityRepository):
    """Names and fixtures in dictionaries; every team linked stands in ``linked``."""

    told: dict[Scope, list[PlayedFixture]] = field(default_factory=dict)
    known: dict[tuple[str, int], list[PlayedFixture]] = field(default_factory=dict)
    seen: dict[tuple[str, int], list[PlayerSeen]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    linked: dict[tuple[Scope, str], tuple[str, str]] = field(default_factory=dict)
    log: list[LinkDecision] = field(default_factory=list)
    same: dict[int, tuple[int, str]] = field(default_factory=dict)

    def scopes(self, *, open_only: bool = False) -> Sequence[Scope]:
        """Return every scope, or those with a name that is not linked."""
        every = sorted(self.told)
        return [
            scope
            for scope in every
            if not open_only or any(each.team is None for each in self.source_teams(scope))
        ]

    def source_teams(self, scope: Scope) -> Sequence[SourceTeam]:
        """Return the names in a scope's fixtures."""
        names = sorted({name for each in self.told[scope] for name in (each.home, each.away)})
        return [SourceTeam(name, *self.linked.get((scope, name), (None, None))) for name in names]

    def source_fixtures(self, scope: Scope) -> Sequence[PlayedFixture]:
        """Return what the source told."""
        return self.told[scope]

    def fixtures(self, competition: str, season: int) -> Sequence[PlayedFixture]:
        """Return what is known."""
        return self.known.get((competition, season), [])

    def country(self, competition: str) -> str:
        """Return what was said of it."""
        return self.countries[competition]

    def decide(self, decision: LinkDecision) -> int:
        """Record a decision and link what it speaks of."""
        self.log.append(decision)
        changed = 0
        for scope in self.told:
            meant = (
                scope.source == decision.source
                and decision.competition in (None, scope.competition)
                and decision.season in (None, scope.season)
                and decision.name in {each.name for each in self.source_teams(scope)}
            )
            if meant:
                changed += 1
                self.linked.pop((scope, decision.name), None)
                if decision.team is not None:
                    self.linked[scope, decision.name] = (decision.team, decision.basis)
        return changed

    def decisions(self, country: str | None = None) -> Sequence[LinkDecision]:
        """Return the log."""
        return [each for each in self.log if country in (None, each.country)]

    def link_matches(self, scope: Scope, preference: Sequence[str]) -> int:  # noqa: ARG002 - a protocol
        """Count the matches whose sides are linked."""
        teams = {each.name: each.team for each in self.source_teams(scope)}
        return sum(teams[each.home] is not None and teams[each.away] is not None for each in self.told[scope])

    def players_seen(self, competition: str, season: int) -> Sequence[PlayerSeen]:
        """Return who was seen."""
        return self.seen.get((competition, season), [])

    def link_players(self, pairs: Iterable[tuple[int, int, str]]) -> int:
        """Remember who is who."""
        new = {number: (other, basis) for number, other, basis in pairs}
        self.same |= new
        return len(new)
