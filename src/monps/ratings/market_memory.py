"""What the market thought of past matches: the goals that their last prices stood for.

Strengths fitted to these goals are the market's memory of the teams. They use no price of the match to
come, and prices of a past match count as known only when its result does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.inversion import rates_from_result, rates_from_result_and_total
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

SHARPEST_FIRST = ("pinnacle", "betfair_exchange", "average", "bet365")
"""Whose price is believed where several are quoted: the sharp book, the exchange, then the crowd."""

MAIN_LINE = 2.5


class FairPrices(NamedTuple):
    """Margin-free probabilities of n matches, NaN where nobody quotes.

    ``result``, shape (n, 3): home win, draw, away win; ``over``, shape (n,): more goals than 2.5.
    """

    result: Floats
    over: Floats


class ImpliedRates(NamedTuple):
    """Goal rates and ρ that give those prices, each of shape (n,), NaN where there are none."""

    home: Floats
    away: Floats
    rho: Floats


def with_implied_goals(matches: MatchTable, quotes: QuoteTable) -> MatchTable:
    """Give every match the goals that its last prices stood for.

    Parameters
    ----------
    matches : MatchTable
        The n matches.
    quotes : QuoteTable
        Their quotes: match results, and totals at 2.5 where there are any.

    Returns
    -------
    MatchTable
        With ``home_implied_goals`` and ``away_implied_goals``, unknown where no price is.
    """
    rates = implied_rates(*fair_prices(matches, quotes, closing=(True, False)))
    return matches.with_implied_goals(rates.home, rates.away)


def fair_prices(matches: MatchTable, quotes: QuoteTable, closing: Sequence[bool]) -> FairPrices:
    """Remove the margin of the sharpest price of each match.

    Parameters
    ----------
    matches : MatchTable
        The n matches.
    quotes : QuoteTable
        Their quotes.
    closing : sequence of bool
        Which prices to look at, the preferred ones first; within each, ``SHARPEST_FIRST``.
    """
    result = _sharpest(matches, quotes, "match_result", closing)
    return FairPrices(result, _sharpest(matches, quotes, "totals", closing)[:, 0])


def implied_rates(result: Floats, over: Floats) -> ImpliedRates:
    """Find the rates behind prices; with no total, the usual ρ stands in for what it would have told.

    Parameters
    ----------
    result : ndarray, shape (n, 3)
        Fair probabilities of home win, draw and away win.
    over : ndarray, shape (n,)
        That of over 2.5 goals, NaN where unknown.
    """
    found = np.full((3, len(result)), np.nan)
    priced, totalled = np.isfinite(result).all(axis=1), np.isfinite(over)
    both, alone = priced & totalled, priced & ~totalled
    fits = rates_from_result_and_total(result[both], over[both], MAIN_LINE), rates_from_result(result[alone])
    for rows, fit in zip((both, alone), fits, strict=True):
        found[:, rows] = np.where(fit.converged, [fit.home, fit.away, fit.rho], np.nan)
    return ImpliedRates(*found)


def _sharpest(matches: MatchTable, quotes: QuoteTable, market: str, closing: Sequence[bool]) -> Floats:
    line = MAIN_LINE if market == "totals" else None
    books = [
        remove_margin(quotes.odds(matches, market, name, closing=last, line=line)).probabilities
        for last in closing
        for name in SHARPEST_FIRST
    ]
    best = books[0]
    for book in books[1:]:
        best = np.where(np.isnan(best), book, best)
    return best
