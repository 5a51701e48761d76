"""Whose goals are counted: both sides' together, or one's; arrays keep their shape."""

from collections.abc import Callable, Mapping

from monps.numerics.checks import Floats

Count = Callable[[Floats, Floats], Floats]


def both(home: Floats, away: Floats) -> Floats:
    """Count both sides' goals together."""
    return home + away


def home_side(home: Floats, _away: Floats) -> Floats:
    """Count the home side's goals."""
    return home


def away_side(_home: Floats, away: Floats) -> Floats:
    """Count the away side's goals."""
    return away


SIDES: Mapping[str, Count] = {"home": home_side, "away": away_side}
