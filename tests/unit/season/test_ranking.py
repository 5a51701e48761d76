"""Tie-breaks, worked out by hand."""

import numpy as np
import pytest

from monps.domain.football import Competition
from monps.domain.season import LeagueRules
from monps.season import TIE_BREAKS, league_table, rules_of

A, B, C, D, E = range(5)


def rules(tie_break):
    return LeagueRules(tie_break=tie_break, criteria=TIE_BREAKS[tie_break], zones=())


def order(season, tie_break, deducted=()):
    table = league_table(season, rules(tie_break), season.deductions(dict(deducted)))
    return "".join(row.team for row in table)


@pytest.fixture
def two_level(season_of):
    """A and B have 11 points each: A did better against B (1-0, 1-1), B has the better goal difference."""
    return season_of(
        4,
        {
            (A, B): (1, 0), (B, A): (1, 1), (A, C): (1, 0), (C, A): (2, 1), (A, D): (1, 0), (D, A): (1, 1),
            (B, C): (4, 0), (C, B): (0, 3), (B, D): (2, 0), (D, B): (1, 1), (C, D): (0, 0), (D, C): (0, 0),
        },
        over=True,
    )  # fmt: skip


def test_goal_difference_decides_where_it_comes_first(two_level):
    assert order(two_level, "goals")[:2] == "BA"
    assert order(two_level, "goals_then_head_to_head")[:2] == "BA"
    assert order(two_level, "goals_then_two_legs")[:2] == "BA"


def test_the_matches_between_them_decide_where_they_come_first(two_level):
    table = league_table(two_level, rules("head_to_head"), np.zeros(4, dtype=np.int64))
    assert [(row.team, row.points) for row in table[:2]] == [("A", 11), ("B", 11)]
    assert order(two_level, "head_to_head")[:2] == "AB"


def test_a_deduction_takes_a_team_out_of_the_tie(two_level):
    assert order(two_level, "head_to_head", {"A": 1})[:2] == "BA"
    assert order(two_level, "head_to_head", {"A": 9})[-1] == "A"


@pytest.fixture
def three_level(season_of):
    """A, B and C have 6 points each, all against each other; their small table has goals 6-4, 3-4 and 3-4.

    Over all matches their goals are 6-14, 3-6 and 11-14.
    """
    return season_of(
        4,
        {
            (A, B): (3, 1), (B, A): (1, 0), (A, C): (3, 1), (C, A): (1, 0), (B, C): (1, 0), (C, B): (1, 0),
            (A, D): (0, 1), (D, A): (9, 0), (B, D): (0, 1), (D, B): (1, 0), (C, D): (8, 9), (D, C): (1, 0),
        },
        over=True,
    )  # fmt: skip


def test_three_level_teams_are_ranked_by_their_small_table_then_by_all_matches(three_level):
    assert order(three_level, "head_to_head") == "DACB"


def test_the_same_teams_by_all_their_goals(three_level):
    assert order(three_level, "goals") == "DCBA"


def test_only_teams_level_on_all_that_came_before_are_compared(season_of):
    """A, B and C have 10 points each once A and B lose one; A and B are level on goals too, 5-2.

    Between A and B alone B has 4 points and A has 1. With C in the small table A has 7, B has 4, C none.
    """
    scores = {
        (A, B): (0, 1), (B, A): (0, 0), (A, C): (1, 0), (C, A): (0, 1), (A, D): (3, 1), (D, A): (0, 0),
        (B, D): (2, 2), (B, E): (1, 0), (E, B): (0, 1), (C, D): (1, 0), (D, C): (0, 1), (C, E): (1, 0),
        (E, C): (0, 0),
    }  # fmt: skip
    season, deducted = season_of(5, scores, over=True), {"A": 1, "B": 1}
    table = league_table(season, rules("goals"), season.deductions(deducted))
    assert [(row.points, row.goals_for, row.goals_against) for row in table[:3]] == [
        (10, 5, 2), (10, 5, 2), (10, 3, 2)
    ]  # fmt: skip
    assert order(season, "goals_then_head_to_head", deducted)[:3] == "BAC"
    assert order(season, "head_to_head", deducted)[:3] == "ABC"


def test_goals_scored_away_between_them_come_last(season_of):
    """A and B: 2-1 and 1-0, so 3 points and two goals each; B scored its goals as 1 away, A none away."""
    season = season_of(2, {(A, B): (2, 1), (B, A): (1, 0)}, over=True)
    assert order(season, "goals_then_head_to_head") == "BA"
    assert order(season, "goals_then_two_legs") == "BA"
    assert order(season, "goals") == "AB"  # level: the order of the names


def test_wins_come_first_where_the_rule_says_so(season_of):
    """A has one win, B three draws; B's goals are better."""
    scores = {(A, C): (1, 0), (C, A): (3, 0), (B, C): (1, 1), (C, B): (1, 1), (B, D): (2, 2)}
    season = season_of(4, scores, over=True)
    assert order(season, "goals").index("B") < order(season, "goals").index("A")
    assert order(season, "wins").index("A") < order(season, "wins").index("B")


def test_head_to_head_waits_until_the_season_is_over(season_of):
    scores = {(A, B): (1, 0), (C, A): (5, 0), (B, C): (1, 0), (D, A): (0, 0), (D, B): (0, 0)}
    assert order(season_of(4, scores), "head_to_head").index("B") < order(
        season_of(4, scores), "head_to_head"
    ).index("A")
    finished = season_of(4, scores, over=True)
    assert order(finished, "head_to_head").index("A") < order(finished, "head_to_head").index("B")


@pytest.mark.parametrize(
    ("code", "tier", "first"),
    [
        ("E0", 1, "goal_difference"),
        ("SP1", 1, "head_to_head_points"),
        ("I2", 2, "head_to_head_points"),
        ("D1", 1, "goal_difference"),
        ("B1", 1, "wins"),
        ("SIM1", 1, "goal_difference"),
    ],
)
def test_each_league_has_its_own_rule(code, tier, first):
    found = rules_of(Competition(code=code, name="a league", country="somewhere", tier=tier))
    assert found.criteria[0] == first
