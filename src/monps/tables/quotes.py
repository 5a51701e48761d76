"""Bookmakers' quotes as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM, QUOTED_SELECTIONS, OddsQuote
from monps.errors import UnknownNameError
from monps.numerics.checks import Bools, Floats, Ints
from monps.tables.matches import MatchTable

_UTC = pl.Datetime("us", "UTC")
SCHEMA: dict[str, pl.DataType] = {
    "match_id": pl.Int64(),
    "bookmaker": pl.String(),
    "market": pl.String(),
    "line": pl.Float64(),
    "closing": pl.Boolean(),
    "odds_1": pl.Float64(),
    "odds_2": pl.Float64(),
    "odds_3": pl.Float64(),
    "known_at": _UTC,
}


@dataclass(frozen=True, eq=False)
class QuoteTable:
    """Quotes, one row each: decimal odds of one market by one bookmaker at one moment.

    ``odds_1`` … ``odds_3`` follow ``QUOTED_SELECTIONS`` of the market; a two-way market has no third.

    Parameters
    ----------
    frame : polars.DataFrame
        With the columns of ``SCHEMA``; make one with ``from_quotes``.
    """

    frame: pl.DataFrame

    @classmethod
    def from_quotes(cls, quotes: Iterable[tuple[int, OddsQuote]]) -> "QuoteTable":
        """Set quotes out in columns, each with the number of its match."""
        rows = [_row(match_id, quote) for match_id, quote in quotes]
        columns = dict(zip(SCHEMA, zip(*rows, strict=True), strict=True)) if rows else None
        return cls(pl.DataFrame(columns, schema=SCHEMA))

    @classmethod
    def from_columns(cls, columns: Mapping[str, Sequence[Any]]) -> "QuoteTable":
        """Take columns as a repository hands them out: by name, moments in microseconds since 1970."""
        # A database says 0 and 1 for truth, and moments are numbers there. Cast column by column, and ordered
        # only where need be: any query wakes polars' threads, and on a busy machine waits for them.
        given = SCHEMA | {"closing": pl.Int8(), "known_at": pl.Int64()}
        read = {
            name: pl.Series(name, columns[name], dtype=kind, strict=False) for name, kind in given.items()
        }
        order = np.lexsort([read[name].to_numpy() for name in ("known_at", "match_id")])
        frame = pl.DataFrame([read[name].cast(kind) for name, kind in SCHEMA.items()])
        return cls(frame if (order[1:] > order[:-1]).all() else frame[order])

    def __len__(self) -> int:
        return self.frame.height

    def until(self, as_of: datetime) -> "QuoteTable":
        """Return the quotes that were known at that moment."""
        return QuoteTable(self.frame.filter(pl.col("known_at") <= as_of))

    def odds(
        self, matches: MatchTable, market: str, bookmaker: str, *, closing: bool, line: float | None = None
    ) -> Floats:
        """Return the odds of one market, a row for each match, NaN where there is no quote.

        Parameters
        ----------
        matches : MatchTable
            The n matches to answer for, in their order.
        market : str
            A key of ``QUOTED_SELECTIONS``.
        bookmaker : str
            Whose odds.
        closing : bool
            The last before kick-off, or the earlier ones.
        line : float, optional
            Needed for totals and handicaps.

        Returns
        -------
        ndarray, shape (n, k)
            Decimal odds of the market's k selections; the latest revision where there are several.

        Raises
        ------
        UnknownNameError
            If there is no such market.
        """
        columns, sheet = _odds_columns(market), self.sheet
        chosen = sheet.of(market, bookmaker, closing=closing)
        on_line = np.isnan(sheet.lines[chosen]) if line is None else sheet.lines[chosen] == line
        return self._latest(matches, chosen[on_line], sheet.odds[:, : len(columns)])

    def handicaps(self, matches: MatchTable, bookmaker: str, *, closing: bool) -> tuple[Floats, Floats]:
        """Return the Asian handicap that a bookmaker quotes for each match, on whatever line.

        Parameters
        ----------
        matches : MatchTable
            The n matches to answer for, in their order.
        bookmaker : str
            Whose odds.
        closing : bool
            The last before kick-off, or the earlier ones.

        Returns
        -------
        lines : ndarray, shape (n,)
            From the home side's view; NaN where there is no quote.
        odds : ndarray, shape (n, 2)
            Of the home and the away side.
        """
        sheet = self.sheet
        quoted = np.column_stack([sheet.lines, sheet.odds[:, : len(_odds_columns("asian_handicap"))]])
        found = self._latest(matches, sheet.of("asian_handicap", bookmaker, closing=closing), quoted)
        return found[:, 0], found[:, 1:]

    @cached_property
    def sheet(self) -> "QuoteSheet":
        """The same as arrays."""
        return QuoteSheet.read(self.frame)

    def _latest(self, matches: MatchTable, chosen: Ints, quoted: Floats) -> Floats:
        """Return each match's latest revision of the chosen quotes, shape (n, columns), NaN without one."""
        numbers = matches.column("match_id").astype(np.int64)
        order = np.argsort(numbers, kind="stable")
        of_quote = self.sheet.match_ids[chosen]
        places = np.minimum(np.searchsorted(numbers[order], of_quote), max(len(numbers) - 1, 0))
        rows = order[places] if len(numbers) else places
        known = numbers[rows] == of_quote if len(numbers) else np.zeros(0, dtype=np.bool_)
        found = np.full((len(numbers), quoted.shape[1]), np.nan)
        found[rows[known]] = quoted[chosen[known]]  # of several, the last one stays
        return found


