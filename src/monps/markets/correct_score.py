"""The score itself, and any other than those listed."""

from itertools import product

import numpy as np

from monps.markets.base import WITH_HALVES, Family
from monps.markets.result import MATCH_RESULT
from monps.markets.rules import Rule, won
from monps.numerics.checks import Floats

_OTHERS = ("any_other_home_win", "any_other_draw", "any_other_away_win")


def _up_to(most: int) -> Rule:
    """List the scores in which no side has more goals than this."""
    scores = tuple(product(range(most + 1), repeat=2))

    def settle(home: Floats, away: Floats) -> Floats:
        listed = won(*((home == h) & (away == a) for h, a in scores))
        other = (home > most) | (away > most)
        return np.concatenate([listed, np.where(other, MATCH_RESULT.rule.settle(home, away), -1.0)])

    return Rule(
        (*(f"{h}-{a}" for h, a in scores), *_OTHERS),
        settle,
        "Wins on exactly that score; any other, if the result is as named and a side has more than "
        f"{most} goals.",
    )


CORRECT_SCORE = Family("correct_score", _up_to(6), WITH_HALVES, shorter=_up_to(3))
