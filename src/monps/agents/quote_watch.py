"""What is odd about a match's prices: books out of line, and prices that moved."""

import numpy as np
import polars as pl

from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

_SIDES = ("home", "draw", "away")
_FEWEST_BOOKS = 3
_MOVED = 0.02
"""A chance that has moved by this much since the early prices is worth a word."""


def fair_results(quotes: QuoteTable) -> pl.DataFrame:
    """Return each book's margin-free chances of the result: match_id, closing, bookmaker, odds, ``_SIDES``.

    The provider's own summaries over books are left out.
    """
    summaries = (CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM)
    own = quotes.frame.filter(
        (pl.col("market") == "match_result") & ~pl.col("bookmaker").is_in(summaries)
    ).unique(["match_id", "bookmaker", "closing"], keep="last", maintain_order=True)
    odds = own.select("odds_1", "odds_2", "odds_3").to_numpy()
    fair = remove_margin(odds).probabilities if len(own) else np.empty((0, 3))
    chances = [pl.Series(side, fair[:, place]) for place, side in enumerate(_SIDES)]
    return own.select("match_id", "closing", "bookmaker", "odds_1", "odds_2", "odds_3").with_columns(chances)


def typical_distance(quotes: QuoteTable) -> float:
    """Return by how much a book's fair chance differs from the books' median at most in 199 of 200 cases."""
    apart = _apart(fair_results(quotes))
    if not len(apart):
        return 1.0
    return float(np.nanquantile(apart.select(_SIDES).to_numpy().max(axis=1), 0.995))


def remarks(fixtures: MatchTable, quotes: QuoteTable, distance: float) -> list[str]:
    """Say of each fixture which books are out of line, and how prices moved; nothing if there is nothing.

    Parameters
    ----------
    fixtures : MatchTable
        The n fixtures.
    quotes : QuoteTable
        Theirs.
    distance : float
        As ``typical_distance`` found it.
    """
    fair = fair_results(quotes)
    said = _out_of_line(fair, distance)
    if fair["closing"].n_unique() > 1:
        said = pl.concat([said, _moved(fair)])
    if said.is_empty():
        return [""] * len(fixtures)
    joined = said.group_by("match_id", maintain_order=True).agg(pl.col("remark").str.join("; "))
    numbers = fixtures.frame.select("match_id")
    return (
        numbers.join(joined, on="match_id", how="left", maintain_order="left")["remark"]
        .fill_null("")
        .to_list()
    )


def _apart(fair: pl.DataFrame) -> pl.DataFrame:
    """Keep the books of which there are enough beside them, with their distances to the median."""
    group = ("match_id", "closing")
    crowd = fair.filter(pl.len().over(group) >= _FEWEST_BOOKS)
    return crowd.with_columns((pl.col(side) - pl.col(side).median().over(group)).abs() for side in _SIDES)


def _out_of_line(fair: pl.DataFrame, distance: float) -> pl.DataFrame:
    apart = _apart(fair).unpivot(
        _SIDES, index=["match_id", "closing", "bookmaker"], variable_name="side", value_name="apart"
    )
    remark = pl.format(
        "{} is out of line on {}: {} points from the other books",
        pl.col("bookmaker"), pl.col("side"), (100 * pl.col("apart")).round(1),
    )  # fmt: skip
    return apart.filter(pl.col("apart") > distance).select("match_id", remark=remark)


def _moved(fair: pl.DataFrame) -> pl.DataFrame:
    medians = fair.group_by("match_id", "closing").agg(pl.col(side).median() for side in _SIDES)
    long = medians.unpivot(_SIDES, index=["match_id", "closing"], variable_name="side", value_name="chance")
    early, late = (
        long.filter(pl.col("closing") == last).drop("closing").rename({"chance": name})
        for last, name in ((False, "early"), (True, "late"))
    )
    both = early.join(late, on=["match_id", "side"], how="inner").sort("match_id", "side")
    remark = pl.format(
        "{} moved from {} % to {} %",
        pl.col("side"), (100 * pl.col("early")).round(1), (100 * pl.col("late")).round(1),
    )  # fmt: skip
    return both.filter((pl.col("late") - pl.col("early")).abs() >= _MOVED).select("match_id", remark=remark)
