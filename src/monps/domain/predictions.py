"""What we think of a match to be played: chances, expected goals, and a price for every market."""

from typing import Self

from pydantic import Field, NonNegativeFloat, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.opinions import (
    TOLERANCE,
    AgentOpinion,
    ConfidenceLevel,
    DataQuality,
    Probability,
    Provenance,
    Triple,
    agreement_of,
    aleatoric_variance_of,
    confidence_level,
    data_quality,
    epistemic_variance_of,
)
from monps.domain.price_list import OVERLAPPING, MarketPrediction, PriceList
from monps.domain.scorers import LineUps, ScorerForecast

__all__ = [
    "OVERLAPPING",
    "EnsemblePrediction",
    "ForecastRequest",
    "MarketPrediction",
    "MatchForecast",
    "PredictionSummary",
    "PriceList",
    "Probability",
    "QuotedEdge",
    "ScoreChance",
]


class ForecastRequest(Noun):
    """A fixture to be priced, and the moment from which to look (default: now, or kick-off if earlier).

    ``line_ups`` are given where its scorers are wanted, too: those that are known, or none of them.
    """

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    kickoff: Moment
    neutral: bool = False
    referee: str | None = None
    as_of: Moment | None = None
    line_ups: LineUps | None = None


class ScoreChance(Noun):
    """How likely one final score is."""

    home: int = Field(ge=0)
    away: int = Field(ge=0)
    probability: Probability


class QuotedEdge(Noun):
    """One bookmaker's odds on a selection, beside our price of it.

    ``fair_implied`` is the chance that the book gives it once its margin is removed.
    """

    family: str
    line: float | None
    period: str
    selection: str
    bookmaker: str
    odds: float = Field(gt=1)
    probability: Probability
    fair_implied: Probability

    @property
    def implied(self) -> float:
        """``1 / odds``, margin included."""
        return 1.0 / self.odds

    @property
    def edge(self) -> float:
        """``p`` less the book's own fair chance."""
        return self.probability - self.fair_implied

    @property
    def expected_value(self) -> float:
        """``p · odds − 1``: of a unit stake, where it cannot be returned."""
        return self.probability * self.odds - 1.0


