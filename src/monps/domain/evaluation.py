"""How good forecasts were, beside the market's."""

from datetime import date
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

    The gaps are forecast less closing price, on the matches that have one; ``n_priced`` counts those. There
    is no gap where they were all played on one day, for nothing then tells how sure it is.
    """

    n: int = Field(ge=0)
    log_loss: float
    rps: float
    brier: float
    ece: float
    n_priced: int = Field(ge=0)
    log_loss_gap: Estimate | None = None
    rps_gap: Estimate | None = None


class ReliabilityBin(Noun):
    """Forecasts of about the same probability: their mean, and how often the thing happened."""

    outcome: str
    forecast: float
    observed: float
    count: int = Field(ge=1)


class MarketScore(Noun):
    """Log loss and calibration of one market, beside the log loss of its base rate.

    ``log_loss_gap`` is forecast less closing price on the ``n_priced`` matches that have one; closing prices
    are read of the match result and of totals at 2.5.
    """

    market: str
    n: int = Field(ge=0)
    log_loss: float
    base_log_loss: float
    ece: float
    n_priced: int = Field(default=0, ge=0)
    log_loss_gap: Estimate | None = None


class Evaluation(Scorecard):
    """What a walk-forward backtest found: the scorecard of all matches, and of parts of them."""

    forecaster: str
    competitions: tuple[str, ...]
    first_day: date
    last_day: date
    wanted: int = Field(ge=0)
    abstained: int = Field(ge=0)
    refits: int = Field(ge=0)
    seconds: float = Field(ge=0)
    by_competition: dict[str, Scorecard] = Field(default_factory=dict)
    by_season: dict[str, Scorecard] = Field(default_factory=dict)
    reliability: tuple[ReliabilityBin, ...] = ()
    markets: tuple[MarketScore, ...] = ()
