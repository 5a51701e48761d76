"""What single agents say, and what follows from several of them: agreement, spread, confidence."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeFloat, model_validator

from monps.domain.base import Moment, Noun

Probability = Annotated[float, Field(ge=0, le=1)]
ConfidenceLevel = Literal["very_high", "high", "medium", "low"]
DataQuality = Literal["excellent", "good", "fair", "poor"]
Triple = tuple[float, float, float]
"""Chances of home win, draw, away win."""

TOLERANCE = 1e-9
_LEVELS: tuple[tuple[float, ConfidenceLevel], ...] = ((0.85, "very_high"), (0.70, "high"), (0.50, "medium"))
_GOOD, _FAIR = 0.8, 0.6


class AgentOpinion(Noun):
    """One agent's own view of a fixture, and what it counted in the pool.

    An agent that abstains says why in ``reasons``, has no chances and no weight. ``home_goals_error`` and
    ``away_goals_error`` are standard errors of the expected goals. ``quality`` is the share of what the agent
    would like to know that it knew. ``weight`` is the power to which the pool raised its grid: of any sign.
    """

    agent: str
    abstained: bool = False
    weight: float = 0.0
    home_win: Probability | None = None
    draw: Probability | None = None
    away_win: Probability | None = None
    home_goals: NonNegativeFloat | None = None
    away_goals: NonNegativeFloat | None = None
    home_goals_error: NonNegativeFloat | None = None
    away_goals_error: NonNegativeFloat | None = None
    quality: Probability = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def outcomes(self) -> Triple | None:
        """Chances of home win, draw and away win; None where it abstains."""
        if self.home_win is None or self.draw is None or self.away_win is None:
            return None
        return self.home_win, self.draw, self.away_win

    @model_validator(mode="after")
    def _speaks_or_abstains(self) -> Self:
        said = (self.home_win, self.draw, self.away_win, self.home_goals, self.away_goals)
        if self.abstained:
            if any(value is not None for value in said) or self.weight:
                raise ValueError(f"{self.agent} abstains: it has no chances and no weight")
            if not self.reasons:
                raise ValueError(f"{self.agent} abstains and does not say why")
        elif any(value is None for value in said):
            raise ValueError(f"{self.agent} speaks: it needs its chances and its expected goals")
        outcomes = self.outcomes
        if outcomes is not None and abs(sum(outcomes) - 1.0) > TOLERANCE:
            raise ValueError(f"{self.agent}'s chances sum to {sum(outcomes)!r}, not to 1")
        return self


class Provenance(Noun):
    """All that decided a prediction, so that it can be made again.

    ``spec_hash`` is of the recipes of brain and agents, ``data_version`` of all that was known, to the row;
    ``fitted_as_of`` is the moment from which the fits look, ``seeds`` are those of everything drawn by
    chance (none where nothing is).
    """

    model: str
    code_version: str
    spec_hash: str
    data_version: str
    fitted_as_of: Moment
    seeds: tuple[int, ...] = ()


def agreement_of(pooled: Triple, members: Sequence[Triple]) -> float:
    """Return 1 less the largest total-variation distance between a member and the pool.

    Examples
    --------
    >>> agreement_of((0.5, 0.3, 0.2), [(0.5, 0.3, 0.2), (0.4, 0.3, 0.3)])
    0.9
    """
    distances = (sum(abs(p - q) for p, q in zip(member, pooled, strict=True)) / 2 for member in members)
    return 1.0 - max(distances, default=0.0)


def epistemic_variance_of(members: Sequence[Triple]) -> float:
    """Return the variance between members, summed over the three outcomes; 0 where they are of one mind.

    Examples
    --------
    >>> epistemic_variance_of([(0.5, 0.3, 0.2)] * 4)
    0.0
    """
    return sum(_variance([member[place] for member in members]) for place in range(3))


def aleatoric_variance_of(members: Sequence[Triple]) -> float:
    """Return the members' mean of ``Σ p (1 − p)``: the chance that is left when one of them is right.

    Examples
    --------
    >>> aleatoric_variance_of([(0.5, 0.5, 0.0)])
    0.5
    """
    return sum(p * (1.0 - p) for member in members for p in member) / max(len(members), 1)


def confidence_level(score: float) -> ConfidenceLevel:
    """Put a confidence score into words.

    Examples
    --------
    >>> confidence_level(0.86), confidence_level(0.85), confidence_level(0.5)
    ('very_high', 'high', 'low')
    """
    return next((level for least, level in _LEVELS if score > least), "low")


def data_quality(score: float) -> DataQuality:
    """Put a share of the data that one would like to have into words.

    Examples
    --------
    >>> data_quality(1.0), data_quality(0.8), data_quality(0.79), data_quality(0.2)
    ('excellent', 'good', 'fair', 'poor')
    """
    if score >= 1.0 - TOLERANCE:
        return "excellent"
    return "good" if score >= _GOOD else "fair" if score >= _FAIR else "poor"


def _variance(values: Sequence[float]) -> float:
    if not values or all(value == values[0] for value in values):
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)
