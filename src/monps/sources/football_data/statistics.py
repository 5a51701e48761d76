"""What each side did: shots, fouls, corners, cards, expected goals."""

import math
from collections.abc import Iterator, Sequence

from monps.domain.football import MAX_COUNT, SideStats
from monps.sources.football_data.cells import NOT_A_NUMBER, read_decimals, read_whole
from monps.sources.football_data.columns import STATISTICS
from monps.sources.football_data.refusals import Refusals
from monps.sources.football_data.table import Table

_MOST_EXPECTED_GOALS = 20.0
_NOTHING_KNOWN = SideStats()

Values = list[float | None]


def read_statistics(table: Table, side: int, refusals: Refusals) -> Iterator[SideStats]:
    """Read one side's statistics (0 home, 1 away), row by row; what makes no sense is left out."""
    names = {field: columns[side] for field, columns in STATISTICS.items() if table.has(columns[side])}
    columns = {field: _column(table, field, name, refusals) for field, name in names.items()}
    if {"shots", "shots_on_target"} <= columns.keys():
        _drop_contradictions(table, columns["shots"], columns["shots_on_target"], refusals)
    unknown = (None,) * len(columns)
    for values in zip(*columns.values(), strict=True) if columns else [unknown] * len(table):
        if values == unknown:
            yield _NOTHING_KNOWN
        else:
            yield SideStats.model_validate(dict(zip(columns, values, strict=True)))


def _column(table: Table, field: str, name: str, refusals: Refusals) -> Values:
    cells = table.column(name)
    values, most = _expected_goals(cells) if field == "expected_goals" else _counts(cells)
    for place, value in enumerate(values):
        if value is not None and (value == NOT_A_NUMBER or value > most):
            refusals.add(table.lines[place], f"{name}: {cells[place]!r} makes no sense and was left out")
            values[place] = None
    return values


def _counts(cells: Sequence[str]) -> tuple[Values, float]:
    return list(map(read_whole, cells)), MAX_COUNT


def _expected_goals(cells: Sequence[str]) -> tuple[Values, float]:
    numbers = read_decimals(cells)
    return [None if math.isnan(number) else number for number in numbers], _MOST_EXPECTED_GOALS


def _drop_contradictions(table: Table, shots: Values, on_target: Values, refusals: Refusals) -> None:
    for place, (taken, hit) in enumerate(zip(shots, on_target, strict=True)):
        if taken is not None and hit is not None and hit > taken:
            refusals.add(table.lines[place], f"{hit} shots on target of {taken} shots: both were left out")
            shots[place] = on_target[place] = None
