"""Who outscores whom, when: home above the line, away below it, a quarter of an hour a column."""

from collections.abc import Sequence
from typing import NamedTuple

from monps.web.pictures.twin import Column, Twin

WIDTH, HEIGHT = 520.0, 190.0
_LEFT, _RIGHT, _MIDDLE, _REACH = 16.0, 16.0, 95.0, 60.0
_GAP = 6.0


class Quarter(NamedTuple):
    """A span of minutes, and each side's chance to score more than the other within it."""

    label: str
    home: float
    away: float


class Pillar(NamedTuple):
    """A quarter as two bars that meet at the middle."""

    label: str
    x: float
    width: float
    home: float
    away: float
    home_top: float
    home_height: float
    away_height: float


class Timing(NamedTuple):
    """Pillars along a middle line."""

    pillars: tuple[Pillar, ...]
    middle: float
    half_time: float
    twin: Twin
    template: str = "timing"
    width: float = WIDTH
    height: float = HEIGHT


def timing(quarters: Sequence[Quarter]) -> Timing:
    """Draw both sides' chances by span of minutes.

    Parameters
    ----------
    quarters : sequence of Quarter
        In the order of play, an even number of them: half-time is in the middle.
    """
    step = (WIDTH - _LEFT - _RIGHT) / len(quarters)
    most = max(max(each.home, each.away) for each in quarters) or 1.0
    pillars = tuple(
        _pillar(each, _LEFT + step * place, step, _REACH / most) for place, each in enumerate(quarters)
    )
    columns = (Column("minutes", "text"), Column("home", "percent"), Column("away", "percent"))
    return Timing(pillars, _MIDDLE, WIDTH / 2, Twin(columns, tuple(quarters)))


def _pillar(quarter: Quarter, left: float, step: float, unit: float) -> Pillar:
    home, away = round(quarter.home * unit, 2), round(quarter.away * unit, 2)
    return Pillar(
        quarter.label, round(left + _GAP / 2, 2), round(step - _GAP, 2), quarter.home, quarter.away,
        round(_MIDDLE - 9.0 - home, 2), home, away,
    )  # fmt: skip
