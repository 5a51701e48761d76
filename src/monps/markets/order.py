"""In which order the sides score: first, last, the n-th goal, the race to n goals.

Whoever wins the race to n has n of the first 2n − 1 goals, and only one side can.
"""

from monps.domain.market import MarketKey
from monps.markets.base import NO_LINE, Family, Lines
from monps.markets.rules import Rule, won
from monps.markets.timing import FULL_TIME
from monps.markets.views import InOrder, View
from monps.numerics.checks import Floats

SCORERS = ("home", "away", "none")


def _settle_goal(home: Floats, away: Floats, _number: float = 1) -> Floats:
    """Settle home, away, none of one goal."""
    return won(home > 0, away > 0, home + away == 0)


def _settle_race(home: Floats, away: Floats, number: float) -> Floats:
    """Settle home, away, none of the first 2n − 1 goals."""
    return won(home >= number, away >= number, (home < number) & (away < number))


def _first(_key: MarketKey) -> View:
    return InOrder(None, 1)


def _last(_key: MarketKey) -> View:
    return InOrder(-1, None)


def _nth(key: MarketKey) -> View:
    number = int(key.line or 1)
    return InOrder(number - 1, number)


def _race(key: MarketKey) -> View:
    return InOrder(None, 2 * int(key.line or 1) - 1)


_NUMBERS: dict[str, Lines] = {FULL_TIME: (2.0, 3.0)}
_ANY: dict[str, Lines] = {FULL_TIME: NO_LINE}

FIRST_TO_SCORE = Family(
    "first_to_score",
    Rule(SCORERS, _settle_goal, "The scorer of the match's first goal wins; none if there is no goal."),
    _ANY,
    view=_first,
)
LAST_TO_SCORE = Family(
    "last_to_score",
    Rule(SCORERS, _settle_goal, "The scorer of the match's last goal wins; none if there is no goal."),
    _ANY,
    view=_last,
)
NTH_GOAL = Family(
    "nth_goal",
    Rule(
        SCORERS,
        _settle_goal,
        "The side that scores goal number {line} of the match wins; none if there are fewer.",
    ),
    _NUMBERS,
    step=1.0,
    least=1.0,
    view=_nth,
)
RACE_TO_GOALS = Family(
    "race_to_goals",
    Rule(SCORERS, _settle_race, "The side that is first to have {line} goals wins; none if neither has."),
    _NUMBERS,
    step=1.0,
    least=1.0,
    view=_race,
)
