"""By how much: Asian and European handicaps, winning margin. Lines are from the home side's view."""

from monps.markets.base import Family, lines
from monps.markets.rules import Rule, against, won
from monps.markets.timing import FIRST_HALF, FULL_TIME, SECOND_HALF
from monps.numerics.checks import Bools, Floats

_MARGINS = 4
_WIDEST = 20.0


def _settle_asian_handicap(home: Floats, away: Floats, line: float) -> Floats:
    """Settle home, away."""
    return against(home + line - away)


def _settle_european_handicap(home: Floats, away: Floats, line: float) -> Floats:
    """Settle home, draw, away."""
    lead = home + line - away
    return won(lead > 0, lead == 0, lead < 0)


def _settle_winning_margin(home: Floats, away: Floats) -> Floats:
    """Settle home by 1, 2, 3, 4 or more; draw; away likewise."""
    return won(*_by(home - away), home == away, *_by(away - home))


def _by(lead: Floats) -> tuple[Bools, ...]:
    return *(lead == margin for margin in range(1, _MARGINS)), lead >= _MARGINS


def _names(side: str) -> tuple[str, ...]:
    return *(f"{side}_by_{margin}" for margin in range(1, _MARGINS)), f"{side}_by_{_MARGINS}+"


ASIAN_HANDICAP = Family(
    "asian_handicap",
    Rule(
        ("home", "away"),
        _settle_asian_handicap,
        "{line} is added to the home side's goals; then the side with more wins, and level is void. "
        "A quarter line is half a stake on each of its neighbours.",
    ),
    {
        FULL_TIME: lines(-3, 3, 0.25),
        FIRST_HALF: lines(-1.5, 1.5, 0.25),
        SECOND_HALF: lines(-1.5, 1.5, 0.25),
    },
    step=0.25,
    least=-_WIDEST,
)
EUROPEAN_HANDICAP = Family(
    "european_handicap",
    Rule(
        ("home", "draw", "away"),
        _settle_european_handicap,
        "{line} is added to the home side's goals; then the side with more wins, and draw wins if level.",
    ),
    {FULL_TIME: (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0), FIRST_HALF: (-1.0, 1.0), SECOND_HALF: (-1.0, 1.0)},
    step=1.0,
    least=-_WIDEST,
)
WINNING_MARGIN = Family(
    "winning_margin",
    Rule(
        (*_names("home"), "draw", *_names("away")),
        _settle_winning_margin,
        "Wins if the side named wins by that many goals (the last by that many or more).",
    ),
)
