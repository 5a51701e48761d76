"""Price all markets of n matches with one matrix product."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from monps.domain.market import MarketKey, Selection
from monps.errors import ShapeError
from monps.markets.base import Market
from monps.markets.catalogue import listed, market
from monps.markets.sheet import PriceSheet
from monps.markets.timing import GoalTiming
from monps.markets.views import View
from monps.numerics.checks import Floats, Ints
from monps.numerics.grid import ScoreGrid

_CHUNK = 1024
"""Matches whose normalised grids are held at once, so that they stay in the cache."""


@dataclass(frozen=True, eq=False)
class PriceBook:
    """The payoffs of some selections, compiled for one grid size and one timing of goals.

    ``price`` makes one; hold it yourself to price many small grids.

    Parameters
    ----------
    selections : tuple of Selection, length m
        What is priced.
    payoffs : ndarray, shape (u, size²)
        The distinct parts of a unit stake's settlement, expected given each final score.
    win, lose : ndarray of int, shape (m,)
        Which of them a selection wins and loses; ``~i`` stands for 1 − part i.
    """

    selections: tuple[Selection, ...]
    payoffs: Floats
    win: Ints
    lose: Ints

    def price(self, grid: ScoreGrid) -> PriceSheet:
        """Price every selection for every match.

        Parameters
        ----------
        grid : ScoreGrid
            n matches, of the size the book was compiled for.

        Raises
        ------
        ShapeError
            If the grid is of another size than the book.
        """
        if grid.size**2 != self.payoffs.shape[1]:
            raise ShapeError(f"this book is for {self.payoffs.shape[1]} scores, the grid has {grid.size**2}")
        parts = np.empty((len(self.payoffs), len(grid)))
        for start in range(0, len(grid), _CHUNK):
            rows = slice(start, start + _CHUNK)
            np.matmul(self.payoffs, grid[rows].cells.T, out=parts[:, rows])
        return PriceSheet(self.selections, parts, self.win, self.lose)

    def sheets(self, grid: ScoreGrid, matches: int = 16 * _CHUNK) -> Iterator[PriceSheet]:
        """Price some matches at a time, for grids whose prices together would not fit into memory.

        Parameters
        ----------
        grid : ScoreGrid
            n matches.
        matches : int
            How many at a time.

        Yields
        ------
        PriceSheet
        """
        for start in range(0, len(grid), matches):
            yield self.price(grid[start : start + matches])


def price(
    grid: ScoreGrid, markets: Iterable[MarketKey] | None = None, timing: GoalTiming | None = None
) -> PriceSheet:
    """Price markets for every match of a grid.

    Parameters
    ----------
    grid : ScoreGrid
        Of goals; or of corners or cards, for their markets.
    markets : iterable of MarketKey, optional
        By default all listed markets on goals.
    timing : GoalTiming, optional
        When goals fall, for markets on a part of the match; by default as in many leagues together.

    Returns
    -------
    PriceSheet

    Examples
    --------
    >>> from monps.numerics.grid import independent
    >>> grid = independent(np.array([[0.5, 0.5]]), np.array([[0.8, 0.2]]))
    >>> price(grid, [MarketKey("match_result")]).probability.round(12).tolist()
    [[0.4, 0.5, 0.1]]
    """
    keys = None if markets is None else tuple(markets)
    return price_book(keys, grid.size, timing or GoalTiming()).price(grid)


@lru_cache(maxsize=64)
def price_book(markets: tuple[MarketKey, ...] | None, size: int, timing: GoalTiming) -> PriceBook:
    """Compile markets (by default all listed on goals) for grids of a size, and keep the book.

    Parameters
    ----------
    markets : tuple of MarketKey, optional
        What to price.
    size : int
        Scores a side, counting 0.
    timing : GoalTiming
        When goals fall.

    Notes
    -----
    Parts that are equal, or 1 minus each other, are computed once: over 2.5 and under 2.5, or over 2.25 that
    wins and under 2.25 that loses.
    """
    wanted = [market(key) for key in (listed() if markets is None else markets)]
    distinct = _Distinct({})
    places = [distinct.place(each, size) for each in wanted]
    win, lose = np.concatenate(places, axis=1)
    selections = tuple(selection for each in wanted for selection in each.selections)
    return PriceBook(selections, distinct.expected(size, timing), win, lose)


@dataclass(frozen=True)
class _Distinct:
    """The distinct parts of settlements seen through each view, in half units, and their rows."""

    rows: dict[View, dict[bytes, int]]

    def place(self, each: Market, size: int) -> Ints:
        """Return which parts its selections win and lose, shape (2, k)."""
        halves = np.rint(2 * each.payoffs(size)).astype(np.int8)
        seen = self.rows.setdefault(each.view, {})
        parts = (np.maximum(halves, 0), np.maximum(-halves, 0))
        return np.array([[self._row(seen, part) for part in side] for side in parts])

    def _row(self, seen: dict[bytes, int], part: Ints) -> int:
        itself, complement = part.tobytes(), (2 - part).astype(np.int8).tobytes()
        row = seen.setdefault(min(itself, complement), sum(map(len, self.rows.values())))
        return ~row if complement < itself else row

    def expected(self, size: int, timing: GoalTiming) -> Floats:
        """Return the parts' expected values given each final score, shape (u, size²)."""
        payoffs = np.empty((sum(map(len, self.rows.values())), size**2))
        for view, parts in self.rows.items():
            payoffs[list(parts.values())] = view.expectation(_decode(parts, view, size), size, timing)
        return payoffs


def _decode(parts: Iterable[bytes], view: View, size: int) -> Floats:
    shape: Sequence[int] = view.outcomes(size)[0].shape
    return np.stack([np.frombuffer(code, dtype=np.int8).reshape(shape) / 2 for code in parts])
