"""Report on the books: what was staked, what came of it, and how much of that may be luck."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

import numpy as np

from monps.domain.ledger import (
    Bankroll,
    Bet,
    ClosingLineValue,
    Drawdown,
    EquityPoint,
    LedgerCut,
    LedgerReport,
)
from monps.evaluation.closing_line import closing_line_value
from monps.evaluation.profit import deepest_fall, fall_interval, mean_of, yield_of
from monps.numerics.checks import Floats, Ints
from monps.ports.repositories import StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.ratings.market_memory import SHARPEST_FIRST
from monps.services.bankrolls import require_bankroll
from monps.services.settle import result_of
from monps.staking.offers import Offers, offers_of
from monps.tables.quotes import QuoteTable

_NOTHING = Decimal("0.00")
_FEW_BETS = 200
_CUTS: dict[str, Callable[[Bet], str]] = {
    "market": lambda bet: bet.family,
    "competition": lambda bet: bet.competition,
    "bookmaker": lambda bet: bet.bookmaker,
    "month": lambda bet: f"{bet.kickoff:%Y-%m}",
}


def report_ledger(open_work: UnitOfWorkFactory, bankroll: str, *, now: datetime) -> LedgerReport:
    """Report on a bankroll.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books are.
    bankroll : str
        Its name.
    now : datetime
        The present.

    Raises
    ------
    NotFoundError
        If there is no such bankroll.
    """
    with open_work() as work:
        account = require_bankroll(work, bankroll)
        bets = work.ledger.bets(bankroll)
        settled = sorted((bet for bet in bets if not bet.is_open), key=lambda bet: (bet.kickoff, bet.bet_id))
        null = _null(work, settled, now)
        warnings = (*_corrected(work, settled, now), *_modest(settled))
    return _report(account, settled, null, now=now, unsettled=len(bets) - len(settled), warnings=warnings)


def _report(
    account: Bankroll,
    settled: Sequence[Bet],
    null: Floats,
    *,
    now: datetime,
    unsettled: int,
    warnings: tuple[str, ...],
) -> LedgerReport:
    counts = Counter(bet.settlement.result for bet in settled if bet.settlement)
    equity = tuple(_equity(account, settled))
    return LedgerReport(
        bankroll=account,
        as_of=now,
        **dict(_cut(settled)),
        final=account.balance + account.open_stakes,
        open=unsettled,
        **{name: counts[name] for name in ("won", "half_won", "void", "half_lost", "lost")},
        closing_line_value=_closing_line(settled, null),
        drawdown=_drawdown(account, equity),
        equity=equity,
        by={kind: _by(settled, label) for kind, label in _CUTS.items()},
        warnings=warnings,
    )


def _cut(bets: Sequence[Bet]) -> LedgerCut:
    profits, stakes = _profits(bets), _stakes(bets)
    values, days = _clv(bets), _days(bets)
    known = np.isfinite(values)
    return LedgerCut(
        bets=len(bets),
        staked=sum((bet.stake for bet in bets), _NOTHING),
        profit=sum((bet.settlement.profit for bet in bets if bet.settlement), _NOTHING),
        yield_=yield_of(profits, stakes, days),
        clv=mean_of(values[known], days[known]),
    )


def _by(bets: Sequence[Bet], label: Callable[[Bet], str]) -> dict[str, LedgerCut]:
    return {name: _cut(list(group)) for name, group in groupby(sorted(bets, key=label), key=label)}


def _profits(bets: Sequence[Bet]) -> Floats:
    return np.array([float(bet.settlement.profit) for bet in bets if bet.settlement], dtype=np.float64)


def _stakes(bets: Sequence[Bet]) -> Floats:
    return np.array([float(bet.stake) for bet in bets], dtype=np.float64)


def _days(bets: Sequence[Bet]) -> Ints:
    return np.array([bet.kickoff.toordinal() for bet in bets], dtype=np.int64)


def _net_odds(bet: Bet) -> float:
    return float(1 + (bet.odds - 1) * (1 - bet.commission))


def _fair_closing(bets: Sequence[Bet]) -> Floats:
    found = [bet.settlement.fair_closing if bet.settlement else None for bet in bets]
    return np.array([math.nan if fair is None else fair for fair in found], dtype=np.float64)


def _clv(bets: Sequence[Bet]) -> Floats:
    return np.array([_net_odds(bet) for bet in bets], dtype=np.float64) / _fair_closing(bets) - 1.0


def _closing_line(bets: Sequence[Bet], null: Floats) -> ClosingLineValue | None:
    odds = np.array([_net_odds(bet) for bet in bets], dtype=np.float64)
    return closing_line_value(odds, _fair_closing(bets), _days(bets), null=null)


def _equity(account: Bankroll, settled: Sequence[Bet]) -> Iterator[EquityPoint]:
    """Yield the bankroll after each match day; open stakes count as not yet lost."""
    equity = account.initial
    for day, bets in groupby(settled, key=lambda bet: bet.kickoff.date()):
        equity += sum((bet.settlement.profit for bet in bets if bet.settlement), _NOTHING)
        yield EquityPoint(day=day, equity=equity)


def _drawdown(account: Bankroll, equity: Sequence[EquityPoint]) -> Drawdown:
    path = np.array([float(account.initial), *(float(point.equity) for point in equity)])
    days: list[date | None] = [None, *(point.day for point in equity)]
    found = deepest_fall(path)
    return Drawdown(
        amount=Decimal(round(found.amount * 100)) / 100,
        share=min(found.share, 1.0),
        interval=fall_interval(np.diff(path) / np.maximum(path[:-1], 0.01)),
        peak_on=days[found.peak],
        trough_on=days[found.trough],
    )


def _null(work: UnitOfWork, bets: Sequence[Bet], now: datetime) -> Floats:
    """Return the closing line value of all selections of the markets bet on, at the same bookmakers' odds."""
    ids = sorted({bet.match_id for bet in bets})
    table = QuoteTable.from_quotes(work.calendar.quotes(ids, now))
    early, last = offers_of(ids, table), offers_of(ids, table, closing=True)
    places = {match_id: place for place, match_id in enumerate(ids)}
    markets = {(places[bet.match_id], bet.bookmaker, bet.backed.market) for bet in bets}
    fair = _fair_by_selection(last)
    found = [
        odds * fair[match, early.selections[selection]] - 1.0
        for match, selection, book, odds in zip(
            early.match.tolist(),
            early.selection.tolist(),
            early.bookmaker.tolist(),
            early.odds.tolist(),
            strict=True,
        )
        if (match, early.bookmakers[book], early.selections[selection].market) in markets
        and (match, early.selections[selection]) in fair
    ]
    return np.array(found, dtype=np.float64)


