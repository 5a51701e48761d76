"""The calendar as people look at it: what is to be played, what was played, one match by its number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pydantic import NonNegativeFloat

from monps.domain.base import Moment, Noun
from monps.domain.football import Fixture, Score
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.market import Selection
from monps.domain.predictions import PredictionSummary, ScoreChance
from monps.domain.risk import Odds
from monps.errors import MatchNotFoundError
from monps.ports.calendar import Glance, Stretch
from monps.ports.repositories import StoredFixture, StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.staking.value import ValueRule

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


class BestOffer(Noun):
    """The best of what bookmakers offered, by expected value."""

    family: str
    line: float | None
    period: str
    selection: str
    odds: Odds
    expected_value: float


class ForecastGlance(Noun):
    """A forecast in short: the likeliest score, how old the data are now, and the best offer worth a look."""

    summary: PredictionSummary
    likeliest: ScoreChance | None
    data_age_days: NonNegativeFloat | None
    best: BestOffer | None


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
        best=best_offer(glance.offers),
    )


def best_offer(offers: Sequence[tuple[Selection, float, float]]) -> BestOffer | None:
    """Return the offer with the highest expected value, if that clears what the usual rule asks for.

    Parameters
    ----------
    offers : sequence of tuple
        What is backed, our chance of it, and the odds.

    Examples
    --------
    >>> from monps.domain.market import MarketKey
    >>> home = Selection(MarketKey("match_result"), "home")
    >>> best_offer([(home, 0.5, 2.2)]).expected_value, best_offer([(home, 0.5, 2.0)])
    (0.1, None)
    """
    valued = [(chance * odds - 1.0, backed, odds) for backed, chance, odds in offers]
    value, backed, odds = max(valued, key=lambda each: each[0], default=(0.0, None, 0.0))
    if backed is None or value <= ValueRule().least_value:
        return None
    key = backed.market
    return BestOffer(
        family=key.family,
        line=key.line,
        period=key.period,
        selection=backed.name,
        odds=odds,
        expected_value=value,
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
