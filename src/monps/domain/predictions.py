"""What we think of a match to be played: chances, expected goals, and a price for every market."""

from typing import Annotated

from pydantic import Field, NonNegativeFloat

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName

Probability = Annotated[float, Field(ge=0, le=1)]


class ForecastRequest(Noun):
    """A fixture to be priced, and the moment from which to look (default: now, or kick-off if earlier)."""

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    kickoff: Moment
    neutral: bool = False
    as_of: Moment | None = None


class ScoreChance(Noun):
    """How likely one final score is."""

    home: int = Field(ge=0)
    away: int = Field(ge=0)
    probability: Probability


class MarketPrice(Noun):
    """The fair price of one selection.

    ``probability`` is the chance to win given that the stake is not returned, so that
    ``probability × fair_odds = 1`` for every selection, those with voids and half-wins too.
    ``fair_odds`` is ``None`` where no finite odds are fair, since the selection cannot win.
    """

    family: str
    line: float | None
    period: str
    selection: str
    probability: Probability
    fair_odds: float | None = Field(default=None, ge=1)


class MatchForecast(Noun):
    """One fixture, seen from one moment by one model.

    ``home_goals`` and ``away_goals`` are expected goals, their ``_error`` the standard errors that come
    from not knowing the teams' strengths exactly. ``matches`` counts the results that the model saw.
    """

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    kickoff: Moment
    neutral: bool = False
    as_of: Moment
    model: str
    matches: int = Field(ge=0)
    data_known_at: Moment | None
    data_age_days: NonNegativeFloat | None
    home_win: Probability
    draw: Probability
    away_win: Probability
    home_goals: NonNegativeFloat
    away_goals: NonNegativeFloat
    home_goals_error: NonNegativeFloat
    away_goals_error: NonNegativeFloat
    scores: tuple[ScoreChance, ...]
    markets: tuple[MarketPrice, ...]
    warnings: tuple[str, ...] = ()
