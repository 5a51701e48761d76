"""Single matches and short stretches of the calendar, for whoever shows them rather than learns from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.football import Score
from monps.domain.predictions import PredictionSummary
from monps.ports.repositories import StoredFixture, StoredMatch, StoredQuote


class Stretch(NamedTuple):
    """Which part of the calendar: some competitions (all if empty), from one moment to before another."""

    competitions: Sequence[str]
    start: datetime
    end: datetime


class Glance(NamedTuple):
    """What one sees of a match's latest prediction at a glance.

    ``likeliest`` is the likeliest final score with its chance.
    """

    summary: PredictionSummary
    likeliest: tuple[Score, float] | None


class Pairings(NamedTuple):
    """Matches of a competition in some seasons: any of some sides at home, against any of others."""

    competition: str
    seasons: Sequence[int]
    homes: Sequence[str]
    aways: Sequence[str]


class Word(NamedTuple):
    """One revision of a match: what was said of it, and when that became known."""

    match_id: int
    season: int
    home: str
    away: str
    known_at: datetime
    kickoff: datetime
    played: bool


class CalendarRepository(Protocol):
    """Matches by number, day or team, seen as they were known at a moment."""

    def find(self, match_id: int, as_of: datetime) -> StoredMatch | StoredFixture | None:
        """Return a match, with its result if one was known; None if nothing was known of it."""
        ...

    def words(self, pairings: Pairings) -> Sequence[Word]:
        """Return all that was ever said of some matches, the last word of each last; first meetings alone."""
        ...

    def fixtures(self, stretch: Stretch, as_of: datetime, limit: int) -> Sequence[StoredFixture]:
        """Return matches of which no result was known, the earliest first."""
        ...

    def results(self, stretch: Stretch, as_of: datetime, limit: int) -> Sequence[StoredMatch]:
        """Return matches of which a result was known, the latest first."""
        ...

    def results_of(self, team: str, stretch: Stretch, as_of: datetime) -> Sequence[StoredMatch]:
        """Return one team's matches of which a result was known, the earliest first."""
        ...

    def glances(self, match_ids: Sequence[int]) -> Mapping[int, Glance]:
        """Return the latest prediction of each of some matches, where there is one, by match."""
        ...

    def quotes(self, match_ids: Sequence[int], as_of: datetime) -> Sequence[StoredQuote]:
        """Return quotes for some matches, by match, in the order in which they became known."""
        ...
