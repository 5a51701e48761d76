"""The calendar as people look at it: what is to be played, what was played, one match by its number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pydantic import NonNegativeFloat

from monps.domain.base import Moment, Noun
from monps.domain.football import Fixture, Score
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.predictions import PredictionSummary, ScoreChance
from monps.errors import MatchNotFoundError
from monps.ports.calendar import Glance, Stretch
from monps.ports.repositories import StoredFixture, StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

MOST_LISTED = 50
_AHEAD = timedelta(days=60)
_FIRST_DAY = datetime(1870, 1, 1, tzinfo=UTC)


class ListedMatch(Noun):
    """A match on the calendar; ``score`` is None until a result is known."""

    match_id: int
    competition: CompetitionCode
    competition_name: str
    season: int
    home: TeamName
    away: TeamName
    kickoff: Moment
    kickoff_known: bool = True
    neutral: bool = False
    score: Score | None = None


class ForecastGlance(Noun):
    """A forecast in short: the likeliest score, and how old the data are now."""

    summary: PredictionSummary
    likeliest: ScoreChance | None
    data_age_days: NonNegativeFloat | None


def list_round(
    open_work: UnitOfWorkFactory,
    competitions: Sequence[str] = (),
    *,
    now: datetime,
    most: int = MOST_LISTED,
) -> tuple[ListedMatch, ...]:
    """Return what is to be played in the next 60 days, by kick-off; failing that, what was played last.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the calendar is read.
    competitions : sequence of str
        Their codes; all if empty.
    now : datetime
        The present.
    most : int
        At most so many matches.
    """
    begun = now - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
    with open_work() as work:
        names = _names(work)
        coming = work.calendar.fixtures(Stretch(competitions, begun, now + _AHEAD), now, most)
        if coming:
            return tuple(listed(each, names) for each in coming)
        played = work.calendar.results(Stretch(competitions, _FIRST_DAY, now), now, most)
        return tuple(listed(each, names) for each in reversed(played))


def list_glances(
    open_work: UnitOfWorkFactory, matches: Sequence[ListedMatch], *, now: datetime
) -> dict[int, ForecastGlance]:
    """Return what was last predicted of each of some matches, where anything was, by match."""
    with open_work() as work:
        found = work.calendar.glances([match.match_id for match in matches])
        codes = {glance.summary.competition for glance in found.values()}
        newest = {code: work.matches.latest_known_at(code) for code in codes}
    return {
        match_id: _glance(each, newest[each.summary.competition], now) for match_id, each in found.items()
    }


def _glance(glance: Glance, newest: datetime | None, now: datetime) -> ForecastGlance:
    likeliest = None
    if glance.likeliest is not None:
        score, chance = glance.likeliest
        likeliest = ScoreChance(home=score.home, away=score.away, probability=chance)
    return ForecastGlance(
        summary=glance.summary,
        likeliest=likeliest,
        data_age_days=None if newest is None else max(now - newest, timedelta(0)) / timedelta(days=1),
    )


def find_match(open_work: UnitOfWorkFactory, match_id: int, *, now: datetime) -> ListedMatch:
    """Return one match by its number.

    Raises
    ------
    MatchNotFoundError
        If there is none.
    """
    with open_work() as work:
        found = work.calendar.find(match_id, now)
        if found is None:
            raise MatchNotFoundError(f"there is no match {match_id} in the store")
        return listed(found, _names(work))


def listed(stored: StoredMatch | StoredFixture, names: dict[str, str]) -> ListedMatch:
    """Put a stored match on the list."""
    played = stored.match if isinstance(stored, StoredMatch) else None
    fixture: Fixture = stored.fixture if isinstance(stored, StoredFixture) else stored.match.fixture
    key = fixture.key
    return ListedMatch(
        match_id=stored.match_id,
        competition=key.competition,
        competition_name=names.get(key.competition, key.competition),
        season=key.season.start,
        home=key.home,
        away=key.away,
        kickoff=fixture.kickoff,
        kickoff_known=fixture.kickoff_known,
        neutral=fixture.neutral,
        score=played.score if played else None,
    )


def _names(work: UnitOfWork) -> dict[str, str]:
    return {competition.code: competition.name for competition in work.matches.competitions()}
