"""The pictures of one team through time."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, dropwhile
from typing import NamedTuple

from monps.domain.features import DimensionValue
from monps.services.style_history import PastStyle
from monps.services.team_record import DatedStrength, TeamResult
from monps.web.pictures.curve import Curve, Series, curve

_TWO_SIDED = 1.96
_LOW = 200.0
_REACH = 4.0
"""Standard deviations; where a dimension hardly differs between teams, its band is wider than any picture."""

Band = tuple[float | None, float | None]
"""A value and its standard error, where there are any."""


class StyleCurve(NamedTuple):
    """One dimension through time: its latest value, and its picture; None where there never was a value."""

    name: str
    now: DimensionValue | None
    picture: Curve | None


def strengths_picture(strengths: Sequence[DatedStrength]) -> Curve:
    """Draw attack and defence with their bands."""
    days = [each.as_of.date() for each in strengths]
    series = [
        _banded(name, tone, [(getattr(each, name), getattr(each, f"{name}_error")) for each in strengths])
        for name, tone in (("attack", "home"), ("defence", "away"))
    ]
    return curve(days, series, level=0.0, form="signed")


def style_curves(past: Sequence[PastStyle]) -> tuple[StyleCurve, ...]:
    """Draw every dimension with its band, from the first known month on; an unknown month is a gap."""
    known = list(dropwhile(lambda each: not any(value.is_known for value in each.dimensions), past))
    past = known or past
    found = [{value.dimension: value for value in each.dimensions} for each in past]
    names = dict.fromkeys(name for values in found for name in values)
    days = [each.as_of.date() for each in past]
    return tuple(
        StyleCurve(
            name.replace("_", " "),
            found[-1].get(name),
            _style(name.replace("_", " "), days, [_z(values.get(name)) for values in found]),
        )
        for name in names
    )


def expectation_picture(results: Sequence[TeamResult]) -> Curve | None:
    """Draw points above expectation, summed over the matches that have one; None where none has."""
    judged = [each for each in results if each.expected_points is not None]
    if not judged:
        return None
    sums = tuple(accumulate(each.points - (each.expected_points or 0.0) for each in judged))
    days = [each.kickoff.date() for each in judged]
    summed = Series("points above expectation", "plain", sums)
    return curve(days, [summed], level=0.0, form="signed", height=180)


def _style(name: str, days: Sequence[date], values: Sequence[Band]) -> Curve | None:
    if all(z is None for z, _ in values):
        return None
    return curve(days, [_banded(name, "home", values)], level=0.0, form="signed", height=_LOW, reach=_REACH)


def _z(value: DimensionValue | None) -> Band:
    return (value.z, value.z_error) if value else (None, None)


def _banded(name: str, tone: str, values: Sequence[Band]) -> Series:
    """Return a line with the band that holds 95 %."""
    low, high = (tuple(_end(*each, side * _TWO_SIDED) for each in values) for side in (-1, 1))
    return Series(name, tone, tuple(value for value, _ in values), low, high)


def _end(value: float | None, error: float | None, width: float) -> float | None:
    return None if value is None else value + width * (error or 0.0)
