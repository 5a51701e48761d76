"""Prices, book by book, each checked over all rows at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import repeat
from typing import NamedTuple

import numpy as np

from monps.domain.market import MarketKey
from monps.domain.odds import CONSENSUS_MAXIMUM, EXCHANGE_SUFFIX, QUOTED_SELECTIONS, OddsQuote
from monps.numerics.checks import Bools, Floats
from monps.sources.football_data.cells import NOT_A_NUMBER, read_decimals, read_line
from monps.sources.football_data.columns import Book
from monps.sources.football_data.refusals import Refusals
from monps.sources.football_data.table import Table

# Nobody offers a book that pays whatever happens, nor one that keeps a third of all stakes: there a
# price was mistyped. Back prices of an exchange come from many people, seconds apart, and bear a
# commission besides: sums a little below 1 are real. The best prices of many books are nobody's book.
_SOUND_SUMS = (1.0 - 1e-9, 1.5)
_SOUND_SUMS_EXCHANGE = (0.97, 1.5)
_SOUND_SUMS_MAXIMUM = (0.0, 1.5)

# What OddsQuote(...) does with its arguments in a tuple, without a Python frame for each of a million.
_make_quote = partial(tuple.__new__, OddsQuote)


class PriceTimes(NamedTuple):
    """For each row, when its early and its closing prices became known."""

    early: Sequence[datetime]
    closing: Sequence[datetime]


class _Cells(NamedTuple):
    """One book's cells, read: ``prices`` has shape (k selections, n rows), NaN where blank."""

    book: Book
    prices: Floats
    lines: Sequence[float | None]


def read_quotes(
    table: Table, books: Sequence[Book], times: PriceTimes, refusals: Refusals
) -> list[tuple[OddsQuote, ...]]:
    """Return each row's quotes, in the order of the books; a refused one is noted and left out."""
    if not len(table) or not books:
        return [()] * len(table)
    columns = [_column(table, book, times, refusals) for book in books]
    return [tuple(filter(None, row)) for row in zip(*columns, strict=True)]


def _column(table: Table, book: Book, times: PriceTimes, refusals: Refusals) -> list[OddsQuote | None]:
    prices = [read_decimals(table.column(name)) for name in book.prices]
    cells = _Cells(book, np.array(prices), _lines(table, book))
    known_at = times.closing if book.closing else times.early
    odds = zip(*prices, strict=True)
    # Endless, equal parts and finite ones go together here: the shortest ends it.
    parts = zip(
        repeat(book.bookmaker),
        repeat(book.market),
        cells.lines,
        repeat(book.closing),
        odds,
        known_at,
        strict=False,
    )
    quotes: list[OddsQuote | None] = list(map(_make_quote, parts))
    blank: Bools = np.asarray(np.isnan(cells.prices).all(axis=0))
    for place in np.flatnonzero(blank | ~_sound(cells)).tolist():
        quotes[place] = None
        if not blank[place]:
            refusals.add(table.lines[place], _reason(table, cells, place))
    return quotes


def _lines(table: Table, book: Book) -> list[float | None]:
    if book.line_column is None:
        return [book.line] * len(table)
    return list(map(read_line, table.column(book.line_column)))


def _sound(cells: _Cells) -> Bools:
    """Shape (n,): whether all prices are there and above 1, sum to a book, and have their line."""
    with np.errstate(divide="ignore"):
        sums = (1.0 / cells.prices).sum(axis=0)
    least, most = _sound_sums(cells.book)
    sound: Bools = (cells.prices > 1.0).all(axis=0) & (sums >= least) & (sums <= most)
    if cells.book.market == "asian_handicap":
        sound &= np.array([line is not None for line in cells.lines])
    return sound


def _sound_sums(book: Book) -> tuple[float, float]:
    if book.bookmaker == CONSENSUS_MAXIMUM:
        return _SOUND_SUMS_MAXIMUM
    return _SOUND_SUMS_EXCHANGE if book.bookmaker.endswith(EXCHANGE_SUFFIX) else _SOUND_SUMS


def _reason(table: Table, cells: _Cells, place: int) -> str:
    book, prices, line = cells.book, cells.prices[:, place], cells.lines[place]
    when = "closing " if book.closing else ""
    quote = f"{book.bookmaker} {when}{MarketKey(book.market, line)}"
    for selection, price, name in zip(QUOTED_SELECTIONS[book.market], prices, book.prices, strict=True):
        if np.isnan(price):
            return f"{quote}: the price of {selection} ({name}) is missing"
        if price == NOT_A_NUMBER:
            return f"{quote}: {table.column(name)[place]!r} ({name}) is no price"
        if price <= 1.0:
            return f"{quote}: odds {price:g} ({name}) are not above 1"
    if line is None and book.line_column is not None:
        return f"{quote}: {table.column(book.line_column)[place]!r} ({book.line_column}) is no line"
    least, most = _sound_sums(book)
    total = float((1.0 / prices).sum())
    beyond = f"below {least:.2f}" if total < least else f"above {most:.2f}"
    return f"{quote}: the implied probabilities sum to {total:.3f}, {beyond}"
