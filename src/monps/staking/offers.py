"""What bookmakers offer on some matches, one selection a row, with what is odd about it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import polars as pl

from monps.domain.market import MarketKey, Selection
from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM, QUOTED_SELECTIONS
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.overround import remove_margin
from monps.tables.quotes import QuoteTable

SUMMARIES = (CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM)
"""Not bookmakers: nobody takes bets at a provider's average."""

_ODDS = ("odds_1", "odds_2", "odds_3")
_BOOK = ("match_id", "bookmaker", "market", "line")


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """Offers of n matches, a row a selection and bookmaker.

    Parameters
    ----------
    selections : tuple of Selection, length m
        What is on offer anywhere.
    bookmakers : tuple of str
        By whom.
    match : ndarray of int, shape (k,)
        The match's place among the n.
    selection, bookmaker : ndarray of int, shape (k,)
        Places in the tuples above.
    odds : ndarray, shape (k,)
        Decimal odds.
    fair : ndarray, shape (k,)
        The same quote's probability without its margin; NaN where that cannot be removed.
    quoted_at : ndarray of int, shape (k,)
        Microseconds since 1970.
    median : ndarray, shape (k,)
        The median bookmaker's odds for the same selection; NaN where there is none.
    count : ndarray of int, shape (k,)
        How many bookmakers that is the median of.
    """

    selections: tuple[Selection, ...]
    bookmakers: tuple[str, ...]
    match: Ints
    selection: Ints
    bookmaker: Ints
    odds: Floats
    fair: Floats
    quoted_at: Ints
    median: Floats
    count: Ints

    def __len__(self) -> int:
        return len(self.odds)

    def where(self, rows: Bools | Ints) -> "Offers":
        """Return some of the offers."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self)[2:]}
        return Offers(self.selections, self.bookmakers, **columns)

    @property
    def markets(self) -> tuple[MarketKey, ...]:
        """The markets on offer."""
        return tuple(dict.fromkeys(selection.market for selection in self.selections))

    @property
    def market(self) -> Ints:
        """Shape (k,): the number of each offer's market."""
        places = {key: place for place, key in enumerate(self.markets)}
        return np.array([places[each.market] for each in self.selections], dtype=np.int64)[self.selection]

    @property
    def bet_key(self) -> Ints:
        """Shape (k,): one number for all offers of one selection of one match."""
        return self.match * max(1, len(self.selections)) + self.selection

    def of_bookmakers(self, names: Sequence[str]) -> Bools:
        """Shape (k,): whether an offer is one of these bookmakers'."""
        wanted = [place for place, name in enumerate(self.bookmakers) if name in names]
        return np.isin(self.bookmaker, wanted)


def offers_of(match_ids: Sequence[int], quotes: QuoteTable, *, closing: bool | None = False) -> Offers:
    """Set quotes out by selection; of a book's revisions the latest counts.

    Parameters
    ----------
    match_ids : sequence of int
        The n matches, in the order of the offers' ``match``.
    quotes : QuoteTable
        All that is known at the moment from which one looks.
    closing : bool or None
        Whether to take the last prices before kick-off, or those before; None takes whichever are newest.
    """
    places = pl.DataFrame({"match_id": match_ids}, schema={"match_id": pl.Int64}).with_row_index("match")
    latest = (
        quotes.frame.filter(True if closing is None else pl.col("closing") == closing)
        .join(places, on="match_id")
        .sort("known_at", maintain_order=True)
        .unique(_BOOK, keep="last", maintain_order=True)
        .sort("match", "market", "line", "bookmaker", maintain_order=True)
    )
    kinds = latest.select("market", "line").unique(maintain_order=True).sort("market", "line").rows()
    keys = [MarketKey(market, line) for market, line in kinds]
    selections = tuple(Selection(key, name) for key in keys for name in QUOTED_SELECTIONS[key.family])
    bookmakers = tuple(latest["bookmaker"].unique().sort())
    rows = _rows(latest, keys, bookmakers)
    key = rows["match"] * max(1, len(selections)) + rows["selection"]
    summary = np.array([name in SUMMARIES for name in bookmakers], dtype=np.bool_)[rows["bookmaker"]]
    median, count = _consensus(key, rows["odds"], ~summary)
    return Offers(selections, bookmakers, **rows, median=median, count=count)


def _rows(
    latest: pl.DataFrame, keys: Sequence[MarketKey], bookmakers: Sequence[str]
) -> dict[str, np.ndarray]:
    sizes = [len(QUOTED_SELECTIONS[key.family]) for key in keys]
    firsts = pl.DataFrame(
        {
            "market": [key.family for key in keys],
            "line": [key.line for key in keys],
            "first": np.cumsum([0, *sizes[:-1]]) if keys else [],
        },
        schema={"market": pl.String, "line": pl.Float64, "first": pl.Int64},
    )
    numbers = pl.DataFrame({"bookmaker": bookmakers}, schema={"bookmaker": pl.String}).with_row_index("book")
    frame = latest.join(firsts, on=["market", "line"], nulls_equal=True, maintain_order="left")
    frame = frame.join(numbers, on="bookmaker", maintain_order="left")
    odds = frame.select(pl.col(_ODDS).fill_null(np.nan)).to_numpy()
    row, place = np.nonzero(np.isfinite(odds))
    return {
        "match": frame["match"].cast(pl.Int64).to_numpy()[row],
        "selection": frame["first"].to_numpy()[row] + place,
        "bookmaker": frame["book"].cast(pl.Int64).to_numpy()[row],
        "odds": odds[row, place],
        "fair": _fair(odds)[row, place],
        "quoted_at": frame["known_at"].cast(pl.Int64).to_numpy()[row],
    }


def _fair(odds: Floats) -> Floats:
    """Remove the margin of books with two or three selections, shape (b, 3)."""
    fair = np.full(odds.shape, np.nan)
    three = np.isfinite(odds[:, 2])
    for rows, count in ((three, 3), (~three, 2)):
        fair[rows, :count] = remove_margin(odds[rows, :count]).probabilities
    return fair


def _consensus(key: Ints, odds: Floats, said: Bools) -> tuple[Floats, Ints]:
    """Return the median odds with each offer's key, among those that have a say, and how many these are."""
    frame = pl.DataFrame({"key": key[said], "odds": odds[said]})
    medians = frame.group_by("key").agg(pl.col("odds").median().alias("median"), pl.len().alias("count"))
    found = pl.DataFrame({"key": key}).join(medians, on="key", how="left", maintain_order="left")
    return found["median"].fill_null(np.nan).to_numpy(), found["count"].fill_null(0).cast(pl.Int64).to_numpy()
