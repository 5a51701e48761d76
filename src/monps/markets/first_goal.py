"""When the first goal falls."""

from monps.domain.market import MarketKey
from monps.markets.base import Family
from monps.markets.rules import Rule, won
from monps.markets.timing import HALF_BANDS, QUARTER_HOURS
from monps.markets.views import FirstGoal, View
from monps.numerics.checks import Floats


def _settle_time_of_first_goal(band: Floats) -> Floats:
    """Settle the six quarter-hours, no goal."""
    return won(*(band == quarter for quarter in range(len(QUARTER_HOURS) + 1)))


def _settle_half_of_first_goal(band: Floats) -> Floats:
    """Settle first, second, no goal."""
    none = band == len(QUARTER_HOURS)
    return won(band < HALF_BANDS, (band >= HALF_BANDS) & ~none, none)


def _view(_key: MarketKey) -> View:
    return FirstGoal()


TIME_OF_FIRST_GOAL = Family(
    "time_of_first_goal",
    Rule(
        (*QUARTER_HOURS, "none"),
        _settle_time_of_first_goal,
        "Wins if the first goal falls in those minutes; stoppage time counts as minute 45 or 90.",
    ),
    view=_view,
)
HALF_OF_FIRST_GOAL = Family(
    "half_of_first_goal",
    Rule(
        ("first", "second", "none"),
        _settle_half_of_first_goal,
        "Wins if the first goal falls in that half; none if there is none.",
    ),
    view=_view,
)
