"""Two profiles around a circle, each with the band in which it lies with 95 % confidence."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from monps.web.pictures.scale import Point, Scale, path
from monps.web.pictures.twin import Column, Twin

WIDTH, HEIGHT = 520.0, 400.0
CENTRE: Point = (WIDTH / 2, HEIGHT / 2)
RADIUS = 158.0
REACH = 3.0
"""Standard deviations from the league's mean at the rim; what lies beyond is drawn on it."""
_TWO_SIDED = 1.96
_LABEL_AT = RADIUS + 16.0
_UPRIGHT = 0.25


class Spoke(NamedTuple):
    """One dimension: its name, and both teams' z within the league with standard errors, where known."""

    name: str
    home: float | None
    home_error: float | None
    away: float | None
    away_error: float | None


class Axis(NamedTuple):
    """A spoke's line and label."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


class Shape(NamedTuple):
    """One team's outline, the band around it, and its dots."""

    side: str
    outline: str
    band: str
    dots: tuple[Point, ...]


class Radar(NamedTuple):
    """Rings at whole standard deviations, axes, and one shape a team."""

    rings: tuple[tuple[float, float], ...]
    axes: tuple[Axis, ...]
    shapes: tuple[Shape, ...]
    twin: Twin
    template: str = "radar"
    width: float = WIDTH
    height: float = HEIGHT
    centre: Point = CENTRE


def radar(spokes: Sequence[Spoke], sides: Sequence[str] = ("home", "away")) -> Radar:
    """Draw profiles; a dimension that is unknown for a team is a gap in its outline, never a zero.

    Parameters
    ----------
    spokes : sequence of Spoke
        At least three.
    sides : sequence of str
        Whose outlines are drawn: ``home``, ``away``.
    """
    rings = tuple((float(z), _distance(z)) for z in (-2, -1, 0, 1, 2))
    shapes = tuple(_shape(side, spokes) for side in sides)
    return Radar(rings, tuple(_axes(spokes)), shapes, _twin(spokes, sides))


def _distance(z: float) -> float:
    return Scale(-REACH, REACH, 0.0, RADIUS)(min(max(z, -REACH), REACH))


def _at(place: int, count: int, distance: float) -> Point:
    angle = 2 * math.pi * place / count - math.pi / 2
    return (
        round(CENTRE[0] + distance * math.cos(angle), 2),
        round(CENTRE[1] + distance * math.sin(angle), 2),
    )


def _axes(spokes: Sequence[Spoke]) -> list[Axis]:
    axes = []
    for place, spoke in enumerate(spokes):
        (x, y), (label_x, label_y) = (_at(place, len(spokes), at) for at in (RADIUS, _LABEL_AT))
        lean = (label_x - CENTRE[0]) / _LABEL_AT
        anchor = "middle" if abs(lean) < _UPRIGHT else "start" if lean > 0 else "end"
        axes.append(Axis(spoke.name, x, y, label_x, label_y, anchor))
    return axes


def _shape(side: str, spokes: Sequence[Spoke]) -> Shape:
    values = [
        (spoke.home, spoke.home_error) if side == "home" else (spoke.away, spoke.away_error)
        for spoke in spokes
    ]
    return Shape(side, _outline(values, 0.0), _band(values), tuple(_dots(values)))


def _dots(values: Sequence[tuple[float | None, float | None]]) -> list[Point]:
    return [
        _at(place, len(values), _distance(value))
        for place, (value, _) in enumerate(values)
        if value is not None
    ]


def _outline(values: Sequence[tuple[float | None, float | None]], errors: float) -> str:
    """Join neighbours that are both known; a full circle is closed."""
    count = len(values)
    points = [
        None if value is None else _at(place, count, _distance(value + errors * (error or 0.0)))
        for place, (value, error) in enumerate(values)
    ]
    if None not in points:
        return path([point for point in points if point is not None], closed=True)
    pairs = ((points[place - 1], points[place]) for place in range(count))
    return "".join(path([first, second]) for first, second in pairs if first and second)


def _band(values: Sequence[tuple[float | None, float | None]]) -> str:
    """Fill between the outlines at −1.96 and +1.96 standard errors, segment by segment."""
    count, parts = len(values), []
    for place in range(count):
        pair = [(at % count, *values[at % count]) for at in (place, place + 1)]
        edges = [(at, value, error) for at, value, error in pair if value is not None and error is not None]
        if len(edges) == len(pair):
            outer = [_at(at, count, _distance(value + _TWO_SIDED * error)) for at, value, error in edges]
            inner = [
                _at(at, count, _distance(value - _TWO_SIDED * error)) for at, value, error in reversed(edges)
            ]
            parts.append(path([*outer, *inner], closed=True))
    return "".join(parts)


def _twin(spokes: Sequence[Spoke], sides: Sequence[str]) -> Twin:
    columns = [Column("dimension", "message")]
    for side in sides:
        columns += [Column(f"{side}, z", "signed"), Column("± standard error", "number")]
    rows = ((spoke.name, *(value for side in sides for value in _of(spoke, side))) for spoke in spokes)
    return Twin(tuple(columns), tuple(rows))


def _of(spoke: Spoke, side: str) -> tuple[float | None, float | None]:
    return (spoke.home, spoke.home_error) if side == "home" else (spoke.away, spoke.away_error)
