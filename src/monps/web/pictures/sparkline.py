"""A line no taller than a word."""

from collections.abc import Sequence
from typing import NamedTuple

from monps.web.pictures.scale import Point, Scale, around, path, runs

WIDTH, HEIGHT = 96.0, 24.0


class Sparkline(NamedTuple):
    """A line and the dot at its end."""

    line: str
    end: Point | None
    template: str = "sparkline"
    width: float = WIDTH
    height: float = HEIGHT


def sparkline(values: Sequence[float | None]) -> Sparkline:
    """Draw values in their order; a missing one is a gap.

    Parameters
    ----------
    values : sequence of float or None
        Oldest first.
    """
    known = [value for value in values if value is not None]
    across = Scale(0.0, max(len(values) - 1, 1), 3.0, WIDTH - 4.0)
    up = Scale(*around(known, least=1e-6), HEIGHT - 4.0, 4.0)
    points = [None if value is None else (across(place), up(value)) for place, value in enumerate(values)]
    drawn = [point for point in points if point is not None]
    return Sparkline("".join(map(path, runs(points))), drawn[-1] if drawn else None)
