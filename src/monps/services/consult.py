"""Ask the brain about fixtures, from what was known at a moment."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import NamedTuple

from monps.brain.tell import Asked, Telling, tell
from monps.domain.football import Fixture, Match
from monps.domain.identifiers import MatchKey, Season
from monps.domain.moments import to_micros
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.domain.scorers import LineUps
from monps.errors import MonpsError, NotEnoughData, UsageError
from monps.numerics.grid import ScoreGrid
from monps.ports.calendar import Pairings, Stretch, Word
from monps.ports.clock import Clock
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import require_competition, require_teams
from monps.services.keeper import Keeper, Ready, Wanted
from monps.services.predict import viewpoint
from monps.services.prediction_scorers import Learned, PlayersAtHand, with_scorers
from monps.tables.fixtures import fixture_table
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

_READ = ("match_result", "totals", "asian_handicap", "both_teams_to_score")
_NEAR = timedelta(days=2)
"""A match of the store whose day is this near to the one asked for is the one that is meant."""

_PAUSE = timedelta(days=30)
"""A kick-off this long after a season's last match, and in the next one's months, is of the next season."""

_SEASON_BEGINS = 7


class Answer(NamedTuple):
    """A prediction, or why there is none."""

    request: ForecastRequest
    prediction: EnsemblePrediction | None = None
    refusal: MonpsError | None = None

    def require(self) -> EnsemblePrediction:
        """Return the prediction.

        Raises
        ------
        MonpsError
            The refusal, if there is none.
        """
        if self.prediction is None:
            raise self.refusal or NotEnoughData("no agent has anything to go by")
        return self.prediction


@dataclass(frozen=True)
class Consultant:
    """Who asks the brain.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where history is read, and fits are kept.
    keeper : Keeper
        The fitted brains.
    clock : Clock
        The present: the default moment from which one looks, and when a prediction was computed.
    freshness : timedelta
        Data older than this are stale.
    players : PlayersAtHand, optional
        What was learned of players.
    """

    open_work: UnitOfWorkFactory
    keeper: Keeper
    clock: Clock
    freshness: timedelta
    players: PlayersAtHand = field(default_factory=PlayersAtHand)

    def predict(self, request: ForecastRequest) -> EnsemblePrediction:
        """Predict one fixture; nothing is kept but the fits that it took.

        Raises
        ------
        UsageError
            If one would look from after kick-off, or a team plays itself.
        UnknownNameError
            If the competition or a team was never seen.
        NotEnoughData
            If no agent has anything to go by, saying what each of them lacks.
        """
        [answer] = self.predict_all([request])
        return answer.require()

    def predict_all(self, requests: Sequence[ForecastRequest]) -> list[Answer]:
        """Answer for each fixture; those of one competition and moment are asked together."""
        now = self.clock.now()
        groups: dict[tuple[str, datetime], list[int]] = {}
        for place, request in enumerate(requests):
            key = request.competition, request.as_of or min(now, request.kickoff)
            groups.setdefault(key, []).append(place)
        answers: dict[int, Answer] = {}
        for places in groups.values():
            found = self._together([requests[place] for place in places], now)
            answers |= dict(zip(places, found, strict=True))
        return [answers[place] for place in range(len(requests))]

    def prepare(self, competition: str, as_of: datetime) -> Ready:
        """Learn a competition from what was known at a moment, unless a fit that serves is kept.

        Raises
        ------
        UnknownNameError
            If the competition is not in the store.
        NotEnoughData
            If nothing of it was known.
        """
        with self.open_work() as work:
            code = require_competition(work, competition).code
            season = _Seasons(work, code, as_of, ()).under_way()
        return self.keeper.learn(self.open_work, Wanted(code, season, as_of), self.clock.now())

    def again(self, request: ForecastRequest, wanted: Wanted, kept: EnsemblePrediction) -> EnsemblePrediction:
        """Predict a fixture as if nothing had been kept: the fit is learned anew, from the same moment."""
        ready = self.keeper.afresh(self.open_work, wanted, kept.provenance.fitted_as_of)
        with self.open_work() as work:
            fixtures = _fixtures(work, [request], kept.as_of)
            quotes = _quotes(work, fixtures, kept.as_of)
        [answer] = self._from(ready, ([request], fixtures, quotes), kept.as_of, self.clock.now())
        return answer.require()

    def _together(self, requests: Sequence[ForecastRequest], now: datetime) -> list[Answer]:
        try:
            return list(self._answers(requests, now))
        except MonpsError as error:
            if len(requests) == 1:
                return [Answer(requests[0], refusal=error)]
            return [answer for request in requests for answer in self._together([request], now)]

    def _answers(self, requests: Sequence[ForecastRequest], now: datetime) -> Iterator[Answer]:
        as_of = viewpoint(requests[0], now)
        with self.open_work() as work:
            fixtures = _fixtures(work, requests, as_of)
            wanted = Wanted(requests[0].competition, int(fixtures.frame["season"][0]), as_of)
            ready, quotes = self.keeper.find(work, wanted), _quotes(work, fixtures, as_of)
        if ready is None:
            ready = self.keeper.learn(self.open_work, wanted, now)
        self._require_teams(ready, requests)
        yield from self._from(ready, (requests, fixtures, quotes), as_of, now)

    def _from(
        self,
        ready: Ready,
        asked: tuple[Sequence[ForecastRequest], MatchTable, QuoteTable],
        as_of: datetime,
        now: datetime,
    ) -> Iterator[Answer]:
        requests, fixtures, quotes = asked
        consensus = ready.fitted.consult(fixtures, quotes)
        made = consensus.made
        spoken = fixtures if made.all() else MatchTable(fixtures.frame.filter(made))
        told = Asked(ready.fitted, spoken, quotes, consensus.of(made))
        telling = Telling(as_of, now, self.freshness, self.keeper.spec_hash, ready.data_version)
        predictions = iter(enumerate(tell(told, telling, _names(telling, spoken))))
        for place, request in enumerate(requests):
            if made[place]:
                spoken_place, prediction = next(predictions)
                grid = told.consensus.grid[spoken_place]
                yield Answer(request, self._completed(prediction, request.line_ups, grid))
            else:
                lacking = "; ".join(f"{name}: {why}" for name, why in consensus.silence(place).items())
                yield Answer(request, refusal=NotEnoughData(f"no agent has anything to go by: {lacking}"))

    def _completed(
        self, prediction: EnsemblePrediction, line_ups: LineUps | None, grid: ScoreGrid
    ) -> EnsemblePrediction:
        """Say who scores, if that is wanted: players are seen from the moment from which the brain looks."""
        if line_ups is None:
            return prediction
        told = prediction.provenance
        wanted = Learned(prediction.competition, told.fitted_as_of, told.data_version)
        find = partial(self.players.find, self.open_work, wanted)
        return with_scorers(prediction, grid, find, line_ups, freshness=self.freshness)

    def _require_teams(self, ready: Ready, requests: Sequence[ForecastRequest]) -> None:
        """Refuse a team that neither the fit nor the country's other competitions know."""
        sides = {name for request in requests for name in (request.home, request.away)}
        strangers = [name for name in sorted(sides) if not ready.fitted.seen(name)]
        if strangers:
            with self.open_work() as work:
                require_teams(work, require_competition(work, requests[0].competition), strangers)


