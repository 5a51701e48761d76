"""Bookmakers' quotes as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from monps.domain.odds import QUOTED_SELECTIONS, OddsQuote
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
        # A database says 0 and 1 for truth, and moments are numbers there.
        kinds = SCHEMA | {"closing": pl.Int8(), "known_at": pl.Int64()}
        given = pl.DataFrame({name: columns[name] for name in kinds}, schema=kinds, strict=False)
        typed = given.with_columns(pl.col(name).cast(SCHEMA[name]) for name in ("closing", "known_at"))
        return cls(typed.sort("match_id", "known_at", maintain_order=True))

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
        columns, sheet = _odds_columns(market), self._sheet
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
        sheet = self._sheet
        quoted = np.column_stack([sheet.lines, sheet.odds[:, : len(_odds_columns("asian_handicap"))]])
        found = self._latest(matches, sheet.of("asian_handicap", bookmaker, closing=closing), quoted)
        return found[:, 0], found[:, 1:]

    @cached_property
    def _sheet(self) -> "_Sheet":
        return _Sheet.read(self.frame)

    def _latest(self, matches: MatchTable, chosen: Ints, quoted: Floats) -> Floats:
        """Return each match's latest revision of the chosen quotes, shape (n, columns), NaN without one."""
        numbers = matches.column("match_id").astype(np.int64)
        order = np.argsort(numbers, kind="stable")
        of_quote = self._sheet.match_ids[chosen]
        places = np.minimum(np.searchsorted(numbers[order], of_quote), max(len(numbers) - 1, 0))
        rows = order[places] if len(numbers) else places
        known = numbers[rows] == of_quote if len(numbers) else np.zeros(0, dtype=np.bool_)
        found = np.full((len(numbers), quoted.shape[1]), np.nan)
        found[rows[known]] = quoted[chosen[known]]  # of several, the last one stays
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """Quotes as arrays, in the order in which they became known; names as numbers."""

    match_ids: Ints
    books: Ints
    markets: Ints
    closing: Bools
    lines: Floats
    odds: Floats
    names: Mapping[str, int]

    @classmethod
    def read(cls, frame: pl.DataFrame) -> "_Sheet":
        ordered = frame.sort("known_at", maintain_order=True)
        names = sorted({*frame["bookmaker"].unique(), *frame["market"].unique()})
        numbers = {name: place for place, name in enumerate(names)}
        books, markets = (
            ordered[column].replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
            for column in ("bookmaker", "market")
        )
        return cls(
            ordered["match_id"].to_numpy(),
            books,
            markets,
            ordered["closing"].to_numpy(),
            ordered["line"].fill_null(np.nan).to_numpy(),
            ordered.select(pl.col(f"odds_{place}").fill_null(np.nan) for place in (1, 2, 3)).to_numpy(),
            numbers,
        )

    def of(self, market: str, bookmaker: str, *, closing: bool) -> Ints:
        """Return the places of one bookmaker's quotes of a market."""
        book, kind = self.names.get(bookmaker, -1), self.names.get(market, -1)
        return np.flatnonzero((self.books == book) & (self.markets == kind) & (self.closing == closing))


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
