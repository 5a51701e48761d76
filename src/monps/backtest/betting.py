"""Report what came of betting by a rule."""

import time
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from monps.backtest.arena import Arena
from monps.backtest.play import CENTS, Played, play
from monps.backtest.rules import BettingRule
from monps.domain.betting import BettingReport
from monps.domain.evaluation import ReliabilityBin
from monps.domain.identifiers import Season
from monps.domain.ledger import CENT, ClosingLineValue, Drawdown, EquityPoint, LedgerCut
from monps.evaluation.closing_line import closing_line_value
from monps.evaluation.profit import deepest_fall, fall_interval, mean_of, yield_of
from monps.numerics.calibration import reliability
from monps.numerics.checks import Bools, Floats, Ints
from monps.staking.offers import Offers
from monps.staking.value import best_offers

_EPOCH = date(1970, 1, 1)
_BINS = 10
_MOST_POINTS = 400
_RESULTS = {"won": 1.0, "half_won": 0.5, "void": 0.0, "half_lost": -0.5, "lost": -1.0}


def bet_by(arena: Arena, rule: BettingRule) -> tuple[BettingReport, Played]:
    """Replay a rule, and report what came of it.

    Parameters
    ----------
    arena : Arena
        What there was to bet on.
    rule : BettingRule
        How to bet.

    Returns
    -------
    report : BettingReport
    played : Played
        The bets themselves.
    """
    begun = time.perf_counter()
    played = play(arena, rule)
    seconds = time.perf_counter() - begun
    final = played.wealth[-1] if len(played.wealth) else float(rule.initial)
    closing = arena.closing[played.offers.selection, played.offers.match]
    clv = _closing_line(arena, played, closing)
    report = BettingReport(
        rule=rule.label,
        price=rule.price,
        matches=len(arena.grid),
        offers=len(played.offered),
        **dict(_cut(played, closing, np.ones(len(played.stakes), dtype=np.bool_))),
        initial=rule.initial,
        final=_money(float(final)),
        **{name: int((played.settled == value).sum()) for name, value in _RESULTS.items()},
        mean_odds=float(played.odds.mean()) if len(played.odds) else None,
        closing_line_value=clv,
        drawdown=drawdown_of(played.wealth_days, played.wealth, float(rule.initial)),
        equity=tuple(_equity(played.wealth_days, played.wealth)),
        calibration=_calibration(played),
        not_taken=played.not_taken,
        controls=played.controls,
        by=_by(arena, played, closing),
        seconds=seconds,
    )
    return report, played


def drawdown_of(days: Ints, wealth: Floats, initial: float) -> Drawdown:
    """Return the deepest fall of a bankroll, with its interval and its days.

    Parameters
    ----------
    days : ndarray of int, shape (d,)
        Since 1970.
    wealth : ndarray, shape (d,)
        After each of these days.
    initial : float
        Before the first.
    """
    path = np.concatenate([[initial], wealth])
    found = deepest_fall(path)
    before = np.maximum(path[:-1], 1.0 / CENTS)
    dated = [None, *map(_date, days.tolist())]
    return Drawdown(
        amount=_money(found.amount),
        share=min(found.share, 1.0),
        interval=fall_interval(np.maximum(np.diff(path) / before, -1.0)),
        peak_on=dated[found.peak],
        trough_on=dated[found.trough],
    )


def _closing_line(arena: Arena, played: Played, closing: Floats) -> ClosingLineValue | None:
    """Measure the bets taken, beside all offers on the same markets of the same matches at such prices."""
    offered, odds = played.offered, played.offered_odds
    same = np.isin(_market_keys(offered), _market_keys(played.offers))
    lot = best_offers(offered.bet_key, odds, same)
    null = odds[lot] / arena.closing[offered.selection[lot], offered.match[lot]] - 1.0
    return closing_line_value(played.odds, closing, played.days, null=null)


def _market_keys(offers: Offers) -> Ints:
    return offers.match * (len(offers.markets) + 1) + offers.market


def _cut(played: Played, closing: Floats, rows: Bools) -> LedgerCut:
    stakes, profits, days = played.stakes[rows], played.profits[rows], played.days[rows]
    values = played.odds[rows] / closing[rows] - 1.0
    known = np.isfinite(values)
    return LedgerCut(
        bets=int(rows.sum()),
        staked=_money(float(stakes.sum())),
        profit=_money(float(profits.sum())),
        yield_=yield_of(profits, stakes, days) if rows.any() else None,
        clv=mean_of(values[known], days[known]),
    )


def _by(arena: Arena, played: Played, closing: Floats) -> dict[str, dict[str, LedgerCut]]:
    frame = arena.matches.frame[played.offers.match]
    markets = [played.offers.selections[place].market.family for place in played.offers.selection]
    labels: dict[str, list[str]] = {
        "competition": frame["competition"].to_list(),
        "season": [Season(start=year).label for year in frame["season"]],
        "market": markets,
        "bookmaker": [played.offers.bookmakers[place] for place in played.offers.bookmaker],
    }
    return {
        kind: {str(name): _cut(played, closing, np.array(names) == name) for name in sorted(set(names))}
        for kind, names in labels.items()
    }


def _calibration(played: Played) -> tuple[ReliabilityBin, ...]:
    """Set the forecasts of bets that were won or lost against how often they were won."""
    decided = np.abs(played.settled) == 1.0
    chance, won = played.probability[decided], played.settled[decided] > 0
    if len(chance) < _BINS:
        return ()
    bars = reliability(chance, won, bins=_BINS)
    columns = zip(bars.forecast.tolist(), bars.observed.tolist(), bars.count.tolist(), strict=True)
    return tuple(ReliabilityBin(outcome="bet", forecast=p, observed=o, count=n) for p, o, n in columns)


def _equity(days: Ints, wealth: Floats) -> list[EquityPoint]:
    """Thin the path to what a picture can show, its last point always among them."""
    step = max(1, -(-len(days) // _MOST_POINTS))
    chosen = range((len(days) - 1) % step, len(days), step) if len(days) else ()
    return [EquityPoint(day=_date(int(days[place])), equity=_money(float(wealth[place]))) for place in chosen]


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)


def _money(amount: float) -> Decimal:
    return (Decimal(round(amount * CENTS)) / CENTS).quantize(CENT)
