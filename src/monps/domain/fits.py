"""How a fit went."""

from pydantic import Field

from monps.domain.base import Moment, Noun


class FitReport(Noun):
    """What a fitted model says of itself.

    ``log_likelihood`` includes the factorials and leaves the prior out; weights count matches as they
    count them, so ``effective_matches`` is their sum. ``home_advantage`` is on the log scale.
    """

    model: str
    as_of: Moment
    converged: bool
    iterations: int = Field(ge=0)
    log_likelihood: float
    matches: int = Field(ge=0)
    effective_matches: float = Field(ge=0)
    teams: int = Field(ge=0)
    mean_home_goals: float
    mean_away_goals: float
    home_advantage: float
    shape: dict[str, float] = Field(default_factory=dict)
