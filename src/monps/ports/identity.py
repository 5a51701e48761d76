"""Which of our teams, matches and players the names of sources stand for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from monps.domain.identity import LinkDecision, PlayedFixture, Scope, SourceTeam


class PlayerSeen(NamedTuple):
    """A player of one source in one team-season: his number there, name, and minutes by match.

    ``same_as`` is the player of another source that he is linked to.
    """

    number: int
    source: str
    name: str
    team: str
    same_as: int | None
    minutes: Mapping[int, int | None]


class IdentityRepository(Protocol):
    """Names as sources write them, and what they are linked to."""

    def scopes(self, *, open_only: bool = False) -> Sequence[Scope]:
        """Every season of a competition that a source tells of; those with anything unlinked, if so asked."""
        ...

    def source_teams(self, scope: Scope) -> Sequence[SourceTeam]:
        """Return the names in a scope, in alphabetical order."""
        ...

    def source_fixtures(self, scope: Scope) -> Sequence[PlayedFixture]:
        """Return the matches of a scope under the source's names."""
        ...

    def fixtures(self, competition: str, season: int) -> Sequence[PlayedFixture]:
        """Return the matches of a season in the store, the last word on each."""
        ...

    def country(self, competition: str) -> str:
        """Where a competition is played."""
        ...

    def decide(self, decision: LinkDecision) -> int:
        """Record a decision, apply it to every team-season it speaks of, and return how many changed."""
        ...

    def decisions(self, country: str | None = None) -> Sequence[LinkDecision]:
        """Every decision, in the order in which they were taken."""
        ...

    def link_matches(self, scope: Scope, preference: Sequence[str]) -> int:
        """Link matches whose sides are linked, unlink others, hand on expected goals; count what changed.

        Where several sources tell expected goals of a match, the first of ``preference`` is believed.
        """
        ...

    def players_seen(self, competition: str, season: int) -> Sequence[PlayerSeen]:
        """Every player who appeared for a linked team, once for each source and team."""
        ...

    def link_players(self, pairs: Iterable[tuple[int, int, str]]) -> int:
        """Say which players (first number) are the same as others (second), and why; count them."""
        ...
