"""Who wins: match result, double chance, draw no bet."""

import numpy as np

from monps.markets.base import NO_LINE, WITH_HALVES, Family
from monps.markets.rules import Rule, against, won
from monps.markets.timing import PERIODS
from monps.numerics.checks import Floats


def _settle_match_result(home: Floats, away: Floats) -> Floats:
    """Settle home, draw, away."""
    return won(home > away, home == away, home < away)


def _settle_double_chance(home: Floats, away: Floats) -> Floats:
    """Settle home or draw, home or away, draw or away."""
    return won(home >= away, home != away, home <= away)


def _settle_draw_no_bet(home: Floats, away: Floats) -> Floats:
    """Settle home, away."""
    return against(np.sign(home - away))


MATCH_RESULT = Family(
    "match_result",
    Rule(
        ("home", "draw", "away"),
        _settle_match_result,
        "The side with more goals wins; draw wins if they have as many.",
    ),
    dict.fromkeys(PERIODS, NO_LINE),
)
DOUBLE_CHANCE = Family(
    "double_chance",
    Rule(
        ("home_or_draw", "home_or_away", "draw_or_away"),
        _settle_double_chance,
        "Wins on either of the two results it names.",
        winners=2,
    ),
    WITH_HALVES,
)
DRAW_NO_BET = Family(
    "draw_no_bet",
    Rule(("home", "away"), _settle_draw_no_bet, "The side with more goals wins; a draw is void."),
    WITH_HALVES,
)
