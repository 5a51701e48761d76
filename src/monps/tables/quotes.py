"""Bookmakers' quotes as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl

from monps.domain.odds import QUOTED_SELECTIONS, OddsQuote
from monps.errors import UnknownNameError
from monps.numerics.checks import Floats
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
        on_line = pl.col("line").eq_missing(line)
        return self._latest(matches, _odds_columns(market), self._of(market, bookmaker, closing) & on_line)

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
        columns = ["line", *_odds_columns("asian_handicap")]
        found = self._latest(matches, columns, self._of("asian_handicap", bookmaker, closing))
        return found[:, 0], found[:, 1:]

    def _of(self, market: str, bookmaker: str, closing: bool) -> pl.Expr:
        is_his = (pl.col("market") == market) & (pl.col("bookmaker") == bookmaker)
        return is_his & (pl.col("closing") == closing)

    def _latest(self, matches: MatchTable, columns: list[str], chosen: pl.Expr) -> Floats:
        """Return each match's latest revision of the chosen quotes, shape (n, columns), NaN without one."""
        latest = (
            self.frame.filter(chosen)
            .sort("known_at", maintain_order=True)
            .unique("match_id", keep="last", maintain_order=True)
        )
        joined = matches.frame.select("match_id").join(
            latest.select("match_id", *columns), on="match_id", how="left", maintain_order="left"
        )
        return joined.select(pl.col(columns).fill_null(np.nan)).to_numpy()


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
