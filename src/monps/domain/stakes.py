"""How one wants to stake: the limits one sets oneself, and what is asked to be sized."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.ledger import BankrollName
from monps.domain.predictions import Probability
from monps.domain.risk import Money, Odds

MOST_BETS = 60
LEAST_GOALS, MOST_GOALS = 0.01, 8
"""Of expected goals: no team in any league expects fewer, or more."""
MOST_SIMULATIONS = 1_000_000

Share = Annotated[float, Field(gt=0, le=1)]


class Limits(Noun):
    """What one never does, as shares of the bankroll; each is enforced by a control of its name.

    ``drawdown_stop`` is the fall from the highest bankroll at which betting ends, ``daily_loss`` the loss of
    one day at which that day's betting ends. ``least_stake`` is what is too small to be placed.
    """

    per_bet: Share = 0.05
    per_match: Share = 0.10
    per_day: Share = 0.30
    per_competition: Share = 0.50
    drawdown_stop: Share = 0.50
    daily_loss: Share = 0.20
    least_stake: Decimal = Field(default=Decimal("0.01"), ge=0, decimal_places=2)


class Funds(Noun):
    """What there is to bet with, and what was staked and lost before: what the controls look at."""

    balance: Money = Field(ge=0)
    peak: Money | None = Field(default=None, ge=0)
    lost_today: Money = Field(default=Decimal("0.00"), ge=0)
    staked_on_match: Money = Field(default=Decimal("0.00"), ge=0)
    staked_today: Money = Field(default=Decimal("0.00"), ge=0)
    staked_on_competition: Money = Field(default=Decimal("0.00"), ge=0)


class PositionRequest(Noun):
    """One bet to be sized.

    ``standard_error`` is that of the probability: the stake is shrunk for it.
    """

    funds: Funds
    probability: Probability
    odds: Odds
    void: Probability = 0.0
    standard_error: float = Field(default=0.0, ge=0, le=0.5)
    commission: float = Field(default=0.0, ge=0, lt=1)
    fraction: Share = 0.25
    limits: Limits = Limits()


class OfferedBet(Noun):
    """A selection of a match that is on offer."""

    family: str
    line: float | None = None
    period: str = "full_time"
    selection: str
    odds: Odds
    commission: float = Field(default=0.0, ge=0, lt=1)


class PortfolioRequest(Noun):
    """All bets on offer on one match, to be sized together from its scoreline grid.

    The grid is that of the fixture's forecast; or, without a fixture, that of these expected goals.
    """

    funds: Funds
    offers: tuple[OfferedBet, ...] = Field(min_length=1, max_length=MOST_BETS)
    competition: CompetitionCode | None = None
    home: TeamName | None = None
    away: TeamName | None = None
    kickoff: Moment | None = None
    as_of: Moment | None = None
    home_goals: float | None = Field(default=None, ge=LEAST_GOALS, le=MOST_GOALS)
    away_goals: float | None = Field(default=None, ge=LEAST_GOALS, le=MOST_GOALS)
    fraction: Share = 0.25
    limits: Limits = Limits()
    confidence: float = Field(default=0.95, ge=0.5, lt=1)

    @model_validator(mode="after")
    def _names_a_grid(self) -> Self:
        fixture = (self.competition, self.home, self.away, self.kickoff)
        goals = (self.home_goals, self.away_goals)
        if (None in fixture) == (None in goals):
            raise ValueError("give either competition, home, away and kickoff, or home_goals and away_goals")
        return self


class OpenPosition(OfferedBet):
    """A bet that is placed, on a match of which the expected goals are known."""

    match: str = Field(min_length=1, max_length=120)
    day: date | None = None
    competition: CompetitionCode | None = None
    bookmaker: str | None = None
    home_goals: float = Field(ge=LEAST_GOALS, le=MOST_GOALS)
    away_goals: float = Field(ge=LEAST_GOALS, le=MOST_GOALS)
    stake: Money = Field(gt=0)


class VaRRequest(Noun):
    """The book whose risk is asked for: a bankroll's open bets, or positions given here."""

    bankroll: BankrollName | None = None
    positions: tuple[OpenPosition, ...] = Field(default=(), max_length=1000)
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    simulations: int = Field(default=20_000, ge=1000, le=MOST_SIMULATIONS)
    seed: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _names_a_book(self) -> Self:
        if (self.bankroll is None) == (not self.positions):
            raise ValueError("give either a bankroll or positions")
        return self
