"""Odds on offer beside our prices."""

from collections.abc import Iterable, Iterator

import numpy as np

from monps.domain.market import MarketKey, Selection
from monps.domain.odds import QUOTED_SELECTIONS
from monps.domain.predictions import QuotedEdge
from monps.markets.sheet import PriceSheet
from monps.numerics.checks import Floats
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteSheet, QuoteTable

Books = dict[int, int]
"""Of each bookmaker, by number, where its latest quote stands."""


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
    quoted = quotes.sheet
    number = fixtures.frame["match_id"][place]
    own = np.flatnonzero((quoted.match_ids == number) & quoted.by_bookmakers())
    names, markets = tuple(quoted.names), _latest(quoted, own.tolist())
    rows = np.array([row for books in markets.values() for row in books.values()], dtype=np.int64)
    fair = _fair(quoted.odds[rows])
    edges: list[QuotedEdge] = []
    begun = 0
    for key, books in markets.items():
        part = slice(begun, begun + len(books))
        begun = part.stop
        bookmakers = [names[book] for book in books]
        edges += _best(key, bookmakers, (quoted.odds[rows[part]], fair[part]), sheet)
    return tuple(edges)


def _latest(quoted: QuoteSheet, own: Iterable[int]) -> dict[MarketKey, Books]:
    """Return each book's latest quote of each market, last prices where any book has them."""
    names = tuple(quoted.names)
    found: dict[MarketKey, tuple[Books, Books]] = {}
    for row in own:
        line = float(quoted.lines[row])
        key = MarketKey(names[quoted.markets[row]], None if np.isnan(line) else line)
        found.setdefault(key, ({}, {}))[int(quoted.closing[row])][int(quoted.books[row])] = row
    return {key: late or early for key, (early, late) in found.items()}


def _fair(odds: Floats) -> Floats:
    """Shape (k, 3): margin-free chances of k quotes, those of two selections and those of three apart."""
    fair, three = np.full_like(odds, np.nan), np.isfinite(odds[:, 2])
    for columns, chosen in ((2, ~three), (3, three)):
        if chosen.any():
            fair[chosen, :columns] = remove_margin(odds[chosen, :columns]).probabilities
    return fair


def _best(
    key: MarketKey, bookmakers: list[str], quoted: tuple[Floats, Floats], sheet: PriceSheet
) -> Iterator[QuotedEdge]:
    odds, fair = quoted
    for column, name in enumerate(QUOTED_SELECTIONS[key.family]):
        selection, known = Selection(key, name), np.isfinite(fair[:, column])
        if selection in sheet.places and known.any():
            row = int(np.where(known, odds[:, column], -np.inf).argmax())
            yield QuotedEdge(
                **key._asdict(),
                selection=name,
                bookmaker=bookmakers[row],
                odds=float(odds[row, column]),
                probability=float(sheet.probability[0, sheet.places[selection]]),
                fair_implied=float(fair[row, column]),
            )
