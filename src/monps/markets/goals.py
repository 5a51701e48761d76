"""How many goals exactly: numbers, ranges, odd or even."""

from math import inf

from monps.markets.base import WITH_HALVES, Family
from monps.markets.counting import SIDES, Count, both
from monps.markets.rules import Rule, won
from monps.numerics.checks import Floats

Ranges = tuple[tuple[float, float], ...]
"""First and last number of each, both inside; the last may be infinite."""

_RANGES: Ranges = ((0, 1), (2, 3), (4, 5), (6, inf))
_OVERLAPPING: Ranges = (
    *((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (2, 5)),
    *((3, 4), (3, 5), (3, 6), (4, 5), (4, 6), (5, 6)),
)


def in_ranges(ranges: Ranges, count: Count, winners: int = 1) -> Rule:
    """Make the rule of a number of goals being in one of some ranges, for goals of any shape.

    Parameters
    ----------
    ranges : tuple of pairs
        The selections, in order.
    count : callable
        Whose goals are counted.
    winners : int
        As in ``Rule``.
    """

    def settle(home: Floats, away: Floats) -> Floats:
        goals = count(home, away)
        return won(*((first <= goals) & (goals <= last) for first, last in ranges))

    return Rule(
        tuple(_name(first, last) for first, last in ranges),
        settle,
        "Wins if the number of goals is the one it names, or in the range it names, ends included.",
        winners,
    )


def _name(first: float, last: float) -> str:
    if last == inf:
        return f"{first:g}+"
    return f"{first:g}" if first == last else f"{first:g}-{last:g}"


def _exactly(most: int, count: Count = both) -> Rule:
    return in_ranges((*((goals, goals) for goals in range(most)), (most, inf)), count)


def _settle_odd_even(home: Floats, away: Floats) -> Floats:
    """Settle odd, even."""
    odd = (home + away) % 2 == 1
    return won(odd, ~odd)


EXACT_GOALS = Family("exact_goals", _exactly(7), WITH_HALVES, shorter=_exactly(4))
HOME_EXACT_GOALS, AWAY_EXACT_GOALS = (
    Family(f"{side}_exact_goals", _exactly(3, count)) for side, count in SIDES.items()
)
GOAL_RANGES = Family("goal_ranges", in_ranges(_RANGES, both))
MULTIGOALS = Family("multigoals", in_ranges(_OVERLAPPING, both, winners=0))
ODD_EVEN = Family(
    "odd_even",
    Rule(("odd", "even"), _settle_odd_even, "Wins if the number of goals is odd or even; none is even."),
    WITH_HALVES,
)
