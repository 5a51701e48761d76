"""How many goals against a line: of both sides together, or of one."""

from monps.markets.base import Family, Lines, lines
from monps.markets.counting import SIDES, Count, both
from monps.markets.rules import Rule, against
from monps.markets.timing import FIRST_HALF, FULL_TIME, QUARTER_HOURS, SECOND_HALF
from monps.numerics.checks import Floats

LEAST_LINE = 0.25
_LONG, _SHORT, _TEAM = lines(0.5, 6.5, 0.25), lines(0.5, 3.5, 0.25), lines(0.5, 2.5, 0.25)
_PARTS: dict[str, Lines] = {
    "minutes_1_30": (0.5, 1.5),
    "minutes_1_60": (0.5, 1.5, 2.5),
    "minutes_1_75": (0.5, 1.5, 2.5),
    **dict.fromkeys(QUARTER_HOURS, (0.5,)),
}


def against_line(count: Count, whose: str) -> Rule:
    """Make the rule of over and under a line, for goals of any shape.

    Parameters
    ----------
    count : callable
        Whose goals are counted.
    whose : str
        The same in words.
    """

    def settle(home: Floats, away: Floats, line: float) -> Floats:
        return against(count(home, away) - line)

    words = (
        f"Over wins if {whose} come to more than {{line}}, under if to fewer; exactly that is void. "
        "A quarter line is half a stake on each of its neighbours."
    )
    return Rule(("over", "under"), settle, words)


TOTALS = Family(
    "totals",
    against_line(both, "both sides' goals"),
    {FULL_TIME: _LONG, FIRST_HALF: _SHORT, SECOND_HALF: _SHORT, **_PARTS},
    step=0.25,
    least=LEAST_LINE,
)
HOME_TOTALS, AWAY_TOTALS = (
    Family(
        f"{side}_totals",
        against_line(count, f"the {side} side's goals"),
        {FULL_TIME: _LONG, FIRST_HALF: _TEAM, SECOND_HALF: _TEAM},
        step=0.25,
        least=LEAST_LINE,
    )
    for side, count in SIDES.items()
)
