"""The accepted rows of a file, column by column."""

from collections.abc import Mapping, Sequence

from monps.sources.football_data.sheet import Cells


class Table:
    """Cells by column.

    Parameters
    ----------
    lines : sequence of int
        The n rows' line numbers in the file.
    rows : sequence of list of str
        Their cells, equally many in each.
    places : mapping of str to int
        Where each named column stands.
    """

    def __init__(self, lines: Sequence[int], rows: Sequence[Cells], places: Mapping[str, int]) -> None:
        self.lines = lines
        self._columns = tuple(zip(*rows, strict=True))
        self._places = places

    def __len__(self) -> int:
        return len(self.lines)

    def has(self, name: str) -> bool:
        """Whether the file has this column."""
        return name in self._places

    def column(self, name: str) -> tuple[str, ...]:
        """Return the n cells of a column."""
        return self._columns[self._places[name]] if self._columns else ()
