"""Lines through time, with a band around them where there is one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from monps.web.pictures.frame import Frame, dated, frame
from monps.web.pictures.scale import Point, around, path, runs
from monps.web.pictures.twin import Column, Form, Twin, Value

_LABELS = 5
_SHORT_DAYS = 120
"""Shorter stretches are labelled by day."""


class Series(NamedTuple):
    """A line: its name, its colour's name, and a value a day; ``low`` and ``high`` bound its band."""

    name: str
    tone: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


class Drawn(NamedTuple):
    """A series as paths."""

    name: str
    tone: str
    line: str
    band: str
    end: Point | None


class Curve(NamedTuple):
    """Lines in a frame, with a rule at ``level`` where it lies within."""

    frame: Frame
    series: tuple[Drawn, ...]
    level: float | None
    twin: Twin
    template: str = "curve"


def curve(
    days: Sequence[date],
    series: Sequence[Series],
    *,
    level: float | None = None,
    form: Form = "number",
    height: float = 240.0,
    reach: float | None = None,
) -> Curve:
    """Draw series that share their days.

    Parameters
    ----------
    days : sequence of date
        In order.
    series : sequence of Series
        Each with a value, or None, for every day.
    level : float, optional
        What a rule marks: the bankroll at the start, the league's mean.
    form : str
        How values are written.
    height : float
        Of the picture, which is 520 wide.
    reach : float, optional
        What lies further from 0 than this is drawn there; the table has it in full.
    """
    drawn_as = [_held(each, reach) for each in series]
    numbers = [day.toordinal() for day in days] or [0, 1]
    plot = frame(
        around(numbers, margin=0.0, least=2.0),
        _bounds(drawn_as, level),
        size=(520.0, height),
        forms=("text", form),
    )
    drawn = tuple(_drawn(plot, numbers, each) for each in drawn_as)
    marked = None if level is None else plot.y(level)
    return Curve(dated(plot, _labels(days)), drawn, marked, _twin(days, series, form))


def _held(series: Series, reach: float | None) -> Series:
    """Return a series that goes no further from 0 than it may."""
    if reach is None:
        return series
    held = (
        tuple(None if value is None else min(max(value, -reach), reach) for value in values)
        for values in (series.values, series.low, series.high)
    )
    return Series(series.name, series.tone, *held)


def _bounds(series: Sequence[Series], level: float | None) -> tuple[float, float]:
    values = [
        value for each in series for values in (each.values, each.low, each.high) for value in values
        if value is not None
    ]  # fmt: skip
    return around(values if level is None else [*values, level], least=1e-3)


def _drawn(plot: Frame, days: Sequence[int], series: Series) -> Drawn:
    points = _points(plot, days, series.values)
    known = [point for point in points if point is not None]
    low, high = _points(plot, days, series.low), _points(plot, days, series.high)
    band = "".join(
        path([*upper, *reversed(lower)], closed=True)
        for upper, lower in zip(runs(high), runs(low), strict=True)
    )
    return Drawn(
        series.name, series.tone, "".join(map(path, runs(points))), band, known[-1] if known else None
    )


def _points(plot: Frame, days: Sequence[int], values: Sequence[float | None]) -> list[Point | None]:
    return [
        None if value is None else (plot.x(day), plot.y(value))
        for day, value in zip(days[: len(values)], values, strict=True)
    ]


def _labels(days: Sequence[date]) -> list[tuple[float, str]]:
    if not days:
        return []
    first, last = days[0].toordinal(), days[-1].toordinal()
    if first == last:
        return [(first, days[0].isoformat())]
    form = "%m-%d" if last - first < _SHORT_DAYS else "%Y-%m"
    places = [first + (last - first) * step / (_LABELS - 1) for step in range(_LABELS)]
    return [(place, date.fromordinal(round(place)).strftime(form)) for place in places]


def _twin(days: Sequence[date], series: Sequence[Series], form: Form) -> Twin:
    columns = [Column("day", "text")]
    values: list[tuple[Value, ...]] = [tuple(day.isoformat() for day in days)]
    for each in series:
        columns.append(Column(each.name, form))
        values.append(each.values)
        if each.low:
            columns += [Column("from", form), Column("to", form)]
            values += [each.low, each.high]
    return Twin(tuple(columns), tuple(zip(*values, strict=True)))
