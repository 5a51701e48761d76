"""Forecasts of every family of markets on goals, scored where exactly one selection wins."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from monps.domain.evaluation import MarketScore
from monps.domain.market import MarketKey
from monps.evaluation import Outcomes, score_market
from monps.markets.catalogue import listed, market
from monps.markets.facts import Facts
from monps.markets.pricing import price
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid

_SETTLED = 0.99
"""Half-time scores are missing here and there; a hundredth of the matches cannot bend a score much."""


class Closing(NamedTuple):
    """Fair closing probabilities of n matches by market, shape (n, k), and the matches' days, shape (n,)."""

    fair: Mapping[MarketKey, Floats]
    days: Floats


def score_markets(grid: ScoreGrid, facts: Facts, closing: Closing) -> Iterator[MarketScore]:
    """Score forecasts of all listed markets on goals that the facts settle.

    Parameters
    ----------
    grid : ScoreGrid
        Forecasts of n matches.
    facts : Facts
        How they ended.
    closing : Closing
        What there is to compare with.

    Yields
    ------
    MarketScore
        One a market, in the catalogue's order. Left out are markets with stakes given back, and those that
        the facts settle only for some matches: which ones would depend on how they ended.
    """
    keys = _decided_markets(grid.size)
    sheet, start = price(grid, keys), 0
    for key in keys:
        settled = market(key).settle(facts)
        columns = slice(start, start := start + len(settled))
        known = np.asarray(np.isfinite(settled).all(axis=0))
        if known.mean() >= _SETTLED:
            forecast = sheet.probability[:, columns]
            fair = closing.fair.get(key, np.full_like(forecast, np.nan))
            every = Outcomes(forecast, settled.argmax(axis=0), fair, closing.days)
            yield score_market(str(key), every.where(known))


@cache
def _decided_markets(size: int) -> tuple[MarketKey, ...]:
    """List the markets in which every outcome makes one selection win and all others lose."""
    return tuple(key for key in listed() if _is_decided(key, size))


def _is_decided(key: MarketKey, size: int) -> bool:
    payoffs = market(key).payoffs(size)
    wins, losses = (payoffs == 1.0).sum(axis=0), (payoffs == -1.0).sum(axis=0)
    return bool((wins == 1).all() and (wins + losses == len(payoffs)).all())
