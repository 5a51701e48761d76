"""Two markets at once: a selection wins if both of its parts win."""

from functools import partial
from itertools import product

import numpy as np

from monps.markets.base import NO_LINE, Family, Lines
from monps.markets.result import DOUBLE_CHANCE, MATCH_RESULT
from monps.markets.rules import Rule
from monps.markets.scoring import BOTH_TEAMS_TO_SCORE
from monps.markets.timing import FULL_TIME
from monps.markets.totals import TOTALS
from monps.numerics.checks import Floats


def _settle_both(first: Rule, second: Rule, home: Floats, away: Floats, *line: float) -> Floats:
    """Settle every pair of selections; neither part can be void."""
    one, other = first.settle(home, away), second.settle(home, away, *line)
    pairs = np.minimum(one[:, None], other[None])
    return pairs.reshape(-1, *pairs.shape[2:])


def _both(first: Family, second: Family, listed: Lines = NO_LINE) -> Family:
    """Combine two families, the second perhaps on half lines."""
    one, other = first.rule, second.rule
    return Family(
        f"{first.name}_and_{second.name}",
        Rule(
            tuple(f"{name}_and_{also}" for name, also in product(one.selections, other.selections)),
            partial(_settle_both, one, other),
            f"Wins if both parts win. {one.words} {other.words}",
            one.winners * other.winners,
        ),
        {FULL_TIME: listed},
        step=None if listed is NO_LINE else 1.0,
        least=0.5,
    )


RESULT_AND_BOTH_TEAMS_TO_SCORE = _both(MATCH_RESULT, BOTH_TEAMS_TO_SCORE)
RESULT_AND_TOTALS = _both(MATCH_RESULT, TOTALS, (1.5, 2.5, 3.5, 4.5))
BOTH_TEAMS_TO_SCORE_AND_TOTALS = _both(BOTH_TEAMS_TO_SCORE, TOTALS, (2.5, 3.5))
DOUBLE_CHANCE_AND_BOTH_TEAMS_TO_SCORE = _both(DOUBLE_CHANCE, BOTH_TEAMS_TO_SCORE)
DOUBLE_CHANCE_AND_TOTALS = _both(DOUBLE_CHANCE, TOTALS, (1.5, 2.5, 3.5))
