"""Forecasts of every family of markets on goals, scored where exactly one selection wins."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from monps.domain.evaluation import MarketScore
from monps.domain.market import MarketKey
from monps.evaluation import score_market
from monps.evaluation.scorecard import BINS
from monps.markets.catalogue import listed, market
from monps.markets.facts import Facts
from monps.markets.pricing import price
from monps.numerics.grid import ScoreGrid


def score_markets(grid: ScoreGrid, facts: Facts) -> Iterator[MarketScore]:
    """Score forecasts of all listed markets on goals that the facts settle.

    Parameters
    ----------
    grid : ScoreGrid
        Forecasts of n matches.
    facts : Facts
        How they ended.

    Yields
    ------
    MarketScore
        One a market, in the catalogue's order; markets with stakes given back, and those that too few
        facts settle, are left out.
    """
    keys = _decided_markets(grid.size)
    sheet, start = price(grid, keys), 0
    for key in keys:
        settled = market(key).settle(facts)
        columns = slice(start, start := start + len(settled))
        known = np.isfinite(settled).all(axis=0)
        if known.sum() >= BINS:
            won = settled[:, known].argmax(axis=0)
            yield score_market(str(key), sheet.probability[known, columns], won)


@cache
def _decided_markets(size: int) -> tuple[MarketKey, ...]:
    """List the markets in which every outcome makes one selection win and all others lose."""
    return tuple(key for key in listed() if _is_decided(key, size))


def _is_decided(key: MarketKey, size: int) -> bool:
    payoffs = market(key).payoffs(size)
    wins, losses = (payoffs == 1.0).sum(axis=0), (payoffs == -1.0).sum(axis=0)
    return bool((wins == 1).all() and (wins + losses == len(payoffs)).all())
