"""Home win, draw and away win as one bar."""

from typing import NamedTuple

from monps.web.pictures.twin import Column, Twin

WIDTH = 600.0
_GAP = 3.0
_LEGIBLE = 52.0


class Segment(NamedTuple):
    """One outcome's part of the bar; ``written`` says whether its figure fits inside."""

    side: str
    x: float
    width: float
    probability: float
    written: bool


class OutcomeBar(NamedTuple):
    """Three segments that fill the bar."""

    segments: tuple[Segment, ...]
    twin: Twin
    template: str = "outcomes"
    width: float = WIDTH


def outcome_bar(home: float, draw: float, away: float) -> OutcomeBar:
    """Draw three probabilities that sum to 1.

    Examples
    --------
    >>> [segment.width for segment in outcome_bar(0.5, 0.25, 0.25).segments]
    [297.0, 148.5, 148.5]
    """
    room, left = WIDTH - 2 * _GAP, 0.0
    segments = []
    for side, chance in zip(("home", "draw", "away"), (home, draw, away), strict=True):
        width = round(room * chance, 2)
        segments.append(Segment(side, round(left, 2), width, chance, width >= _LEGIBLE))
        left += width + _GAP
    columns = (Column("home win", "percent"), Column("draw", "percent"), Column("away win", "percent"))
    return OutcomeBar(tuple(segments), Twin(columns, ((home, draw, away),)))
