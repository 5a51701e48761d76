"""How good forecasts were, beside the market's."""

from typing import Self

from pydantic import Field, model_validator

from monps.domain.base import Noun


class Estimate(Noun):
    """A mean with its 95 % interval, from resampling match days."""

    value: float
    interval: tuple[float, float]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.interval[0] > self.interval[1]:
            raise ValueError("an interval's lower end cannot lie above its upper end")
        return self


class Scorecard(Noun):
    """Scores of 1X2 forecasts over n matches; lower is better throughout.

    The gaps are forecast less closing price, on the matches that have one; ``n_priced`` counts those.
    """

    n: int = Field(ge=0)
    log_loss: float
    rps: float
    brier: float
    ece: float
    n_priced: int = Field(ge=0)
    log_loss_gap: Estimate | None = None
    rps_gap: Estimate | None = None


class MarketScore(Noun):
    """Log loss of one two-way or many-way market, beside that of its base rate."""

    market: str
    n: int = Field(ge=0)
    log_loss: float
    base_log_loss: float
    ece: float


class Evaluation(Noun):
    """What a walk-forward backtest found."""

    forecaster: str
    competitions: tuple[str, ...]
    first_day: str
    last_day: str
    matches: int = Field(ge=0)
    abstained: int = Field(ge=0)
    refits: int = Field(ge=0)
    seconds: float = Field(ge=0)
    total: Scorecard
    by_competition: dict[str, Scorecard] = Field(default_factory=dict)
    by_season: dict[str, Scorecard] = Field(default_factory=dict)
    markets: tuple[MarketScore, ...] = ()
