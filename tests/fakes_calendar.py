"""The calendar of a fake store."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monps.domain.football import Fixture
from monps.ports.calendar import CalendarRepository, Stretch
from monps.ports.repositories import StoredFixture, StoredMatch, StoredQuote

if TYPE_CHECKING:
    from fakes import FakeMatchRepository


class FakeCalendarRepository(CalendarRepository):
    """Chooses from everything that the matches' own repository knows."""

    def __init__(self, matches: "FakeMatchRepository") -> None:
        self.matches = matches

    def find(self, match_id: int, as_of: datetime) -> StoredMatch | StoredFixture | None:
        """Return a match, with its result if one was known."""
        known = (*self.matches.history([], as_of), *self.matches.fixtures([], as_of))
        return next((each for each in known if each.match_id == match_id), None)

    def fixtures(self, stretch: Stretch, as_of: datetime, limit: int) -> Sequence[StoredFixture]:
        """Return matches of which no result was known, the earliest first."""
        known = self.matches.fixtures(stretch.competitions, as_of)
        return [each for each in known if _within(stretch, each.fixture)][:limit]

    def results(self, stretch: Stretch, as_of: datetime, limit: int) -> Sequence[StoredMatch]:
        """Return matches of which a result was known, the latest first."""
        known = self.matches.history(stretch.competitions, as_of)
        chosen = [each for each in known if _within(stretch, each.match.fixture)]
        return sorted(chosen, key=lambda each: (-each.match.kickoff.timestamp(), each.match_id))[:limit]

    def results_of(self, team: str, stretch: Stretch, as_of: datetime) -> Sequence[StoredMatch]:
        """Return one team's matches of which a result was known, the earliest first."""
        known = self.matches.history(stretch.competitions, as_of)
        return [
            each
            for each in known
            if _within(stretch, each.match.fixture) and team in {each.match.key.home, each.match.key.away}
        ]

    def quotes(self, match_ids: Sequence[int], as_of: datetime) -> Sequence[StoredQuote]:
        """Return quotes for some matches."""
        return [each for each in self.matches.quotes([], as_of) if each.match_id in match_ids]


def _within(stretch: Stretch, fixture: Fixture) -> bool:
    return stretch.start <= fixture.kickoff < stretch.end
