"""Both halves together: half-time and full-time, and what happens in either or both halves."""

import numpy as np

from monps.domain.market import MarketKey
from monps.markets.base import NO_LINE, Family, Lines
from monps.markets.result import MATCH_RESULT
from monps.markets.rules import Rule, won, yes_no
from monps.markets.timing import FULL_TIME
from monps.markets.views import Halves, View
from monps.numerics.checks import Floats

Score = tuple[Floats, Floats]


def _settle_half_time_full_time(home_1: Floats, away_1: Floats, home_2: Floats, away_2: Floats) -> Floats:
    """Settle the nine pairs of results at the break and at the end."""
    break_, end = np.sign(home_1 - away_1), np.sign(home_1 + home_2 - away_1 - away_2)
    return won(*((break_ == early) & (end == late) for early in (1, 0, -1) for late in (1, 0, -1)))


def _settle_half_with_most_goals(home_1: Floats, away_1: Floats, home_2: Floats, away_2: Floats) -> Floats:
    """Settle first, second, equal."""
    first, second = home_1 + away_1, home_2 + away_2
    return won(first > second, first < second, first == second)


def _both(_key: MarketKey) -> View:
    return Halves()


def _family(name: str, rule: Rule, listed: Lines = NO_LINE) -> Family:
    return Family(
        name, rule, {FULL_TIME: listed}, view=_both, step=None if listed is NO_LINE else 1.0, least=0.5
    )


_RESULTS = MATCH_RESULT.rule.selections
HALF_TIME_FULL_TIME = _family(
    "half_time_full_time",
    Rule(
        tuple(f"{early}/{late}" for early in _RESULTS for late in _RESULTS),
        _settle_half_time_full_time,
        "Wins if the result at the break is the first and the result at the end the second.",
    ),
)
HALF_WITH_MOST_GOALS = _family(
    "half_with_most_goals",
    Rule(
        ("first", "second", "equal"), _settle_half_with_most_goals, "The half with more goals wins, or equal."
    ),
)
BOTH_HALVES_OVER = _family(
    "both_halves_over",
    yes_no(
        lambda h1, a1, h2, a2, line: np.minimum(h1 + a1, h2 + a2) > line,
        "Yes wins if each half has more goals than {line}.",
    ),
    (0.5, 1.5),
)
BOTH_HALVES_UNDER = _family(
    "both_halves_under",
    yes_no(
        lambda h1, a1, h2, a2, line: np.maximum(h1 + a1, h2 + a2) < line,
        "Yes wins if each half has fewer goals than {line}.",
    ),
    (1.5, 2.5),
)
BOTH_TEAMS_TO_SCORE_IN_BOTH_HALVES = _family(
    "both_teams_to_score_in_both_halves",
    yes_no(
        lambda h1, a1, h2, a2: (h1 > 0) & (a1 > 0) & (h2 > 0) & (a2 > 0),
        "Yes wins if both sides score in each half.",
    ),
)
HOME_TO_WIN_EITHER_HALF = _family(
    "home_to_win_either_half",
    yes_no(
        lambda h1, a1, h2, a2: (h1 > a1) | (h2 > a2),
        "Yes wins if the home side scores more in one half or in each.",
    ),
)
AWAY_TO_WIN_EITHER_HALF = _family(
    "away_to_win_either_half",
    yes_no(
        lambda h1, a1, h2, a2: (h1 < a1) | (h2 < a2),
        "Yes wins if the away side scores more in one half or in each.",
    ),
)
HOME_TO_WIN_BOTH_HALVES = _family(
    "home_to_win_both_halves",
    yes_no(
        lambda h1, a1, h2, a2: (h1 > a1) & (h2 > a2), "Yes wins if the home side scores more in each half."
    ),
)
AWAY_TO_WIN_BOTH_HALVES = _family(
    "away_to_win_both_halves",
    yes_no(
        lambda h1, a1, h2, a2: (h1 < a1) & (h2 < a2), "Yes wins if the away side scores more in each half."
    ),
)
HOME_TO_SCORE_IN_BOTH_HALVES = _family(
    "home_to_score_in_both_halves",
    yes_no(lambda h1, _a1, h2, _a2: (h1 > 0) & (h2 > 0), "Yes wins if the home side scores in each half."),
)
AWAY_TO_SCORE_IN_BOTH_HALVES = _family(
    "away_to_score_in_both_halves",
    yes_no(lambda _h1, a1, _h2, a2: (a1 > 0) & (a2 > 0), "Yes wins if the away side scores in each half."),
)
