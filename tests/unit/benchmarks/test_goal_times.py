"""Goals in their order, out of shots that go on counting through stoppage time."""

import numpy as np
import polars as pl
import pytest
from benchmarks.goal_times import facts_in_order

from factories import match_table
from monps.tables.matches import MatchTable


@pytest.fixture
def match() -> MatchTable:
    """Let the home side win by three to one; it was one all at the break."""
    frame = match_table(4, 1, np.random.default_rng(1))[0].frame.head(2)
    scores = {"home_goals": [3, 0], "away_goals": [1, 0]}
    at_half_time = {"home_half_time_goals": [1, 0], "away_half_time_goals": [1, 0]}
    told = {
        name: pl.Series(values, dtype=frame[name].dtype) for name, values in (scores | at_half_time).items()
    }
    return MatchTable(frame.with_columns(**told))


def shots(match: MatchTable, rows: list[tuple[bool, int, str]]) -> pl.DataFrame:
    key = match.frame.select("competition", "season", "home", "away").row(0, named=True)
    return pl.DataFrame(
        [key | {"is_home": side, "minute": minute, "result": result} for side, minute, result in rows]
    )


TOLD = [
    (True, 20, "missed"),
    (True, 46, "goal"),  # in stoppage time of the first half
    (True, 12, "own_goal"),
    (True, 46, "goal"),  # just after the break
    (False, 93, "own_goal"),
]


def test_the_score_at_half_time_decides_of_which_half_a_goal_was(match):
    facts, known = facts_in_order(match, shots(match, TOLD))
    assert known.tolist() == [True, False]
    assert facts.goals.home.tolist() == [False, True, True, True]
    assert facts.goals.minute.tolist() == [13, 45, 47, 90]
    assert facts.first_goal_band()[0] == 0


def test_a_match_of_which_a_goal_is_missing_is_not_known(match):
    _, known = facts_in_order(match, shots(match, TOLD[:-1]))
    assert not known.any()
