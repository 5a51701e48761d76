"""A backtest that is asked for, what it found, and the job that runs it."""

from datetime import date
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.betting import StakedEvaluation
from monps.domain.evaluation import Estimate, Evaluation
from monps.domain.identifiers import CompetitionCode
from monps.domain.ledger import Drawdown
from monps.domain.risk import Money

MOST_COMPETITIONS = 60

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
FINISHED: frozenset[JobState] = frozenset({"done", "failed", "cancelled"})

MOST_ATTEMPTS = 3
"""How often a job is begun anew after the process that ran it was lost."""


class BacktestRequest(Noun):
    """Which matches to judge a forecaster on, from the first day to the last, and how to stake, if at all."""

    competitions: tuple[CompetitionCode, ...] = Field(min_length=1, max_length=MOST_COMPETITIONS)
    first_day: date
    last_day: date
    forecaster: str = Field(default="goals", min_length=1, max_length=60)
    stake: str | None = Field(default=None, min_length=1, max_length=120)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.first_day > self.last_day:
            raise ValueError("the first day comes after the last")
        if len(set(self.competitions)) < len(self.competitions):
            raise ValueError("a competition is named twice")
        return self


class BacktestResult(Evaluation):
    """What a walk-forward backtest found; with a stake, also what the bets would have come to.

    ``yield`` is profit / staked and ``clv`` odds taken / fair closing odds − 1; ``drawdown`` is the largest
    fall from a peak. Yield and closing line value have their 95 % intervals.
    """

    stake: str | None = None
    bets: int | None = Field(default=None, ge=0)
    won: int | None = Field(default=None, ge=0)
    half_won: int | None = Field(default=None, ge=0)
    void: int | None = Field(default=None, ge=0)
    half_lost: int | None = Field(default=None, ge=0)
    lost: int | None = Field(default=None, ge=0)
    staked: Money | None = None
    initial_bankroll: Money | None = None
    final_bankroll: Money | None = None
    profit: Money | None = None
    yield_: Estimate | None = Field(default=None, alias="yield")
    clv: Estimate | None = None
    drawdown: Drawdown | None = None

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    @classmethod
    def of_bets(cls, found: StakedEvaluation, stake: str) -> Self:
        """Return what a replay of bets found, in one piece."""
        report = found.betting
        counts = ("won", "half_won", "void", "half_lost", "lost", "staked", "profit")
        bankroll = {"initial_bankroll": report.initial, "final_bankroll": report.final}
        told = dict(found) | {name: getattr(report, name) for name in counts} | bankroll
        told.pop("betting")
        return cls(**told | {"stake": stake})

    @model_validator(mode="after")
    def _balances(self) -> Self:
        if self.bets is None:
            return self
        ends = (self.won, self.half_won, self.void, self.half_lost, self.lost)
        if sum(end or 0 for end in ends) != self.bets:
            raise ValueError("wins, halves, voids and losses must add up to the bets")
        if None in {self.profit, self.final_bankroll, self.initial_bankroll}:
            raise ValueError("bets need a profit, and the bankroll before and after them")
        if self.profit != self.final_bankroll - self.initial_bankroll:  # type: ignore[operator]
            raise ValueError("profit must be the final bankroll less the initial one")
        return self


class BacktestJob(Noun):
    """A backtest on its way.

    ``progress`` goes from 0 to 1, ``stage`` says in a word what is being done. ``attempts`` counts how often
    it was begun: a job whose process was lost is begun anew. ``seen_at`` is when the process that runs it was
    last known to live.
    """

    job_id: int = Field(ge=1)
    request: BacktestRequest
    actor: str
    state: JobState = "queued"
    stage: str = "waiting"
    progress: float = Field(default=0.0, ge=0, le=1)
    attempts: int = Field(default=0, ge=0)
    cancel_wanted: bool = False
    created_at: Moment
    started_at: Moment | None = None
    seen_at: Moment | None = None
    finished_at: Moment | None = None
    error: str | None = None
    result: BacktestResult | None = None

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        if self.is_finished != (self.finished_at is not None):
            raise ValueError("a job that is finished says when, and one that is not does not")
        if (self.state == "done") != (self.result is not None):
            raise ValueError("a job that is done has a result, and no other")
        if (self.state == "failed") != (self.error is not None):
            raise ValueError("a job that failed has an error, and no other")
        return self

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED
