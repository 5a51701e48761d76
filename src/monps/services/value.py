"""Find value: every quoted selection of the fixtures to come beside the forecast."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import structlog

from monps.brain.fitted import FittedBrain
from monps.domain.football import Fixture
from monps.domain.ledger import CENT, BetSlip
from monps.domain.moments import from_micros, to_micros
from monps.domain.risk import NoBet, Value, ValueSheet
from monps.domain.stakes import Limits
from monps.errors import UsageError
from monps.ports.calendar import Stretch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.account import slate_of
from monps.services.backtest import require_agent
from monps.services.bankrolls import require_bankroll
from monps.services.history import require_competition
from monps.services.keeper import Keeper, Wanted
from monps.services.live import LiveForecast, consult_kept, forecast_fixtures
from monps.services.place import fixture_of
from monps.services.refusals import refusal
from monps.staking import StakeRule
from monps.staking.controls import Controlled, control
from monps.staking.offers import SUMMARIES, Offers, offers_of
from monps.staking.slip import Slip
from monps.staking.value import NORMAL_95, Assessment, ValueRule, assess
from monps.tables.quotes import QuoteTable

if TYPE_CHECKING:
    from monps.ports.repositories import StoredFixture, StoredMatch

_log = structlog.get_logger()

_AHEAD = timedelta(days=14)
_A_ROUND = timedelta(days=4)
_MOST_MATCHES = 500


class Question(NamedTuple):
    """Where to look for value: in which competition, from when, by whose forecast, and what is asked of it.

    ``one_round`` looks at the next four days with matches and not two weeks ahead.
    """

    competition: str
    as_of: datetime
    rule: ValueRule = ValueRule()
    forecaster: str = "brain"
    one_round: bool = False


class Staking(NamedTuple):
    """For which bankroll to size the bets, by which rule, and under which limits."""

    bankroll: str
    rule: StakeRule
    limits: Limits = Limits()


def find_value(
    open_work: UnitOfWorkFactory,
    question: Question,
    *,
    now: datetime,
    staking: Staking | None = None,
    keeper: Keeper | None = None,
) -> ValueSheet:
    """Hold every quoted selection of the fixtures to come against the forecast.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where matches and quotes are read.
    question : Question
        Where to look.
    now : datetime
        The present; the question may not look from later.
    staking : Staking, optional
        With it, each bet gets a stake.
    keeper : Keeper, optional
        With it, the brain answers from a kept fit, as for ``monps predict``; one that is missing is learned
        and kept.

    Returns
    -------
    ValueSheet
        Bets first, then by expected value.

    Raises
    ------
    UsageError
        If the moment lies in the future.
    UnknownNameError
        If the competition or the forecaster is not known.
    NotFoundError
        If there is no such bankroll.
    NotEnoughData
        If nothing of the competition was known.
    """
    if question.as_of > now:
        raise UsageError(f"as_of {question.as_of:%Y-%m-%d %H:%M} UTC lies in the future")
    with open_work() as work:
        if staking is not None:
            require_bankroll(work, staking.bankroll)
    fitted = _kept(open_work, question, now, keeper)
    with open_work() as work:
        look = _look(work, question, now, fitted)
        stakes = {} if look is None or staking is None else _stakes(work, look, staking, now)
    values = () if look is None else tuple(_values(look, question.rule, stakes))
    bets = sum(value.is_bet for value in values)
    _log.info("value", competition=question.competition, offers=len(values), bets=bets)
    return ValueSheet(
        competition=question.competition,
        as_of=question.as_of,
        forecaster=question.forecaster,
        least_value=question.rule.least_value,
        matches=0 if look is None else look.asked,
        abstained=0 if look is None else look.asked - len(look.fixtures),
        bankroll=staking.bankroll if staking else None,
        values=values,
    )


def slips_of(sheet: ValueSheet) -> tuple[BetSlip, ...]:
    """Return the bets of a sheet that have a stake, to be placed; placing them twice places them once."""
    return tuple(_slip_of(value, sheet.as_of) for value in sheet.bets if value.stake)


def coming(
    work: UnitOfWork, code: str, as_of: datetime, now: datetime, *, one_round: bool = False
) -> list[tuple[int, Fixture]]:
    """Return the fixtures that lay ahead at a moment, whether they have been played since or not.

    When and where a match is played is public weeks before; how it ended is left out.
    """
    ahead = Stretch([code], as_of, as_of + _AHEAD)
    found: list[StoredFixture | StoredMatch] = list(work.calendar.fixtures(ahead, now, _MOST_MATCHES))
    found += work.calendar.results(ahead, now, _MOST_MATCHES)
    fixtures = sorted(
        ((stored.match_id, fixture_of(stored)) for stored in found), key=lambda row: (row[1].kickoff, row[0])
    )
    fixtures = [(number, fixture) for number, fixture in fixtures if fixture.kickoff > as_of]
    if one_round and fixtures:
        last = fixtures[0][1].kickoff + _A_ROUND
        fixtures = [row for row in fixtures if row[1].kickoff < last]
    return fixtures


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What was seen: ``asked`` fixtures, those with a forecast, and what is on offer on them."""

    asked: int
    fixtures: list[tuple[int, Fixture]]
    forecast: LiveForecast
    offers: Offers
    worth: Assessment


def _kept(
    open_work: UnitOfWorkFactory, question: Question, now: datetime, keeper: Keeper | None
) -> FittedBrain | None:
    """Return the fit that serves, where the keeper's brain is asked, and there is a match to ask about."""
    if keeper is None or require_agent(question.forecaster) != keeper.brain:
        return None
    with open_work() as work:
        code = require_competition(work, question.competition).code
        fixtures = coming(work, code, question.as_of, now, one_round=question.one_round)
    if not fixtures:
        return None
    season = fixtures[0][1].key.season.start
    return keeper.learn(open_work, Wanted(code, season, question.as_of), now).fitted


