"""The calendar of a fake store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monps.domain.football import Fixture, Match, Score
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.ports.calendar import CalendarRepository, Glance, Pairings, Stretch, Word
from monps.ports.repositories import StoredFixture, StoredMatch, StoredQuote

if TYPE_CHECKING:
    from fakes import FakeMatchRepository, FakePredictionRepository


class FakeCalendarRepository(CalendarRepository):
    """Chooses from everything that the matches' own repository knows."""

    def __init__(self, matches: "FakeMatchRepository", predictions: "FakePredictionRepository") -> None:
        self.matches, self.predictions = matches, predictions

    def find(self, match_id: int, as_of: datetime) -> StoredMatch | StoredFixture | None:
        """Return a match, with its result if one was known."""
        known: list[StoredMatch | StoredFixture] = [*self.matches.history([], as_of)]
        known += self.matches.fixtures([], as_of)
        return next((each for each in known if each.match_id == match_id), None)

    def words(self, pairings: Pairings) -> Sequence[Word]:
        """Return all that was ever said of some matches, the last word of each last."""
        code, seasons, homes, aways = pairings
        found = []
        for report in self.matches.reports:
            key = report.reported.key
            wanted = key.competition == code and key.season.start in seasons
            if wanted and key.home in homes and key.away in aways and key.meeting == 1:
                who = self.matches.numbers[key], key.season.start, key.home, key.away
                played = isinstance(report.reported, Match)
                found.append(Word(*who, report.known_at, report.reported.kickoff, played))
        return sorted(found, key=lambda word: word.match_id)

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

    def glances(self, match_ids: Sequence[int]) -> Mapping[int, Glance]:
        """Return the latest prediction of each of some matches, by match."""
        latest: dict[int, Glance] = {}
        for short in reversed(self.predictions.page(limit=10_000)):
            found = self.predictions.find(short.prediction_id)
            if found is not None and found.match_id in match_ids:
                latest[short.match_id or 0] = _glance(short, found)
        return latest

    def quotes(self, match_ids: Sequence[int], as_of: datetime) -> Sequence[StoredQuote]:
        """Return quotes for some matches."""
        return [each for each in self.matches.quotes([], as_of) if each.match_id in match_ids]


def _within(stretch: Stretch, fixture: Fixture) -> bool:
    return stretch.start <= fixture.kickoff < stretch.end


def _glance(short: PredictionSummary, found: EnsemblePrediction) -> Glance:
    scores = [
        each
        for each in found.markets
        if (each.family, each.period) == ("correct_score", "full_time") and each.selection[0].isdigit()
    ]
    likeliest = max(scores, key=lambda each: each.probability, default=None)
    if likeliest is None:
        return Glance(short, None)
    home, away = map(int, likeliest.selection.split("-"))
    return Glance(short, (Score(home=home, away=away), likeliest.probability))
