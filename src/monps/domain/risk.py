"""What a bet is worth, how much to put on it, and what the open bets can lose together."""

import math
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeFloat, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.predictions import Probability

Odds = Annotated[float, Field(gt=1, le=10_000)]
"""Decimal odds: what comes back for one unit staked and won, the stake included."""

Money = Annotated[Decimal, Field(decimal_places=2, max_digits=15)]
"""An amount to the cent; never a float."""

Stake = Annotated[Decimal, Field(decimal_places=2, max_digits=15, gt=0)]

Reason = Literal[
    "no_edge",
    "uncertain",
    "no_price",
    "no_forecast",
    "stale_quote",
    "anomalous_quote",
    "better_price",
    "no_stake",
    "control",
]
"""Why there is no bet: the usual answer."""

_TOLERANCE = 1e-9


class NoBet(Noun):
    """A refusal to bet, with its reason in one word and in a sentence."""

    reason: Reason
    detail: str


class Quoted(Noun):
    """One selection of one match, at one bookmaker's odds."""

    match_id: int | None = None
    competition: CompetitionCode
    home: TeamName
    away: TeamName
    kickoff: Moment
    family: str
    line: float | None = None
    period: str = "full_time"
    selection: str
    bookmaker: str
    odds: Odds


class Value(Quoted):
    """A quoted selection beside the forecast.

    ``probability`` is the chance to win the part of the stake that is not given back, ``void`` the expected
    part that is. ``expected_value`` is probability × net odds − 1, per unit not given back, the net odds
    being what is left of the odds after commission; ``interval`` is where it may lie (95 %), knowing how
    uncertain the forecast is. ``edge`` is probability less the margin-free probability of the same
    bookmaker's quote (``fair_implied``), ``None`` where the book is not complete. ``stake`` is there where a
    bankroll was named, with the ``controls`` that made it smaller.
    """

    quoted_at: Moment
    probability: Probability
    void: Probability = 0.0
    commission: float = Field(default=0.0, ge=0, lt=1)
    fair_odds: float | None = Field(default=None, ge=1)
    implied: Probability
    fair_implied: Probability | None = None
    edge: float | None = None
    expected_value: float
    interval: tuple[float, float]
    kelly: float = Field(ge=0, le=1)
    flags: tuple[str, ...] = ()
    no_bet: NoBet | None = None
    stake: Money | None = Field(default=None, ge=0)
    controls: tuple[str, ...] = ()

    @property
    def is_bet(self) -> bool:
        """Whether it clears the margin asked for."""
        return self.no_bet is None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        _require_close("implied", self.implied, 1.0 / self.odds)
        _require_close(
            "expected_value",
            self.expected_value,
            expected_value(self.probability, self.odds, self.commission),
        )
        if self.fair_odds is not None:
            _require_close("probability × fair_odds", self.probability * self.fair_odds, 1.0)
        if self.edge is not None and self.fair_implied is not None:
            _require_close("edge", self.edge, self.probability - self.fair_implied)
        _require_kelly(self.kelly, self.expected_value)
        _require_order(self.interval)
        return self


class ValueSheet(Noun):
    """Every quoted selection of some fixtures beside the forecast, the best first."""

    competition: CompetitionCode
    as_of: Moment
    forecaster: str
    least_value: float
    matches: int = Field(ge=0)
    abstained: int = Field(default=0, ge=0)
    bankroll: str | None = None
    values: tuple[Value, ...]

    @property
    def bets(self) -> tuple[Value, ...]:
        """Those that are worth a bet."""
        return tuple(value for value in self.values if value.is_bet)


class Bite(Noun):
    """One control that made a stake smaller: its name, and the stakes before and after it."""

    control: str
    before: Money
    after: Money
    detail: str

    @model_validator(mode="after")
    def _smaller(self) -> Self:
        if not 0 <= self.after < self.before:
            raise ValueError("a control that bit leaves a smaller stake than before, and none below 0")
        return self


