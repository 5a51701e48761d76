import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.season.records import Ledger, Pairs, pack

GOALS = st.integers(0, 40)
MATCH = st.tuples(st.integers(0, 3), st.integers(0, 3), GOALS, GOALS).filter(lambda m: m[0] != m[1])


def ledger(matches):
    home, away, scored, conceded = np.array(matches, dtype=np.int64).reshape(-1, 4).T
    return Ledger(Pairs(4, home, away), pack(scored[:, None], conceded[:, None]))


@given(st.lists(MATCH, max_size=12))
def test_a_record_is_what_one_would_count_by_hand(matches):
    record = ledger(matches).record
    for team in range(4):
        own = [(h, a) for home, _, h, a in matches if home == team]
        visits = [(a, h) for _, away, h, a in matches if away == team]
        both = own + visits
        assert record.played[team, 0] == len(both)
        assert record.won[team, 0] == sum(f > a for f, a in both)
        assert record.drawn[team, 0] == sum(f == a for f, a in both)
        assert record.lost[team, 0] == sum(f < a for f, a in both)
        assert record.goals_for[team, 0] == sum(f for f, _ in both)
        assert record.goals_against[team, 0] == sum(a for _, a in both)
        assert record.away_goals[team, 0] == sum(f for f, _ in visits)


@given(st.lists(MATCH, max_size=12))
def test_what_one_side_wins_the_other_loses(matches):
    record = ledger(matches).record
    drawn = sum(h == a for _, _, h, a in matches)
    assert record.points.sum() == 3 * len(matches) - drawn
    assert record.goal_difference.sum() == 0
    assert record.won.sum() == record.lost.sum()


def test_points_are_three_for_a_win_and_one_for_a_draw():
    record = ledger([(0, 1, 2, 1), (1, 0, 0, 0)]).record
    assert record.points[:, 0].tolist() == [4, 1, 0, 0]


def test_only_chosen_matches_of_chosen_seasons_are_added_up():
    pairs = Pairs(3, np.array([0, 1, 2]), np.array([1, 2, 0]))
    goals = np.array([[1, 2, 3], [1, 0, 0], [0, 0, 5]])
    played = Ledger(pairs, pack(goals, np.zeros_like(goals)))
    level = np.array([[True, False], [False, False], [False, True]])
    between = played.between(np.array([0, 2]), level)
    assert between.points.tolist() == [[3, 0], [0, 0], [0, 3]]
    assert between.goals_for.tolist() == [[1, 0], [0, 0], [0, 5]]
    assert between.played.tolist() == [[1, 1], [1, 0], [0, 1]]


def test_a_season_too_long_to_be_counted_is_refused():
    pairs = Pairs(2, np.zeros(80, dtype=np.int64), np.ones(80, dtype=np.int64))
    pairs.require_room(12)
    with pytest.raises(UsageError, match="80 matches a team"):
        pairs.require_room(14)
