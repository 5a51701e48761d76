"""What is odd about a match's prices: books out of line, and prices that moved."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grouped import group_medians
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

_SIDES = ("home", "draw", "away")
_FEWEST_BOOKS = 3
_MOVED = 0.02
"""A chance that has moved by this much since the early prices is worth a word."""


class FairResults(NamedTuple):
    """What k prices of the result say once their margin is removed.

    Parameters
    ----------
    match_ids : ndarray of int, shape (k,)
        Whose they are.
    closing : ndarray of bool, shape (k,)
        Whether they are the last before kick-off.
    books : ndarray of int, shape (k,)
        Who quotes, by the sheet's numbers.
    chances : ndarray, shape (k, 3)
        Of home win, draw and away win.
    """

    match_ids: Ints
    closing: Bools
    books: Ints
    chances: Floats

    @property
    def moments(self) -> Ints:
        """Shape (k,): a number for each match's early prices, and the next one for its last prices."""
        return 2 * self.match_ids + self.closing


def fair_results(quotes: QuoteTable) -> FairResults:
    """Remove the margin of each book's latest early price and latest last price of each match's result.

    The provider's own summaries over books are left out.
    """
    sheet = quotes.sheet
    own = np.flatnonzero(sheet.by_bookmakers() & (sheet.markets == sheet.names.get("match_result", -1)))
    whose = (sheet.match_ids[own] * len(sheet.names) + sheet.books[own]) * 2 + sheet.closing[own]
    _, from_the_end = np.unique(whose[::-1], return_index=True)
    latest = np.sort(own[len(own) - 1 - from_the_end])
    chances = remove_margin(sheet.odds[latest]).probabilities if len(latest) else np.empty((0, 3))
    priced = np.isfinite(chances).all(axis=1)
    rows = latest[priced]
    return FairResults(sheet.match_ids[rows], sheet.closing[rows], sheet.books[rows], chances[priced])


def typical_distance(quotes: QuoteTable) -> float:
    """Return by how much a book's fair chance differs from the books' median at most in 199 of 200 cases."""
    apart = _apart(fair_results(quotes)).max(axis=1)
    known = apart[np.isfinite(apart)]
    return float(np.quantile(known, 0.995)) if len(known) else 1.0


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
    fair, names = fair_results(quotes), tuple(quotes.sheet.names)
    said: dict[int, list[str]] = defaultdict(list)
    for match_id, remark in (*_out_of_line(fair, names, distance), *_moved(fair)):
        said[match_id].append(remark)
    return ["; ".join(said.get(number, ())) for number in fixtures.frame["match_id"].to_list()]


def _apart(fair: FairResults) -> Floats:
    """Shape (k, 3): each book's distance to the median of its moment's books; NaN where these are few."""
    _, group, counts = np.unique(fair.moments, return_inverse=True, return_counts=True)
    apart = np.abs(fair.chances - group_medians(fair.chances, group)[group])
    return np.where((counts >= _FEWEST_BOOKS)[group, None], apart, np.nan)


def _out_of_line(fair: FairResults, names: tuple[str, ...], distance: float) -> Iterator[tuple[int, str]]:
    apart = _apart(fair)
    for side, row in np.argwhere(distance < apart.T).tolist():
        points = f"{100 * apart[row, side]:.1f} points from the other books"
        yield int(fair.match_ids[row]), f"{names[fair.books[row]]} is out of line on {_SIDES[side]}: {points}"


def _moved(fair: FairResults) -> Iterator[tuple[int, str]]:
    moments, group = np.unique(fair.moments, return_inverse=True)
    medians = group_medians(fair.chances, group)
    early = np.flatnonzero((np.diff(moments) == 1) & (moments[:-1] % 2 == 0))
    before, after = medians[early], medians[early + 1]
    for place, side in np.argwhere(np.abs(after - before) >= _MOVED).tolist():
        shares = 100 * before[place, side], 100 * after[place, side]
        told = "{} moved from {:.1f} % to {:.1f} %".format(_SIDES[side], *shares)
        yield int(moments[early[place]]) // 2, told