class PositionSize(Noun):
    """How much of a bankroll to put on one selection, and why not more.

    ``kelly`` is the share of the bankroll that makes the expected logarithm of wealth largest; ``fraction``
    of it, shrunk by ``shrinkage`` (1: the forecast is taken as exact), is what was aimed at; ``controls``
    say which caps then bit. ``expected_value`` is per unit not given back and after commission.
    """

    bankroll: Money = Field(ge=0)
    odds: Odds
    probability: Probability
    void: Probability = 0.0
    commission: float = Field(default=0.0, ge=0, lt=1)
    expected_value: float
    kelly: float = Field(ge=0, le=1)
    fraction: float = Field(gt=0, le=1)
    shrinkage: float = Field(default=1.0, ge=0, le=1)
    share: float = Field(ge=0, le=1)
    stake: Money = Field(ge=0)
    growth: NonNegativeFloat = 0.0
    controls: tuple[Bite, ...] = ()
    no_bet: NoBet | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        _require_close(
            "expected_value",
            self.expected_value,
            expected_value(self.probability, self.odds, self.commission),
        )
        _require_kelly(self.kelly, self.expected_value)
        if self.stake > self.bankroll:
            raise ValueError("a stake cannot exceed the bankroll")
        if (self.stake == 0) != (self.no_bet is not None):
            raise ValueError("no stake needs a reason, and a stake none")
        return self


class VaRCalculation(Noun):
    """What the open bets lose at worst with a confidence (``var``), and on average beyond that (``cvar``).

    Both are losses: positive where money is lost. ``method`` is ``"exact"`` where all outcomes were listed
    and ``"simulated"`` where they were drawn; ``outcomes`` counts them.
    """

    confidence: float = Field(gt=0, lt=1)
    bets: int = Field(ge=0)
    staked: Money = Field(ge=0)
    expected_profit: Money
    var: Money
    cvar: Money
    worst: Money
    chance_of_loss: Probability
    method: Literal["exact", "simulated"]
    outcomes: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.var <= self.cvar <= self.worst:
            raise ValueError("a loss beyond the VaR cannot be smaller than it, nor larger than the worst")
        return self


class Exposure(Noun):
    """What is staked on one match, day, competition or bookmaker."""

    kind: Literal["match", "day", "competition", "bookmaker"]
    name: str
    bets: int = Field(ge=1)
    staked: Money = Field(gt=0)
    share: float = Field(ge=0)
    worst: Money


class PortfolioRisk(Noun):
    """All positions together: what is staked where, what is expected, and what can be lost.

    ``growth`` is the expected gain of the logarithm of wealth, where the stakes leave some of it whatever
    happens.
    """

    bankroll: Money = Field(ge=0)
    staked: Money = Field(ge=0)
    share: float = Field(ge=0)
    expected_profit: Money
    growth: float | None = None
    positions: tuple[PositionSize, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    controls: tuple[Bite, ...] = ()
    risk: VaRCalculation | None = None


def net_odds(odds: float, commission: float = 0.0) -> float:
    """Return what comes back for one unit won once commission on winnings is paid.

    Parameters
    ----------
    odds : float
        Decimal odds.
    commission : float
        Share of the winnings that the exchange keeps.

    Examples
    --------
    >>> net_odds(3.0, 0.05)
    2.9
    """
    return 1.0 + (odds - 1.0) * (1.0 - commission)


def expected_value(probability: float, odds: float, commission: float = 0.0) -> float:
    """Return what one unit that is not given back is expected to gain: p · odds − 1.

    Parameters
    ----------
    probability : float
        Chance of winning what is not given back.
    odds : float
        Decimal odds.
    commission : float
        Share of the winnings that the exchange keeps.

    Examples
    --------
    >>> expected_value(0.5, 2.25)
    0.125
    """
    return probability * net_odds(odds, commission) - 1.0


def _require_close(name: str, said: float, true: float) -> None:
    if not math.isclose(said, true, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        raise ValueError(f"{name} must be {true:g}, not {said:g}")


def _require_kelly(kelly: float, value: float) -> None:
    if abs(value) > _TOLERANCE and (kelly > 0) != (value > 0):
        raise ValueError(f"Kelly is above 0 exactly if the value is: not {kelly:g} and {value:g}")


def _require_order(interval: tuple[float, float]) -> None:
    if interval[0] > interval[1]:
        raise ValueError("an interval's lower end cannot lie above its upper end")
