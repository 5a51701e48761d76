"""The scoreline grid as a heat map: home goals go down, away goals to the right."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monps.web.pictures.twin import Column, Twin

CELL = 46.0
LEFT, TOP = 40.0, 40.0
MARGIN = 44.0
_LONGEST = 34.0
_WRITTEN = 0.005
_NEVER = 1e-12


class Cell(NamedTuple):
    """One score: where it stands, who wins (``home``, ``draw``, ``away``), and how strongly it is filled."""

    x: float
    y: float
    home: int
    away: int
    side: str
    probability: float
    strength: float
    likeliest: bool
    written: bool


class Bar(NamedTuple):
    """How often one side scores so many goals, as a bar at the edge."""

    goals: int
    offset: float
    length: float
    probability: float


class HeatMap(NamedTuple):
    """Cells, and both sides' own goals along the edges."""

    cells: tuple[Cell, ...]
    home_goals: tuple[Bar, ...]
    away_goals: tuple[Bar, ...]
    size: int
    rest: float
    twin: Twin
    template: str = "heat_map"

    @property
    def width(self) -> float:
        """In the picture's own units, as all lengths here."""
        return LEFT + self.size * CELL + MARGIN

    @property
    def grid(self) -> tuple[float, float, float]:
        """The left and the upper edge of the cells, and the side of one."""
        return LEFT, TOP, CELL


def heat_map(probabilities: Sequence[Sequence[float]], *, size: int = 7) -> HeatMap:
    """Draw the chances of the first ``size`` goals a side.

    Parameters
    ----------
    probabilities : sequence of sequence of float
        Rows are home goals, columns away goals, both from 0.
    size : int
        Goals a side that are drawn, counting 0; the chance of any other score is ``rest``.
    """
    size = min(size, len(probabilities))
    shown = [[float(chance) for chance in row[:size]] for row in probabilities[:size]]
    homes = [sum(row) for row in probabilities[:size]]
    aways = [sum(row[goals] for row in probabilities) for goals in range(size)]
    return HeatMap(
        cells=tuple(_cells(shown)),
        home_goals=tuple(_bars(homes, TOP)),
        away_goals=tuple(_bars(aways, LEFT)),
        size=size,
        rest=max(0.0, 1.0 - sum(map(sum, shown))),
        twin=_twin(shown),
    )


def _cells(shown: list[list[float]]) -> Iterator[Cell]:
    most = max(*(max(row) for row in shown), _NEVER)
    for home, row in enumerate(shown):
        for away, chance in enumerate(row):
            yield Cell(
                x=LEFT + away * CELL,
                y=TOP + home * CELL,
                home=home,
                away=away,
                side="home" if home > away else "away" if home < away else "draw",
                probability=chance,
                strength=round(0.04 + 0.96 * math.sqrt(chance / most), 3),
                likeliest=chance == most,
                written=chance >= _WRITTEN,
            )


def _bars(chances: Sequence[float], start: float) -> Iterator[Bar]:
    most = max(*chances, _NEVER)
    for goals, chance in enumerate(chances):
        yield Bar(goals, start + goals * CELL, round(_LONGEST * chance / most, 2), chance)


def _twin(shown: list[list[float]]) -> Twin:
    goals = tuple(Column(str(away), "percent") for away in range(len(shown)))
    rows = tuple((home, *row) for home, row in enumerate(shown))
    return Twin((Column("home goals ↓ away goals →", "count"), *goals), rows)
