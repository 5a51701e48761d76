"""Odds on offer beside our prices."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from monps.domain.market import MarketKey, Selection
from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM, QUOTED_SELECTIONS
from monps.domain.predictions import QuotedEdge
from monps.markets.sheet import PriceSheet
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable


def edges_of(
    fixtures: MatchTable, quotes: QuoteTable, sheet: PriceSheet, place: int
) -> tuple[QuotedEdge, ...]:
    """Return the best odds on each selection of one fixture that a single book quotes.

    Of a market the last prices count where there are any, else the earlier ones.

    Parameters
    ----------
    fixtures : MatchTable
        The n fixtures.
    quotes : QuoteTable
        Theirs.
    sheet : PriceSheet
        Our prices of its markets on goals.
    place : int
        Which of the n.
    """
    number = fixtures.frame["match_id"][place]
    summaries = (CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM)
    own = quotes.frame.filter((pl.col("match_id") == number) & ~pl.col("bookmaker").is_in(summaries))
    newest = own.filter(pl.col("closing") == pl.col("closing").any().over("market", "line"))
    latest = newest.unique(["bookmaker", "market", "line"], keep="last", maintain_order=True)
    parts = latest.partition_by("market", "line", as_dict=True, maintain_order=True)
    return tuple(
        edge
        for (market, line), books in parts.items()
        for edge in _best(MarketKey(str(market), line), books, sheet)
    )


def _best(key: MarketKey, books: pl.DataFrame, sheet: PriceSheet) -> Iterator[QuotedEdge]:
    names = QUOTED_SELECTIONS[key.family]
    odds = books.select(f"odds_{number + 1}" for number in range(len(names))).to_numpy()
    fair = remove_margin(odds).probabilities
    for column, name in enumerate(names):
        selection = Selection(key, name)
        if selection in sheet.places and np.isfinite(fair[:, column]).any():
            row = int(np.where(np.isfinite(fair[:, column]), odds[:, column], -np.inf).argmax())
            yield QuotedEdge(
                **key._asdict(),
                selection=name,
                bookmaker=books["bookmaker"][row],
                odds=float(odds[row, column]),
                probability=float(sheet.probability[0, sheet.places[selection]]),
                fair_implied=float(fair[row, column]),
            )
