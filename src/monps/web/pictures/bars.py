"""Shares as bars, one a row, from zero."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monps.web.pictures.frame import places
from monps.web.pictures.scale import Scale, around
from monps.web.pictures.twin import Column, Form, Twin

WIDTH = 520.0
ROW = 22.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 210.0, 54.0, 8.0, 28.0


class Bar(NamedTuple):
    """A row as it is drawn; ``end`` is where its figure stands."""

    name: str
    y: float
    x: float
    length: float
    end: float
    value: float


class Bars(NamedTuple):
    """Rows of bars, and the rule at zero."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, float], ...]
    zero: float
    height: float
    form: Form
    twin: Twin
    template: str = "bars"
    width: float = WIDTH
    left: float = _LEFT
    thickness: float = ROW - 8.0
    bottom_margin: float = _BOTTOM
    places: int = 0


def bars(values: Sequence[tuple[str, float]], heading: str, form: Form = "percent") -> Bars:
    """Draw values by name, in their order.

    Parameters
    ----------
    values : sequence of (str, float)
        From top to bottom.
    heading : str
        What the values are, for the table (a message).
    form : str
        How they are written.
    """
    scale = Scale(*around([*(value for _, value in values), 0.0], least=1e-3), _LEFT, WIDTH - _RIGHT)
    ticks = scale.ticks(4)
    return Bars(
        bars=tuple(_bars(values, scale)),
        ticks=tuple((scale(value), value) for value in ticks),
        zero=scale(0.0),
        height=_TOP + ROW * len(values) + _BOTTOM,
        form=form,
        twin=Twin((Column("", "message"), Column(heading, form)), tuple(values)),
        places=places(ticks, form),
    )


def _bars(values: Sequence[tuple[str, float]], scale: Scale) -> Iterator[Bar]:
    zero = scale(0.0)
    for place, (name, value) in enumerate(values):
        end = scale(value)
        length = round(abs(end - zero), 2)
        yield Bar(name, _TOP + ROW * (place + 0.5), min(zero, end), length, max(zero, end), value)
