"""A frame for lines and points: two scales, their ticks and their grid."""

from collections.abc import Sequence
from typing import NamedTuple

from monps.web.pictures.scale import Scale
from monps.web.pictures.twin import Form

LEFT, RIGHT, TOP, BOTTOM = 52.0, 14.0, 14.0, 34.0


class Tick(NamedTuple):
    """A place on an axis, and what stands there: a number, or words as they are."""

    at: float
    value: float | str


class Frame(NamedTuple):
    """Where a chart's lines live, in its own units."""

    width: float
    height: float
    x: Scale
    y: Scale
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_form: Form = "text"
    y_form: Form = "number"
    y_places: int = 0

    @property
    def left(self) -> float:
        """The left edge of the plot."""
        return self.x.start

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x.end

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y.end

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y.start


def frame(
    across: tuple[float, float],
    up: tuple[float, float],
    *,
    size: tuple[float, float] = (520.0, 260.0),
    forms: tuple[Form, Form] = ("number", "number"),
) -> Frame:
    """Lay out a frame with round ticks.

    Parameters
    ----------
    across, up : pair of float
        The bounds of both axes.
    size : pair of float
        Width and height.
    forms : pair
        How the ticks' numbers are written.
    """
    x = Scale(*across, LEFT, size[0] - RIGHT)
    y = Scale(*up, size[1] - BOTTOM, TOP)
    rows = y.ticks(4)
    return Frame(
        *size, x, y,
        tuple(Tick(x(value), value) for value in x.ticks()),
        tuple(Tick(y(value), value) for value in rows),
        *forms,
        places(rows, forms[1]),
    )  # fmt: skip


def places(values: Sequence[float], form: Form = "number") -> int:
    """Return how many decimals tell round numbers apart; percentages need two fewer.

    Examples
    --------
    >>> places([0.0, 0.5]), places([-5.0, 0.0]), places([0.0, 0.05], "percent"), places([0.002])
    (1, 0, 0, 3)
    """
    scale = 100.0 if form.endswith("percent") else 1.0
    return next(
        (count for count in range(6) if all(round(scale * v, count) == round(scale * v, 9) for v in values)),
        6,
    )


def dated(plot: Frame, labels: list[tuple[float, str]]) -> Frame:
    """Return the frame with words along its lower edge instead of numbers."""
    return plot._replace(x_ticks=tuple(Tick(plot.x(at), label) for at, label in labels), x_form="text")