def _look(work: UnitOfWork, question: Question, now: datetime, fitted: FittedBrain | None) -> _Look | None:
    agent = require_agent(question.forecaster)
    code = require_competition(work, question.competition).code
    fixtures = coming(work, code, question.as_of, now, one_round=question.one_round)
    if not fixtures:
        return None
    quotes = QuoteTable.from_quotes(work.calendar.quotes([number for number, _ in fixtures], question.as_of))
    if fitted is None:
        forecast = forecast_fixtures(work, agent, fixtures, quotes, as_of=question.as_of)
    else:
        forecast = consult_kept(fitted, fixtures, quotes)
    known = [row for row, made in zip(fixtures, forecast.made.tolist(), strict=True) if made]
    offers = offers_of([number for number, _ in known], quotes, closing=None)
    offers = offers.where(~offers.of_bookmakers(SUMMARIES))
    moments = np.full(len(known), to_micros(question.as_of))
    worth = assess(offers, forecast.grid, question.rule, rate_errors=forecast.errors, as_of=moments)
    return _Look(len(fixtures), known, forecast, offers, worth)


def _stakes(
    work: UnitOfWork, look: _Look, staking: Staking, now: datetime
) -> dict[int, tuple[Decimal, tuple[str, ...]]]:
    """Return each bet's stake to the cent, by its row, with the controls that bit."""
    rows = np.flatnonzero(look.worth.bets)
    account = require_bankroll(work, staking.bankroll)
    base = account.initial if staking.rule.of_initial else account.balance + account.open_stakes
    asked = staking.rule.shares(_slip(look, rows)) * float(base)
    keys = [look.fixtures[match] for match in look.offers.match[rows].tolist()]
    places = [(number, fixture.key.competition) for number, fixture in keys]
    found = control(slate_of(work, account, places, asked, now=now), staking.limits)
    return {
        row: (_cents(found.stakes[place]), _bitten(found, place)) for place, row in enumerate(rows.tolist())
    }


def _cents(stake: float) -> Decimal:
    return Decimal(float(stake)).quantize(CENT, ROUND_DOWN)


def _bitten(found: Controlled, place: int) -> tuple[str, ...]:
    return tuple(name for name, taken in found.bites.items() if taken[place] > 0)


def _slip(look: _Look, rows: np.ndarray) -> Slip:
    offers, worth = look.offers, look.worth
    return Slip(
        offers.selections,
        look.forecast.grid,
        offers.match[rows],
        offers.selection[rows],
        offers.market[rows],
        worth.odds[rows],
        worth.probability[rows],
        worth.error[rows],
    )


def _values(
    look: _Look, rule: ValueRule, stakes: Mapping[int, tuple[Decimal, tuple[str, ...]]]
) -> Iterator[Value]:
    worth = look.worth
    spread = NORMAL_95 * worth.value_error
    for row in np.lexsort((-worth.value, ~worth.bets)).tolist():
        stake, controls = stakes.get(row, (None, ()))
        yield _value(look, rule, row, float(spread[row])).model_copy(
            update={"stake": stake, "controls": controls, "no_bet": _why(look, rule, row, stake)}
        )


def _value(look: _Look, rule: ValueRule, row: int, spread: float) -> Value:
    offers, worth = look.offers, look.worth
    number, fixture = look.fixtures[int(offers.match[row])]
    selection = offers.selections[int(offers.selection[row])]
    book = offers.bookmakers[int(offers.bookmaker[row])]
    chance, value, fair = float(worth.probability[row]), float(worth.value[row]), float(offers.fair[row])
    return Value(
        match_id=number,
        competition=fixture.key.competition,
        home=fixture.key.home,
        away=fixture.key.away,
        kickoff=fixture.kickoff,
        **selection.market._asdict(),
        selection=selection.name,
        bookmaker=book,
        odds=float(offers.odds[row]),
        quoted_at=from_micros(int(offers.quoted_at[row])),
        probability=chance,
        void=float(worth.void[row]),
        commission=rule.commission.get(book, 0.0),
        fair_odds=1.0 / chance if chance > 0 else None,
        implied=1.0 / float(offers.odds[row]),
        fair_implied=_known(fair),
        edge=None if _known(fair) is None else chance - fair,
        expected_value=value,
        interval=(value - spread, value + spread),
        kelly=float(worth.kelly[row]),
        flags=tuple(name for name in ("stale", "anomalous") if getattr(worth, name)[row]),
    )


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def _why(look: _Look, rule: ValueRule, row: int, stake: Decimal | None) -> NoBet | None:
    if stake == 0:
        return NoBet(reason="control", detail="the controls leave less than a cent of the stake")
    return refusal(look.offers, look.worth, rule, row)


def _slip_of(value: Value, as_of: datetime) -> BetSlip:
    what = f"{value.family} {value.line} {value.period} {value.selection}"
    return BetSlip(
        match_id=value.match_id,
        **{name: getattr(value, name) for name in ("family", "line", "period", "selection", "bookmaker")},
        odds=Decimal(str(round(value.odds, 6))),
        stake=value.stake,
        commission=Decimal(str(round(value.commission, 4))),
        probability=value.probability,
        placed_at=as_of,
        reference=f"value {as_of:%Y-%m-%dT%H:%M:%S} {value.match_id} {what}",
    )
