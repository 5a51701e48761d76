"""What single shots and line-ups say of a side in a match."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from monps.dna.line_ups import of_appearances
from monps.dna.shooting import of_shots
from monps.tables.appearances import AppearanceTable
from monps.tables.shots import ShotTable

SATURDAY = datetime(2026, 3, 7, 15, tzinfo=UTC)


def shots(*rows):
    """Rows of (is_home, minute, result, situation, x)."""
    columns = {
        "match_id": [1] * len(rows), "competition": ["SIM1"] * len(rows), "season": [2025] * len(rows),
        "kickoff": [SATURDAY] * len(rows), "known_at": [SATURDAY + timedelta(hours=3)] * len(rows),
        "team": ["A" if row[0] else "B" for row in rows], "is_home": [row[0] for row in rows],
        "minute": [row[1] for row in rows], "result": [row[2] for row in rows],
        "situation": [row[3] for row in rows], "x": [row[4] for row in rows], "y": [0.5] * len(rows),
        "expected_goals": [0.1] * len(rows), "shot_type": ["head"] * len(rows),
        "source": ["understat"] * len(rows),
    }  # fmt: skip
    return ShotTable.from_dataframe(pl.DataFrame(columns, schema_overrides={"minute": pl.Int16}))


def side(frame, *, is_home):
    return frame.filter(pl.col("is_home") == is_home).row(0, named=True)


@pytest.fixture(scope="module")
def counted():
    return of_shots(
        shots(
            (True, 10, "goal", "open_play", 0.9),
            (False, 20, "saved", "corner", 0.7),
            (True, 30, "own_goal", "open_play", 0.1),  # the home side's player scores for the guests
            (True, 50, "missed", "set_piece", 0.9),
            (True, 60, "goal", "penalty", 0.89),
            (False, 80, "blocked", None, 0.9),
        )
    )


def test_penalties_and_own_goals_are_no_shots_but_change_the_score(counted):
    home, away = side(counted, is_home=True), side(counted, is_home=False)
    assert (home["counted_shots"], away["counted_shots"]) == (2, 2)
    assert (home["shots_ahead"], home["shots_behind"]) == (0, 0)  # 0-0 at minute 10, 1-1 at minute 50
    assert (away["shots_ahead"], away["shots_behind"]) == (0, 2)  # 0-1 at minute 20, 1-2 at minute 80


def test_shots_are_counted_by_kind(counted):
    home, away = side(counted, is_home=True), side(counted, is_home=False)
    assert home["set_piece_shots"] == 1
    assert away["set_piece_shots"] == 1  # what is not said is not counted
    assert (home["box_shots"], away["box_shots"]) == (2, 1)
    assert (home["first_half_shots"], away["late_shots"]) == (1, 1)
    assert home["shot_quality"] == pytest.approx(0.2)


def line_ups(*matches):
    """Matches as lists of (player, started, expected goals)."""
    rows = [
        {
            "match_id": number, "competition": "SIM1", "season": 2025,
            "kickoff": SATURDAY + timedelta(weeks=number),
            "known_at": SATURDAY + timedelta(weeks=number, hours=3),
            "team": "A", "opponent": "B", "is_home": True,
            "player_id": player, "player": f"P{player}", "started": started, "minutes": 90,
            "non_penalty_expected_goals": quality, "source": source,
        }
        for number, players in enumerate(matches)
        for player, started, quality in players
        for source in ("fpl", "understat")
    ]  # fmt: skip
    return AppearanceTable.from_dataframe(pl.DataFrame(rows))


def test_changes_are_starters_who_did_not_start_before():
    first = [(player, True, 0.1) for player in range(11)]
    second = [(player, True, 0.1) for player in range(2, 13)]
    found = of_appearances(line_ups(first, second)).sort("match_id")
    assert found["changes"].to_list() == [None, 2.0]
    assert found["starters"].to_list() == [None, 11.0]
    assert found["source"].to_list() == ["fpl+understat"] * 2


def test_few_known_starters_say_nothing_of_changes():
    few = [(player, True, 0.1) for player in range(5)]
    assert of_appearances(line_ups(few, few))["changes"].to_list() == [None, None]


def test_the_leader_is_who_led_before_this_match():
    first = [(1, True, 0.9), (2, True, 0.2)]
    second = [(1, True, 0.1), (2, True, 0.7)]
    found = of_appearances(line_ups(first, second)).sort("match_id")
    assert found["leader_done"].to_list() == [None, pytest.approx(0.1)]
    assert found["leader_all"].to_list() == [None, pytest.approx(0.8)]
