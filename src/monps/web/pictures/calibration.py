"""How often things happened that were forecast with a probability."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from monps.domain.evaluation import ReliabilityBin
from monps.web.pictures.frame import Frame, frame
from monps.web.pictures.scale import path
from monps.web.pictures.twin import Column, Twin

_SMALLEST, _LARGEST = 2.2, 7.0


class Dot(NamedTuple):
    """One bin of forecasts; the dot's area grows with their number."""

    side: str
    x: float
    y: float
    radius: float


class Calibration(NamedTuple):
    """The diagonal of perfect calibration, and one line an outcome."""

    frame: Frame
    diagonal: str
    lines: tuple[tuple[str, str], ...]
    dots: tuple[Dot, ...]
    twin: Twin
    template: str = "calibration"


def calibration(bins: Sequence[ReliabilityBin]) -> Calibration:
    """Draw reliability bins, outcome by outcome.

    Parameters
    ----------
    bins : sequence of ReliabilityBin
        In the order of their outcomes.
    """
    plot = frame((0.0, 1.0), (0.0, 1.0), size=(420.0, 380.0), forms=("percent", "percent"))
    lines = tuple(
        (side, path((plot.x(each.forecast), plot.y(each.observed)) for each in chosen))
        for side, chosen in groupby(bins, key=lambda each: each.outcome)
    )
    diagonal = path([(plot.x(0.0), plot.y(0.0)), (plot.x(1.0), plot.y(1.0))])
    return Calibration(plot, diagonal, lines, tuple(_dots(plot, bins)), _twin(bins))


def _dots(plot: Frame, bins: Sequence[ReliabilityBin]) -> Iterator[Dot]:
    most = max((each.count for each in bins), default=1)
    for each in bins:
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(each.count / most)
        yield Dot(each.outcome, plot.x(each.forecast), plot.y(each.observed), round(radius, 2))


def _twin(bins: Sequence[ReliabilityBin]) -> Twin:
    columns = (
        Column("outcome", "message"), Column("forecast", "percent"), Column("happened", "percent"),
        Column("n", "count"),
    )  # fmt: skip
    return Twin(columns, tuple((b.outcome, b.forecast, b.observed, b.count) for b in bins))