class EnsemblePrediction(Noun):
    """One fixture, seen from one moment by all agents together.

    ``voices`` moved the pool, but are single ratings and no opinions: nothing else is computed from them.
    ``agreement`` is 1 less the largest total-variation distance between a speaking member's chances of
    home win, draw and away win and the pool's. ``epistemic_variance`` is the members' variance about their
    mean, summed over the three; ``aleatoric_variance`` their mean of ``Σ p (1 − p)``. ``confidence_score`` is
    ``agreement × (1 + data_quality_score) / 2`` unless somebody set it by hand. ``home_goals`` and
    ``away_goals`` are expected goals, their ``_error`` standard errors. ``matches`` counts the results of the
    competition that the agents saw. ``scorers`` share the goals of the same grid among the players, where
    that was asked for: then ``line_ups`` are those that were told.
    """

    prediction_id: str
    match_id: int | None = None
    competition: CompetitionCode
    season: int
    home: TeamName
    away: TeamName
    kickoff: Moment
    neutral: bool = False
    referee: str | None = None
    as_of: Moment
    computed_at: Moment
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
    members: tuple[AgentOpinion, ...] = Field(min_length=1)
    voices: tuple[AgentOpinion, ...] = ()
    agreement: float = Field(ge=0, le=1)
    epistemic_variance: NonNegativeFloat
    aleatoric_variance: NonNegativeFloat
    confidence_score: float = Field(ge=0, le=1)
    confidence_level: ConfidenceLevel
    data_quality_score: float = Field(ge=0, le=1)
    data_quality: DataQuality
    scores: tuple[ScoreChance, ...]
    markets: PriceList
    edges: tuple[QuotedEdge, ...] = ()
    line_ups: LineUps | None = None
    scorers: ScorerForecast | None = None
    contributing_factors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    provenance: Provenance

    @property
    def outcomes(self) -> Triple:
        """Chances of home win, draw and away win."""
        return self.home_win, self.draw, self.away_win

    @property
    def speakers(self) -> tuple[AgentOpinion, ...]:
        """The members that did not abstain."""
        return tuple(member for member in self.members if not member.abstained)

    @property
    def weights(self) -> dict[str, float]:
        """Each member's and voice's weight in the pool; 0 for those who abstain."""
        return {each.agent: each.weight for each in (*self.members, *self.voices)}

    def to_json(self) -> bytes:
        """Write all of it as pydantic does; the list of prices, most of it, at a third of the cost."""
        head = self.model_dump_json(include=_BEFORE_MARKETS).encode()
        tail = self.model_dump_json(include=_AFTER_MARKETS).encode()
        return b'%b,"markets":%b,%b' % (head[:-1], self.markets.to_json(), tail[1:])

    @model_validator(mode="after")
    def _follows_from_members(self) -> Self:
        said = [member.outcomes for member in self.members if member.outcomes is not None]
        if not said:
            raise ValueError("all agents abstain: there is nothing to predict from")
        for name, value, found in (
            ("agreement", self.agreement, agreement_of(self.outcomes, said)),
            ("epistemic_variance", self.epistemic_variance, epistemic_variance_of(said)),
            ("aleatoric_variance", self.aleatoric_variance, aleatoric_variance_of(said)),
        ):
            if abs(value - found) > TOLERANCE:
                raise ValueError(f"{name} is {value!r}; the members make it {found!r}")
        return self

    @model_validator(mode="after")
    def _scorers_are_of_this_match(self) -> Self:
        found = self.scorers
        if found is None:
            return self
        if self.line_ups is None:
            raise ValueError("scorers come with the line-ups that were told, if only none")
        if (found.competition, found.home, found.away) != (self.competition, self.home, self.away):
            raise ValueError(f"the scorers are of {found.home} - {found.away}")
        return self

    @model_validator(mode="after")
    def _words_fit_numbers(self) -> Self:
        if self.confidence_level != confidence_level(self.confidence_score):
            raise ValueError(f"confidence {self.confidence_score!r} is not {self.confidence_level}")
        if self.data_quality != data_quality(self.data_quality_score):
            raise ValueError(f"data quality {self.data_quality_score!r} is not {self.data_quality}")
        return self

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if abs(sum(self.outcomes) - 1.0) > TOLERANCE:
            raise ValueError(f"home win, draw and away win sum to {sum(self.outcomes)!r}, not to 1")
        for market, total in self.markets.sums().items():
            if abs(total - 1.0) > TOLERANCE:
                raise ValueError(f"the chances of {market} sum to {total!r}, not to 1")
        return self


_FIELDS = tuple(EnsemblePrediction.model_fields)
_BEFORE_MARKETS = set(_FIELDS[: _FIELDS.index("markets")])
_AFTER_MARKETS = set(_FIELDS[_FIELDS.index("markets") + 1 :])


class PredictionSummary(Noun):
    """A prediction in short, as lists show it."""

    prediction_id: str
    match_id: int | None
    competition: CompetitionCode
    season: int
    home: TeamName
    away: TeamName
    kickoff: Moment
    neutral: bool
    as_of: Moment
    computed_at: Moment
    model: str
    home_win: Probability
    draw: Probability
    away_win: Probability
    home_goals: NonNegativeFloat
    away_goals: NonNegativeFloat
    agreement: float = Field(ge=0, le=1)
    confidence_score: float = Field(ge=0, le=1)
    confidence_level: ConfidenceLevel
    data_quality: DataQuality
    revision: int = Field(ge=1)


class MatchForecast(Noun):
    """One fixture, seen from one moment by one model alone.

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
    markets: tuple[MarketPrediction, ...]
    warnings: tuple[str, ...] = ()
