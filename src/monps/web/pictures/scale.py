"""From numbers to places on the page."""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Point = tuple[float, float]
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Scale(NamedTuple):
    """A straight line from numbers ``low … high`` to places ``start … end``.

    Examples
    --------
    >>> Scale(0, 10, 100, 0)(2.5)
    75.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a number, to a hundredth of a pixel."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    def ticks(self, about: int = 5) -> list[float]:
        """Return round numbers within, about so many.

        Examples
        --------
        >>> Scale(-0.3, 1.1, 0, 100).ticks()
        [0.0, 0.5, 1.0]
        """
        step = _round_step((self.high - self.low) / about)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(number * step, 10) for number in range(first, last + 1)]


def around(values: Iterable[float], *, margin: float = 0.06, least: float = 1e-9) -> tuple[float, float]:
    """Return bounds that hold all values and a little air.

    Parameters
    ----------
    values : iterable of float
        None gives 0 to 1.
    margin : float
        Air at each end, as a share of the spread.
    least : float
        The least spread: equal values stand in the middle of it.

    Examples
    --------
    >>> around([1.0, 3.0], margin=0.5)
    (0.0, 4.0)
    """
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    air = max((high - low) * margin, (least - (high - low)) / 2, 1e-9)
    return low - air, high + air


def path(points: Iterable[Point], *, closed: bool = False) -> str:
    """Write a broken line as SVG does.

    Examples
    --------
    >>> path([(0, 0), (10, 2.5)], closed=True)
    'M0 0L10 2.5Z'
    """
    body = "L".join(f"{x:g} {y:g}" for x, y in points)
    return f"M{body}{'Z' if closed else ''}" if body else ""


def runs(points: Iterable[Point | None]) -> Iterator[list[Point]]:
    """Split a line where a point is missing, for what is missing is not drawn.

    Examples
    --------
    >>> list(runs([(0, 1), None, (2, 3), (3, 3)]))
    [[(0, 1)], [(2, 3), (3, 3)]]
    """
    run: list[Point] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(nice * power for nice in _STEPS if step <= nice * power * (1 + 1e-9))
