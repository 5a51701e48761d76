"""The books: bankrolls, the bets placed from them, how these were settled, and what came of it."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.evaluation import Estimate
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.market import MarketKey, Selection
from monps.domain.predictions import Probability
from monps.domain.risk import Money, Stake

CENT = Decimal("0.01")

BankrollName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
OddsTaken = Annotated[Decimal, Field(gt=1, le=10_000, decimal_places=6, max_digits=12)]

Result = Literal["won", "half_won", "void", "half_lost", "lost"]
RESULTS: dict[Result, Decimal] = {
    "won": Decimal(1),
    "half_won": Decimal("0.5"),
    "void": Decimal(0),
    "half_lost": Decimal("-0.5"),
    "lost": Decimal(-1),
}
"""What a unit stake settles to, as the rules of ``monps.markets`` have it."""


class Bankroll(Noun):
    """Money set aside for betting: what it was, what is free now, and what is staked on open bets."""

    name: BankrollName
    currency: Currency = "EUR"
    initial: Stake
    opened_at: Moment
    balance: Money = Field(ge=0)
    open_stakes: Money = Field(default=Decimal("0.00"), ge=0)


class BetSlip(Noun):
    """A bet to be placed: what is asked for, before it is checked against the store and the bankroll."""

    match_id: int | None = Field(default=None, ge=1)
    competition: CompetitionCode | None = None
    home: TeamName | None = None
    away: TeamName | None = None
    day: date | None = None
    family: str = "match_result"
    line: float | None = None
    period: str = "full_time"
    selection: str
    bookmaker: str = Field(default="by_hand", min_length=1, max_length=60)
    odds: OddsTaken
    stake: Stake
    commission: Decimal = Field(default=Decimal(0), ge=0, lt=1, decimal_places=4, max_digits=5)
    probability: Probability | None = None
    placed_at: Moment | None = None
    note: str = Field(default="", max_length=200)
    reference: str | None = Field(default=None, min_length=1, max_length=120)

    @model_validator(mode="after")
    def _names_a_match(self) -> Self:
        if self.match_id is None and None in (self.competition, self.home, self.away):
            raise ValueError("a bet names its match by match_id, or by competition, home and away")
        return self


class Bet(Noun):
    """A bet as it was placed; never changed afterwards.

    ``odds`` are those taken, ``commission`` the share of winnings that the exchange keeps, ``probability``
    the forecast's at the time, where there was one. ``bet_id`` is 0 until the books have numbered it; a
    ``reference`` says which bet this is to whoever places it, so that it is not placed twice.
    """

    bet_id: int = Field(default=0, ge=0)
    bankroll: BankrollName
    match_id: int = Field(ge=1)
    competition: CompetitionCode
    home: TeamName
    away: TeamName
    kickoff: Moment
    family: str
    line: float | None = None
    period: str = "full_time"
    selection: str
    bookmaker: str
    odds: OddsTaken
    stake: Stake
    commission: Decimal = Field(default=Decimal(0), ge=0, lt=1)
    probability: Probability | None = None
    placed_at: Moment
    note: str = ""
    reference: str | None = Field(default=None, min_length=1, max_length=120)
    settlement: "Settlement | None" = None

    @property
    def backed(self) -> Selection:
        """What was backed, as the markets know it."""
        return Selection(MarketKey(self.family, self.line, self.period), self.selection)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled."""
        return self.settlement is None

    @model_validator(mode="after")
    def _settled_to_the_cent(self) -> Self:
        settled = self.settlement
        if settled is not None and settled.profit != profit_of(self, settled.result):
            raise ValueError(f"{settled.result} at these odds is {profit_of(self, settled.result)}")
        return self


class Settlement(Noun):
    """How a bet ended. ``profit`` is what came back less the stake; ``reason`` says why, where by hand.

    ``fair_closing`` is the margin-free closing price of the selection, where there was one.
    """

    result: Result
    profit: Money
    settled_at: Moment
    reason: str = Field(default="", max_length=200)
    fair_closing: float | None = Field(default=None, ge=1)


class LedgerCut(Noun):
    """Some settled bets: how many, what was staked, what came of it."""

    bets: int = Field(ge=0)
    staked: Money = Field(ge=0)
    profit: Money
    yield_: Estimate | None = Field(default=None, alias="yield")
    clv: Estimate | None = None

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class ClosingLineValue(Noun):
    """Odds taken / fair closing odds − 1: positive where we paid less than the last price.

    ``null`` is what bets chosen by lot among the same matches' selections at the same prices would have: no
    skill has this value, not 0.
    """

    n: int = Field(ge=1)
    value: Estimate
    null: float | None = None
    null_n: int = Field(default=0, ge=0)


class Drawdown(Noun):
    """The largest fall of the bankroll from a peak, as money and as a share of that peak.

    ``interval`` is where the share may lie (95 %), from resampling match days.
    """

    amount: Money = Field(ge=0)
    share: float = Field(ge=0, le=1)
    interval: tuple[float, float] | None = None
    peak_on: date | None = None
    trough_on: date | None = None


class EquityPoint(Noun):
    """The bankroll, stakes of open bets included, at the end of a day."""

    day: date
    equity: Money


class LedgerReport(LedgerCut):
    """The books at a moment.

    ``yield`` is profit / staked of the settled bets. ``by`` cuts them by market, competition, bookmaker and
    month.
    """

    bankroll: Bankroll
    as_of: Moment
    final: Money
    open: int = Field(ge=0)
    won: int = Field(ge=0)
    half_won: int = Field(ge=0)
    void: int = Field(ge=0)
    half_lost: int = Field(ge=0)
    lost: int = Field(ge=0)
    closing_line_value: ClosingLineValue | None = None
    drawdown: Drawdown
    equity: tuple[EquityPoint, ...] = ()
    by: dict[str, dict[str, LedgerCut]] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _balances(self) -> Self:
        if self.won + self.half_won + self.void + self.half_lost + self.lost != self.bets:
            raise ValueError("wins, halves, voids and losses must add up to the settled bets")
        if self.profit != self.final - self.bankroll.initial:
            raise ValueError("profit must be the final bankroll less the initial one")
        return self


def profit_of(bet: Bet, result: Result) -> Decimal:
    """Return what a bet gains or loses, to the cent (halves of a cent to the even one).

    Parameters
    ----------
    bet : Bet
        With its odds, stake and commission.
    result : str
        How it ended.
    """
    return profit(bet.stake, bet.odds, RESULTS[result], bet.commission)


def profit(stake: Decimal, odds: Decimal, settled: Decimal, commission: Decimal = Decimal(0)) -> Decimal:
    """Return what a stake gains or loses, to the cent (halves of a cent to the even one).

    Parameters
    ----------
    stake : Decimal
        Money.
    odds : Decimal
        Those taken.
    settled : Decimal
        What a unit stake settles to, in {-1, -½, 0, ½, 1}.
    commission : Decimal
        Share of the winnings that the exchange keeps.

    Examples
    --------
    >>> profit(Decimal("10"), Decimal("1.95"), Decimal("0.5"))
    Decimal('4.75')
    >>> profit(Decimal("10"), Decimal("1.95"), Decimal("-0.5"))
    Decimal('-5.00')
    """
    gained = stake * settled
    if settled > 0:
        gained *= (odds - 1) * (1 - commission)
    return gained.quantize(CENT, ROUND_HALF_EVEN)
