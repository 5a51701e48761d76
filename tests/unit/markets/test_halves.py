"""Markets on both halves, against what their names say of every short course of a match."""

from itertools import product

import numpy as np
import pytest

from monps.markets import MARKETS
from monps.markets.facts import Facts

COURSES = np.array(list(product(range(4), repeat=4))).T
"""Goals of home and away in the first half, then in the second."""

SAID = {
    "both_teams_to_score_in_both_halves": lambda h1, a1, h2, a2: min(h1, a1, h2, a2) > 0,
    "home_to_win_either_half": lambda h1, a1, h2, a2: h1 > a1 or h2 > a2,
    "away_to_win_either_half": lambda h1, a1, h2, a2: h1 < a1 or h2 < a2,
    "home_to_win_both_halves": lambda h1, a1, h2, a2: h1 > a1 and h2 > a2,
    "away_to_win_both_halves": lambda h1, a1, h2, a2: h1 < a1 and h2 < a2,
    "home_to_score_in_both_halves": lambda h1, _a1, h2, _a2: h1 > 0 and h2 > 0,
    "away_to_score_in_both_halves": lambda _h1, a1, _h2, a2: a1 > 0 and a2 > 0,
}
LINED = {
    "both_halves_over": lambda h1, a1, h2, a2, line: h1 + a1 > line and h2 + a2 > line,
    "both_halves_under": lambda h1, a1, h2, a2, line: h1 + a1 < line and h2 + a2 < line,
}


def settled(name, line=None):
    """What a bet on yes comes to in every course."""
    early_home, early_away, late_home, late_away = COURSES.astype(float)
    full = early_home + late_home, early_away + late_away
    return MARKETS[name].market(line).settle(Facts(full, (early_home, early_away)))[0]


@pytest.mark.parametrize("name", SAID)
def test_yes_wins_when_it_is_so(name):
    expected = [1.0 if SAID[name](*course) else -1.0 for course in COURSES.T.tolist()]
    assert settled(name).tolist() == expected


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("both_halves_over", 0.5),
        ("both_halves_over", 1.5),
        ("both_halves_under", 1.5),
        ("both_halves_under", 2.5),
    ],
)
def test_yes_wins_when_each_half_is_beyond_the_line(name, line):
    expected = [1.0 if LINED[name](*course, line) else -1.0 for course in COURSES.T.tolist()]
    assert settled(name, line).tolist() == expected


def test_every_market_on_both_halves_that_says_yes_or_no_is_looked_at():
    named = {name for name in MARKETS if "half" in name or "halves" in name}
    assert named - set(SAID) - set(LINED) == {
        "half_time_full_time",
        "half_with_most_goals",
        "half_of_first_goal",
    }
