"""Replay betting by rules on forecasts made walk-forward, and count every rule that was ever tried."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import structlog

from monps.agents import Agent, History
from monps.backtest.arena import Arena, arena_of
from monps.backtest.betting import bet_by
from monps.backtest.kept import KeptForecast, keep, pack_forecast, unpack_forecast
from monps.backtest.replay import judge, rows_between
from monps.backtest.rules import CHOICES, EVERY_BOOK, PRICES, BettingRule
from monps.backtest.task import code_version
from monps.domain.betting import StakedEvaluation
from monps.errors import UnknownNameError
from monps.evaluation.profit import deflate, ratio_of
from monps.numerics.checks import Bools
from monps.ports.ledger import Trial
from monps.ports.repositories import QuoteFilter
from monps.ports.shelf import Shelf
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.ratings.market_memory import SHARPEST_FIRST
from monps.services.backtest import require_agent
from monps.services.history import read_history, require_competition
from monps.tables.encode import nearest_names
from monps.tables.quotes import QuoteTable

_log = structlog.get_logger()


class Span(NamedTuple):
    """What is replayed: by whose forecasts, in which competitions, from which day to which."""

    forecaster: str
    competitions: tuple[str, ...]
    first: date
    last: date


def backtest_rules(
    open_work: UnitOfWorkFactory,
    span: Span,
    rules: Sequence[BettingRule],
    *,
    now: datetime,
    shelf: Shelf | None = None,
    markets: bool = False,
) -> tuple[StakedEvaluation, ...]:
    """Forecast every match of a span walk-forward, and bet on them by each of some rules.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read, and trials are counted.
    span : Span
        What is replayed.
    rules : sequence of BettingRule
        How to bet; each counts as a trial.
    now : datetime
        The present; nothing that became known later exists.
    shelf : Shelf, optional
        Where forecasts are kept, so that the next rules need not wait for them.
    markets : bool
        Whether to score the forecasts of every market, too.

    Returns
    -------
    tuple of StakedEvaluation
        One a rule.

    Raises
    ------
    UnknownNameError
        If the forecaster, a competition, a choice or a price is not known.
    NotEnoughData
        If there are no matches, or too few forecasts of them.
    """
    agent = require_agent(span.forecaster)
    with open_work() as work:
        codes = [require_competition(work, code).code for code in span.competitions]
        version = work.matches.data_version(codes)
        history = read_history(work, codes, now)
        quotes = _quotes(work, codes, now, rules)
    wanted = rows_between(history.matches, codes, span.first, span.last)
    forecast = _forecast(agent, history, wanted, shelf=shelf, name=_name(agent, span, version))
    evaluation = judge(history, forecast, wanted, forecaster=agent.name, markets=markets)
    arena = arena_of(history, forecast, wanted, quotes)
    for rule in rules:
        _require_price(rule, arena)
    played = [bet_by(arena, rule) for rule in rules]
    ratios = [
        ratio_of(bets.profits, bets.stakes, bets.days) if len(bets.stakes) else None for _, bets in played
    ]
    variants = _count(
        open_work,
        [
            _trial(span, rule, now, bets=report.bets, ratio=ratio)
            for rule, (report, _), ratio in zip(rules, played, ratios, strict=True)
        ],
    )
    reports = [
        report.model_copy(update={"deflation": None if ratio is None else deflate(ratio, variants)})
        for (report, _), ratio in zip(played, ratios, strict=True)
    ]
    return tuple(
        StakedEvaluation(
            **dict(evaluation),
            bets=report.bets,
            yield_=report.yield_,
            clv=report.clv,
            drawdown=report.drawdown,
            betting=report,
        )
        for report in reports
    )


def require_choice(name: str) -> str:
    """Return the name of a way to choose bets.

    Raises
    ------
    UnknownNameError
        With those that there are.
    """
    if name not in CHOICES:
        raise UnknownNameError("choice", name, nearest_names(name, CHOICES) or tuple(CHOICES))
    return name


def _require_price(rule: BettingRule, arena: Arena) -> None:
    if rule.price != EVERY_BOOK and PRICES.get(rule.price, rule.price) not in arena.offers.bookmakers:
        known = (*PRICES, EVERY_BOOK, *arena.offers.bookmakers)
        raise UnknownNameError("price", rule.price, nearest_names(rule.price, known) or known)


def _quotes(work: UnitOfWork, codes: list[str], now: datetime, rules: Sequence[BettingRule]) -> QuoteTable:
    """Read the early prices that rules may take or hold against others, and the closing ones believed."""
    families = tuple(sorted({family for rule in rules for family in rule.markets}))
    early = work.matches.quote_columns(codes, now, QuoteFilter(markets=families, closing=False))
    last = QuoteFilter(bookmakers=SHARPEST_FIRST, markets=families, closing=True)
    closing = work.matches.quote_columns(codes, now, last)
    return QuoteTable.from_columns({name: [*early[name], *closing[name]] for name in early})


def _forecast(
    agent: Agent, history: History, wanted: Bools, *, shelf: Shelf | None, name: str
) -> KeptForecast:
    kept = None if shelf is None else shelf.find(name)
    if kept is not None:
        return unpack_forecast(kept)
    forecast = keep(agent.replay(history, wanted), wanted)
    if shelf is not None:
        shelf.keep(name, pack_forecast(forecast))
    return forecast


def _name(agent: Agent, span: Span, version: str) -> str:
    """Name a forecast by everything that decides it: recipe, span, data, code."""
    parts = (repr(agent), span, version, code_version())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _count(open_work: UnitOfWorkFactory, trials: Sequence[Trial]) -> int:
    """Keep what was tried, and return how many rules were ever tried on this store."""
    with open_work(write=True) as work:
        for trial in trials:
            work.trials.add(trial)
        variants = len(work.trials.all())
        work.commit()
    return variants


def _trial(span: Span, rule: BettingRule, now: datetime, *, bets: int, ratio: float | None) -> Trial:
    where = f"{','.join(span.competitions)} {span.first} {span.last}"
    text = f"{span.forecaster} {where} {rule.label} {rule.price}"
    digest = hashlib.sha256(f"{text} {rule.digest}".encode()).hexdigest()
    return Trial(digest=digest, description=text, tried_at=now, bets=bets, ratio=ratio)
