"""Estimates with their intervals, one a row, around zero."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monps.web.pictures.frame import places
from monps.web.pictures.scale import Scale, around
from monps.web.pictures.twin import Column, Form, Twin

WIDTH = 520.0
ROW = 26.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 150.0, 16.0, 8.0, 30.0


class Estimated(NamedTuple):
    """One row: a name (a message, or a name of the user's), a value and its interval."""

    name: str
    value: float
    low: float
    high: float
    tone: str = "plain"


class Row(NamedTuple):
    """A row as it is drawn."""

    name: str
    y: float
    x: float
    low: float
    high: float
    tone: str


class Intervals(NamedTuple):
    """Rows of dots with whiskers, and the rule at zero."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, float], ...]
    zero: float
    height: float
    form: Form
    twin: Twin
    template: str = "intervals"
    width: float = WIDTH
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    bottom_margin: float = _BOTTOM
    places: int = 2


def intervals(estimates: Sequence[Estimated], form: Form = "signed") -> Intervals:
    """Draw estimates, in their order.

    Parameters
    ----------
    estimates : sequence of Estimated
        From top to bottom.
    form : str
        How values are written.
    """
    ends = [end for each in estimates for end in (each.low, each.high)]
    scale = Scale(*around([*ends, 0.0], least=1e-4), _LEFT, WIDTH - _RIGHT)
    ticks = scale.ticks(4)
    return Intervals(
        rows=tuple(_rows(estimates, scale)),
        ticks=tuple((scale(value), value) for value in ticks),
        places=places(ticks, form),
        zero=scale(0.0),
        height=_TOP + ROW * len(estimates) + _BOTTOM,
        form=form,
        twin=_twin(estimates, form, places(ticks, form) + 1),
    )


def _rows(estimates: Sequence[Estimated], scale: Scale) -> Iterator[Row]:
    for place, each in enumerate(estimates):
        y = _TOP + ROW * (place + 0.5)
        yield Row(each.name, y, scale(each.value), scale(each.low), scale(each.high), each.tone)


def _twin(estimates: Sequence[Estimated], form: Form, decimals: int) -> Twin:
    """Write what the picture shows, one decimal finer than its ticks."""
    numbers = (Column(name, form, decimals) for name in ("estimate", "from", "to"))
    columns = (Column("", "message"), *numbers)
    return Twin(columns, tuple((each.name, each.value, each.low, each.high) for each in estimates))