@dataclass(frozen=True, slots=True, eq=False)
class QuoteSheet:
    """The q quotes as arrays, in the order in which they became known.

    Parameters
    ----------
    match_ids, books, markets : ndarray of int, shape (q,)
        Bookmakers and markets as numbers.
    closing : ndarray of bool, shape (q,)
        Whether they are the last before kick-off.
    lines : ndarray, shape (q,)
        NaN where a market has none.
    odds : ndarray, shape (q, 3)
        Decimal; NaN where a market has fewer selections.
    names : mapping of str to int
        Every bookmaker's and market's number, in the order of the numbers.
    """

    match_ids: Ints
    books: Ints
    markets: Ints
    closing: Bools
    lines: Floats
    odds: Floats
    names: Mapping[str, int]

    @classmethod
    def read(cls, frame: pl.DataFrame) -> "QuoteSheet":
        """Read the columns of a table of quotes."""
        # NumPy and lists throughout: a match's few quotes are read as often as a history's millions.
        order = np.argsort(frame["known_at"].to_numpy(), kind="stable")
        written = [frame[name].to_list() for name in ("bookmaker", "market")]
        numbers = {name: place for place, name in enumerate(sorted(set().union(*written)))}
        books, markets = (
            np.fromiter(map(numbers.__getitem__, names), np.int64, len(names))[order] for names in written
        )
        return cls(
            frame["match_id"].to_numpy()[order],
            books,
            markets,
            frame["closing"].to_numpy()[order],
            frame["line"].to_numpy()[order],
            np.stack([frame[f"odds_{place}"].to_numpy()[order] for place in (1, 2, 3)], axis=1),
            numbers,
        )

    def of(self, market: str, bookmaker: str, *, closing: bool) -> Ints:
        """Return the places of one bookmaker's quotes of a market, shape (k,)."""
        book, kind = self.names.get(bookmaker, -1), self.names.get(market, -1)
        return np.flatnonzero((self.books == book) & (self.markets == kind) & (self.closing == closing))

    def by_bookmakers(self) -> Bools:
        """Shape (q,): whether a quote is a bookmaker's own, and not the provider's summary over several."""
        summaries = [self.names.get(name, -1) for name in (CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM)]
        return np.asarray((self.books != summaries[0]) & (self.books != summaries[1]))


def _odds_columns(market: str) -> list[str]:
    if market not in QUOTED_SELECTIONS:
        raise UnknownNameError("market", market, tuple(QUOTED_SELECTIONS))
    return [f"odds_{place + 1}" for place in range(len(QUOTED_SELECTIONS[market]))]


def _row(match_id: int, quote: OddsQuote) -> tuple[object, ...]:
    third = quote.odds[2] if len(quote.odds) > 2 else None  # noqa: PLR2004
    return (
        match_id,
        quote.bookmaker,
        quote.market,
        quote.line,
        quote.closing,
        quote.odds[0],
        quote.odds[1],
        third,
        quote.known_at,
    )
