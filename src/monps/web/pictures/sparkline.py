"""A line no taller than a word."""

from collections.abc import Mapping
from typing import NamedTuple

from monps.web.pictures.scale import Point, Scale, around, path, runs
from monps.web.pictures.twin import Column, Form, Twin

WIDTH, HEIGHT = 96.0, 24.0
_PLACES = 4


class Sparkline(NamedTuple):
    """A line and the dot at its end."""

    line: str
    end: Point | None
    twin: Twin
    template: str = "sparkline"
    width: float = WIDTH
    height: float = HEIGHT


def sparkline(values: Mapping[str, float | None], heading: str, form: Form = "signed") -> Sparkline:
    """Draw values in their order; a missing one is a gap.

    Parameters
    ----------
    values : mapping of str to float or None
        By what they are of, oldest first.
    heading : str
        What they are of, for the table (a message).
    form : str
        How they are written.
    """
    known = [value for value in values.values() if value is not None]
    across = Scale(0.0, max(len(values) - 1, 1), 3.0, WIDTH - 4.0)
    up = Scale(*around(known, least=1e-6), HEIGHT - 4.0, 4.0)
    points = [
        None if value is None else (across(place), up(value)) for place, value in enumerate(values.values())
    ]
    drawn = [point for point in points if point is not None]
    twin = Twin((Column(heading, "text"), Column("gap to closing", form, _PLACES)), tuple(values.items()))
    return Sparkline("".join(map(path, runs(points))), drawn[-1] if drawn else None, twin)