def _fair_by_selection(last: Offers) -> dict[tuple[int, object], float]:
    """Return closing probabilities by match and selection, of the sharpest bookmaker that has them."""
    found: dict[tuple[int, object], float] = {}
    for name in reversed(SHARPEST_FIRST):
        rows = last.where(last.of_bookmakers([name]) & np.isfinite(last.fair))
        keys = zip(rows.match.tolist(), (last.selections[place] for place in rows.selection), strict=True)
        found.update(zip(keys, rows.fair.tolist(), strict=True))
    return found


def _corrected(work: UnitOfWork, settled: Sequence[Bet], now: datetime) -> Iterator[str]:
    """Name bets whose match has had its result corrected since they were settled."""
    found = {match_id: work.calendar.find(match_id, now) for match_id in {bet.match_id for bet in settled}}
    for bet in settled:
        stored, settlement = found[bet.match_id], bet.settlement
        if settlement is None or settlement.reason or not isinstance(stored, StoredMatch):
            continue
        result = result_of(bet, stored.match)
        if result not in (None, settlement.result):
            yield (
                f"bet {bet.bet_id} was settled as {settlement.result}; by the result as it is known now it "
                f"would be {result}"
            )


def _modest(settled: Sequence[Bet]) -> Iterator[str]:
    if len(settled) < _FEW_BETS:
        yield f"{len(settled)} settled bets say next to nothing about skill; look at the interval"
