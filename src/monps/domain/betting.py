"""What came of betting by a rule, replayed."""

from typing import Self

from pydantic import ConfigDict, Field, model_validator

from monps.domain.base import Noun
from monps.domain.evaluation import Estimate, Evaluation, ReliabilityBin
from monps.domain.ledger import ClosingLineValue, Drawdown, EquityPoint, LedgerCut
from monps.domain.risk import Money


class Deflation(Noun):
    """How good a yield looks once one knows how many rules were tried.

    ``ratio`` is the yield over its standard error, ``expected_best`` what the best of so many worthless rules
    would show by luck alone, and ``p_value`` the chance that the best of them would show this much.
    """

    variants: int = Field(ge=1)
    ratio: float
    expected_best: float
    p_value: float = Field(ge=0, le=1)


class BettingReport(LedgerCut):
    """Bets that a rule would have placed, at prices that existed, and how they were settled.

    ``not_taken`` counts offers without a bet by reason, ``controls`` bets that a control made smaller or
    stopped. ``calibration`` sets the forecasts of the bets taken against how often they won.
    """

    rule: str
    price: str
    matches: int = Field(ge=0)
    offers: int = Field(ge=0)
    initial: Money
    final: Money
    won: int = Field(ge=0)
    half_won: int = Field(ge=0)
    void: int = Field(ge=0)
    half_lost: int = Field(ge=0)
    lost: int = Field(ge=0)
    mean_odds: float | None = None
    closing_line_value: ClosingLineValue | None = None
    drawdown: Drawdown
    equity: tuple[EquityPoint, ...] = ()
    calibration: tuple[ReliabilityBin, ...] = ()
    not_taken: dict[str, int] = Field(default_factory=dict)
    controls: dict[str, int] = Field(default_factory=dict)
    deflation: Deflation | None = None
    by: dict[str, dict[str, LedgerCut]] = Field(default_factory=dict)
    seconds: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _balances(self) -> Self:
        if self.won + self.half_won + self.void + self.half_lost + self.lost != self.bets:
            raise ValueError("wins, halves, voids and losses must add up to the bets")
        if self.profit != self.final - self.initial:
            raise ValueError("profit must be the final bankroll less the initial one")
        return self


class StakedEvaluation(Evaluation):
    """A walk-forward backtest of forecasts, and of betting by them."""

    bets: int = Field(ge=0)
    yield_: Estimate | None = Field(default=None, alias="yield")
    clv: Estimate | None = None
    drawdown: Drawdown
    betting: BettingReport

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)
