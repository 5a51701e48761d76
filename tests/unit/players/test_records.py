from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from appearances import simulated_appearances
from monps.errors import NotEnoughData
from monps.players.records import POSITIONS, UNKNOWN_POSITION, read_records
from monps.tables.appearances import AppearanceTable

KICKOFF = datetime(2025, 9, 13, 15, tzinfo=UTC)


def row(
    player_id: int, minutes: int = 90, *, match: int = 1, source: str = "one", **more: Any
) -> dict[str, Any]:
    kickoff = KICKOFF + timedelta(days=match)
    return {
        "match_id": match, "competition": "SIM1", "season": 2025, "kickoff": kickoff,
        "known_at": kickoff + timedelta(hours=3), "team": "Ashgrave", "player_id": player_id,
        "player": f"Player {player_id}", "minutes": minutes, "source": source, **more,
    }  # fmt: skip


def table(*rows: dict[str, Any]) -> AppearanceTable:
    return AppearanceTable.from_dataframe(pl.DataFrame(list(rows), infer_schema_length=None))


def test_nothing_is_lost_on_the_way() -> None:
    appearances = simulated_appearances()
    records = read_records(appearances)
    assert len(records) == len(appearances)
    assert records.goals.sum() == appearances.frame["goals"].sum()
    assert (records.per_game(records.started.astype(float)) == 11).all()
    assert (np.diff(records.game_day) >= 0).all()


def test_who_did_not_play_has_no_record() -> None:
    assert len(read_records(table(row(1), row(2, minutes=0)))) == 1
    with pytest.raises(NotEnoughData):
        read_records(table(row(1, minutes=0)))


def test_the_source_that_accounts_for_most_minutes_leads_and_others_fill_in() -> None:
    records = read_records(
        table(
            row(1, 90, goals=1.0),
            row(2, 45, goals=0.0),
            row(1, 88, source="other", goals=2.0, non_penalty_expected_goals=0.4),
            row(7, 30, source="other", non_penalty_expected_goals=0.9),
        )
    )
    assert records.player_ids.tolist() == [1, 2]
    assert records.minutes.tolist() == [90, 45]
    assert records.goals.tolist() == [1, 0]
    assert np.isnan(records.non_penalty_expected_goals).tolist() == [False, True]


def test_the_eleven_with_most_minutes_started_where_nobody_says() -> None:
    records = read_records(table(*(row(number, 90 - number) for number in range(14))))
    assert records.started.tolist() == [True] * 11 + [False] * 3


def test_what_the_source_says_of_starting_is_believed_unless_it_cannot_be() -> None:
    said = [row(1, 20, started=True), row(2, 70, started=False)]
    assert read_records(table(*said)).started.tolist() == [True, False]
    nobody = [row(1, 20, started=False), row(2, 70, started=False)]
    assert read_records(table(*nobody)).started.tolist() == [True, True]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("GK", 0),
        ("G", 0),
        ("GKP", 0),
        ("DC", 1),
        ("DEF", 1),
        ("D", 1),
        ("RB", 1),
        ("LWB", 1),
        ("CB", 1),
        ("DMC", 2),
        ("MID", 2),
        ("AMR", 2),
        ("M", 2),
        ("CM", 2),
        ("LM", 2),
        ("DM", 2),
        ("FWD", 3),
        ("FW", 3),
        ("F", 3),
        ("RW", 3),
        ("Sub", UNKNOWN_POSITION),
        ("S", UNKNOWN_POSITION),
        (None, UNKNOWN_POSITION),
    ],
)
def test_positions_are_read_as_sources_abbreviate_them(written: str | None, meant: int) -> None:
    assert read_records(table(row(1, position=written))).positions.tolist() == [meant]


def test_whole_words_are_positions_too() -> None:
    found = [read_records(table(row(1, position=name))).positions[0] for name in POSITIONS]
    assert found == [0, 1, 2, 3]


def test_a_player_has_his_latest_side_and_most_usual_position() -> None:
    places = ("MID", "FWD", "FWD", "Sub")
    moved = [row(1, match=number, position=place) for number, place in enumerate(places)]
    moved[-1]["team"] = "Barrowmere"
    records = read_records(table(*moved))
    assert records.positions.tolist() == [3]
    assert records.teams.names[records.clubs[0]] == "Barrowmere"
