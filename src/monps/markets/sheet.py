"""Price sheets: what n matches' selections win, lose and are worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from monps.domain.market import MarketKey, Selection
from monps.errors import UnknownNameError
from monps.numerics.checks import Floats, Ints

_NUMBERS = ("win", "lose", "void", "probability", "fair_odds")


class Price(NamedTuple):
    """One selection of one match.

    Parameters
    ----------
    selection : Selection
        What is backed.
    win, lose, void : float
        The expected parts of a unit stake that win, lose and are given back; they sum to 1.
    probability : float
        Chance of winning the part that is not given back.
    fair_odds : float
        Decimal odds at which the bet is worth nothing: 1 / probability.
    """

    selection: Selection
    win: float
    lose: float
    void: float
    probability: float
    fair_odds: float


@dataclass(frozen=True, eq=False)
class PriceSheet:
    """Prices of m selections for n matches; columns are computed when asked for, and kept.

    Parameters
    ----------
    selections : tuple of Selection, length m
        What is priced.
    parts : ndarray, shape (u, n)
        Expected values of the distinct parts of settlements.
    win_parts, lose_parts : ndarray of int, shape (m,)
        Which of them a selection wins and loses; ``~i`` stands for 1 − part i.
    """

    selections: tuple[Selection, ...]
    parts: Floats
    win_parts: Ints
    lose_parts: Ints

    def __len__(self) -> int:
        return int(self.parts.shape[1])

    def __repr__(self) -> str:
        return f"PriceSheet of {len(self)} matches and {len(self.selections)} selections"

    def __getitem__(self, matches: slice) -> "PriceSheet":
        return PriceSheet(self.selections, self.parts[:, matches], self.win_parts, self.lose_parts)

    @cached_property
    def win(self) -> Floats:
        """Shape (n, m): expected part of a unit stake that wins."""
        return self._take(self.win_parts).T

    @cached_property
    def lose(self) -> Floats:
        """Shape (n, m): expected part of a unit stake that loses."""
        return self._take(self.lose_parts).T

    @cached_property
    def void(self) -> Floats:
        """Shape (n, m): expected part of a unit stake that is given back."""
        returned = self._may_return
        void = np.zeros((len(self.selections), len(self)))
        void[returned] = 1.0 - self._take(self.win_parts[returned]) - self._take(self.lose_parts[returned])
        return void.T

    @cached_property
    def probability(self) -> Floats:
        """Shape (n, m): chance of winning the part that is not given back; NaN if all of it is."""
        chance = self._take(self.win_parts)
        returned = self._may_return
        decided = chance[returned] + self._take(self.lose_parts[returned])
        with np.errstate(invalid="ignore"):
            chance[returned] /= decided
        return chance.T

    @cached_property
    def fair_odds(self) -> Floats:
        """Shape (n, m): odds at which the bet is worth nothing, 1 + lose/win; infinite if it cannot win."""
        with np.errstate(divide="ignore"):
            return 1.0 / self.probability

    @cached_property
    def places(self) -> dict[Selection, int]:
        """The column of each selection."""
        return {selection: column for column, selection in enumerate(self.selections)}

    def column(self, selection: Selection) -> int:
        """Return the column of a selection.

        Parameters
        ----------
        selection : Selection
            What is backed.

        Raises
        ------
        UnknownNameError
            If it is not on the sheet.
        """
        if selection not in self.places:
            raise UnknownNameError("selection", str(selection))
        return self.places[selection]

    def select(self, markets: Iterable[MarketKey]) -> "PriceSheet":
        """Return the sheet of some of its markets.

        Parameters
        ----------
        markets : iterable of MarketKey
            Their order does not matter: the sheet keeps its own.

        Raises
        ------
        UnknownNameError
            If one of them is not on the sheet.
        """
        wanted = set(markets)
        missing = wanted.difference(selection.market for selection in self.selections)
        if missing:
            raise UnknownNameError("market", ", ".join(sorted(map(str, missing))))
        columns = [column for column, selection in enumerate(self.selections) if selection.market in wanted]
        selections = tuple(self.selections[column] for column in columns)
        return PriceSheet(selections, self.parts, self.win_parts[columns], self.lose_parts[columns])

    def sheet(self, match: int) -> list[Price]:
        """Return one match's prices.

        Parameters
        ----------
        match : int
            Its place in the grid.
        """
        one = self[match : match + 1]
        columns = (one.win, one.lose, one.void, one.probability, one.fair_odds)
        values = zip(*(column[0].tolist() for column in columns), strict=True)
        return [Price(selection, *row) for selection, row in zip(self.selections, values, strict=True)]

    def to_dataframe(self, backend: str = "polars") -> Any:
        """Return the prices with a row a match and selection; ``match`` is its place in the grid.

        Parameters
        ----------
        backend : str
            ``"polars"``, ``"pandas"`` or ``"pyarrow"``: the kind of dataframe.
        """
        import polars as pl  # noqa: PLC0415 - only the public edge needs it

        from monps.tables.export import export  # noqa: PLC0415 - likewise

        matches, count = len(self), len(self.selections)
        names = pl.DataFrame(
            [(*selection.market, selection.name) for selection in self.selections],
            schema={"family": pl.String, "line": pl.Float64, "period": pl.String, "selection": pl.String},
            orient="row",
        )
        frame = pl.select(match=pl.int_range(matches).repeat_by(count).explode())
        numbers = {name: getattr(self, name).ravel() for name in _NUMBERS}
        return export(
            pl.concat([frame, pl.concat([names] * matches), pl.DataFrame(numbers)], how="horizontal"), backend
        )

    @property
    def _may_return(self) -> Ints:
        """Columns of the selections that may be void, wholly or in part."""
        return np.flatnonzero(self.lose_parts != ~self.win_parts)

    def _take(self, places: Ints) -> Floats:
        """Read parts, shape (k, n), those that stand for their complements as such."""
        complement = places < 0
        values = self.parts[np.where(complement, ~places, places)]
        np.subtract(1.0, values, out=values, where=complement[:, None])
        return values