def _fixtures(work: UnitOfWork, requests: Sequence[ForecastRequest], as_of: datetime) -> MatchTable:
    """Set the fixtures out, with the store's numbers of those that it knows."""
    code = require_competition(work, requests[0].competition).code
    seasons = _Seasons(work, code, as_of, requests)
    fixtures: list[Fixture] = []
    numbers: list[int] = []
    for request in requests:
        if request.home == request.away:
            raise UsageError(f"{request.home} cannot play itself")
        season, number = seasons.of(request)
        key = MatchKey(competition=code, season=Season(start=season), home=request.home, away=request.away)
        fixtures.append(Fixture(key=key, kickoff=request.kickoff, neutral=request.neutral))
        numbers.append(-1 - len(numbers) if number is None else number)
    return fixture_table(fixtures, numbers, [request.referee for request in requests])


class _Seasons:
    """Finds fixtures' seasons, and their numbers if the store has them; it is asked once for all of them."""

    def __init__(
        self, work: UnitOfWork, code: str, as_of: datetime, requests: Sequence[ForecastRequest]
    ) -> None:
        self._work, self._code, self._as_of = work, code, as_of
        self._words: dict[tuple[int, str, str], list[Word]] = {}
        for word in self._said(requests):
            self._words.setdefault((word.season, word.home, word.away), []).append(word)

    def of(self, request: ForecastRequest) -> tuple[int, int | None]:
        usual = _usual(request.kickoff)
        for season in (usual, usual - 1):
            number = self._number(request, season)
            if number is not None:
                return season, number
        return self._guess(request.kickoff, usual), None

    def under_way(self) -> int:
        """Return the season of a match that would be played now."""
        return self._guess(self._as_of, _usual(self._as_of))

    def _said(self, requests: Sequence[ForecastRequest]) -> Sequence[Word]:
        if not requests:
            return ()
        usual = {_usual(request.kickoff) for request in requests}
        seasons = sorted(usual | {season - 1 for season in usual})
        homes, aways = ({getattr(each, side) for each in requests} for side in ("home", "away"))
        return self._work.calendar.words(Pairings(self._code, seasons, sorted(homes), sorted(aways)))

    def _number(self, request: ForecastRequest, season: int) -> int | None:
        """Return the number of a match that is, or was, to be played about then; when it was is no secret."""
        moment = max(request.kickoff + 2 * _NEAR, self._as_of)
        words = self._words.get((season, request.home, request.away), ())
        known = [word for word in words if word.known_at <= moment]
        if not known or (not known[-1].played and any(word.played for word in known)):
            return None
        return known[-1].match_id if abs(known[-1].kickoff - request.kickoff) <= _NEAR else None

    def _guess(self, kickoff: datetime, usual: int) -> int:
        """Take the season under way, unless that is over; a season may end late."""
        last = self._last
        if last and usual > last.key.season.start and kickoff - last.kickoff < _PAUSE:
            return last.key.season.start
        return usual

    @cached_property
    def _last(self) -> Match | None:
        recent = Stretch([self._code], self._as_of - timedelta(days=400), self._as_of)
        return next((each.match for each in self._work.calendar.results(recent, self._as_of, 1)), None)


def _usual(moment: datetime) -> int:
    return moment.year - (moment.month < _SEASON_BEGINS)


def _quotes(work: UnitOfWork, fixtures: MatchTable, as_of: datetime) -> QuoteTable:
    """Return all that is quoted on the fixtures that the store has."""
    numbers = [number for number in fixtures.frame["match_id"].to_list() if number >= 0]
    return QuoteTable.from_columns(work.matches.quotes_on(numbers, as_of, _READ))


def _names(telling: Telling, fixtures: MatchTable) -> list[str]:
    """Name each prediction by all that decided it: who computes the same thing again, names it the same."""
    about = f"{telling.spec_hash} {telling.data_version} {to_micros(telling.as_of)}"
    told = ("competition", "home", "away", "kickoff", "neutral")
    rows = zip(*(fixtures.frame[name].to_list() for name in told), strict=True)
    texts = (f"{about} {to_micros(telling.computed_at)} {row}" for row in rows)
    return [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
