"""Facts: scores of parts of matches, as far as they are known."""

import numpy as np
import pytest

from monps.errors import ShapeError, UsageError
from monps.markets.facts import Facts, Goals
from monps.markets.timing import PERIODS

MATCH = np.array([0, 1, 0, 1, 0])
HOME = np.array([True, False, False, False, True])
MINUTE = np.array([15.0, 45.0, 46.0, 90.0, 76.0])
GOALS = Goals(MATCH, HOME, MINUTE)
FINAL = (np.array([2.0, 0.0, 1.0]), np.array([1.0, 2.0, 0.0]))
TIMED = Facts(FINAL, goals=GOALS)
"""2–1 by 15' 46' 76'; 0–2 by 45' 90'; and a 1–0 of which no goal is listed."""

UNKNOWN = np.nan


def scores(facts: Facts, period: str) -> list[list[float]]:
    return np.stack(facts.score(PERIODS[period])).tolist()


def assert_scores(facts: Facts, period: str, expected: list[list[float]]) -> None:
    np.testing.assert_array_equal(scores(facts, period), expected)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("full_time", [[2, 0, 1], [1, 2, 0]]),
        ("first_half", [[1, 0, UNKNOWN], [0, 1, UNKNOWN]]),
        ("second_half", [[1, 0, UNKNOWN], [1, 1, UNKNOWN]]),
        ("minutes_1_15", [[1, 0, UNKNOWN], [0, 0, UNKNOWN]]),
        ("minutes_1_60", [[1, 0, UNKNOWN], [1, 1, UNKNOWN]]),
        ("minutes_76_90", [[1, 0, UNKNOWN], [0, 1, UNKNOWN]]),
    ],
)
def test_minutes_tell_the_score_of_every_period(period, expected):
    assert_scores(TIMED, period, expected)


def test_half_time_scores_tell_both_halves_but_no_quarter_hour():
    facts = Facts(FINAL, half_time=(np.array([1.0, 0, 1]), np.array([0.0, 1, 0])))
    assert_scores(facts, "first_half", [[1, 0, 1], [0, 1, 0]])
    assert_scores(facts, "second_half", [[1, 0, 0], [1, 1, 0]])
    assert np.isnan(facts.score(PERIODS["minutes_1_15"])).all()


def test_minutes_fill_the_half_time_scores_that_are_missing():
    facts = Facts(FINAL, half_time=(np.array([np.nan, 0, 1]), np.array([np.nan, 1, 0])), goals=GOALS)
    assert_scores(facts, "first_half", [[1, 0, 1], [0, 1, 0]])


def test_a_goalless_match_is_known_throughout():
    assert_scores(Facts.of_scores(0, 0), "minutes_16_30", [[0], [0]])
    assert Facts.of_scores([0], [0]).first_goal_band().tolist() == [6]


def test_an_incomplete_list_of_goals_is_not_believed():
    facts = Facts((np.array([2.0, 0.0]), np.array([2.0, 2.0])), goals=GOALS)
    assert_scores(facts, "minutes_1_15", [[UNKNOWN, 0], [UNKNOWN, 0]])


def test_goals_are_told_by_their_place():
    np.testing.assert_array_equal(TIMED.score_in_order(None, 1), [[1, 0, UNKNOWN], [0, 1, UNKNOWN]])
    np.testing.assert_array_equal(TIMED.score_in_order(0, 1), TIMED.score_in_order(None, 1))
    np.testing.assert_array_equal(TIMED.score_in_order(-1, None), [[1, 0, UNKNOWN], [0, 1, UNKNOWN]])
    np.testing.assert_array_equal(TIMED.score_in_order(2, 3), [[1, 0, UNKNOWN], [0, 0, UNKNOWN]])
    np.testing.assert_array_equal(TIMED.score_in_order(None, 2), [[1, 0, UNKNOWN], [1, 2, UNKNOWN]])


def test_the_first_goal_has_its_quarter_hour():
    np.testing.assert_array_equal(TIMED.first_goal_band(), [0, 2, UNKNOWN])


@pytest.mark.parametrize("minute", [0.0, 91.0])
def test_minutes_outside_a_match_are_refused(minute):
    with pytest.raises(UsageError, match="minute"):
        Goals(np.array([0]), np.array([True]), np.array([minute]))


def test_lists_of_other_lengths_are_refused():
    with pytest.raises(ShapeError, match="lengths"):
        Goals(MATCH, HOME[:2], MINUTE)
    with pytest.raises(ShapeError, match="lengths"):
        Facts(FINAL, half_time=(np.zeros(2), np.zeros(2)))


def test_more_goals_at_half_time_than_at_the_end_are_refused():
    with pytest.raises(UsageError, match="half-time"):
        Facts(FINAL, half_time=(np.array([2.0, 0, 2]), np.array([0.0, 0, 0])))


def test_a_goal_of_no_match_is_refused():
    with pytest.raises(UsageError, match="0 to 0"):
        Facts((np.array([1.0]), np.array([1.0])), goals=GOALS)
