from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from monps.errors import UsageError
from monps.tables.appearances import AppearanceTable
from monps.tables.details import DetailTable
from monps.tables.matches import MatchTable
from monps.tables.shots import ShotTable
from monps.tables.side_by_side import side_by_side
from monps.tables.team_matches import MEASURES, TeamMatchTable

KICKOFF = datetime(2022, 9, 3, 14, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
TABLES = [TeamMatchTable, ShotTable, AppearanceTable]


def columns_of(table: type[DetailTable], rows: int = 2) -> dict[str, list]:
    whole = {
        "match_id": list(range(rows)),
        "competition": ["E0"] * rows,
        "season": [2022] * rows,
        "kickoff": [KICKOFF + timedelta(days=rows - day) for day in range(rows)],
        "known_at": [KICKOFF + timedelta(days=rows - day, hours=3) for day in range(rows)],
        "team": ["Ashgrave"] * rows,
        "opponent": ["Barrowmere"] * rows,
        "is_home": [True] * rows,
        "player_id": [7] * rows,
        "player": ["Nine"] * rows,
        "minute": [30] * rows,
    }
    return {name: column for name, column in whole.items() if name in table.SCHEMA}


@pytest.mark.parametrize("table", TABLES)
def test_columns_come_in_whatever_is_left_out_and_are_ordered_by_kick_off(table) -> None:
    made = table.from_columns(columns_of(table))
    assert made.frame.schema == pl.Schema(table.SCHEMA)
    assert made.frame["kickoff"].is_sorted()
    assert made.frame["source"].null_count() == len(made) == 2


@pytest.mark.parametrize("table", TABLES)
def test_a_repository_without_rows_gives_an_empty_table(table) -> None:
    assert len(table.from_columns({name: [] for name in table.SCHEMA})) == 0


@pytest.mark.parametrize("table", TABLES)
def test_moments_may_be_microseconds(table) -> None:
    columns = columns_of(table)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    numbers = {
        name: [(each - epoch) // MICROSECOND for each in columns[name]] for name in ("kickoff", "known_at")
    }
    assert table.from_columns(columns | numbers).frame.equals(table.from_columns(columns).frame)


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_column_is_named(table) -> None:
    columns = columns_of(table)
    del columns["known_at"]
    with pytest.raises(UsageError, match="known_at"):
        table.from_columns(columns)


@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_another_type_is_refused(table) -> None:
    with pytest.raises(UsageError, match="type"):
        table.from_dataframe(pl.DataFrame(columns_of(table) | {"season": ["twenty", "ten"]}))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_seen_before_it_was_known(table) -> None:
    made = table.from_columns(columns_of(table, rows=5))
    moment = made.frame["known_at"][2]
    assert len(made.until(moment)) == 3
    assert len(made.until(moment - MICROSECOND)) == 2
    with pytest.raises(UsageError, match="time zone"):
        made.until(datetime(2022, 9, 3))  # noqa: DTZ001 - that is the point


def a_match(**more) -> MatchTable:
    row = {
        "match_id": 4, "competition": "E0", "season": 2022, "kickoff": KICKOFF, "home": "Ashgrave",
        "known_at": KICKOFF + timedelta(hours=3), "away": "Barrowmere", "home_goals": 2, "away_goals": 0,
    }  # fmt: skip
    return MatchTable.from_dataframe(pl.DataFrame([row | more]))


def told(source: str, *, match_id: int = 4, is_home: bool = True, **measures) -> dict:
    base = {name: column[0] for name, column in columns_of(TeamMatchTable, rows=1).items()}
    return base | {"match_id": match_id, "is_home": is_home, "source": source} | measures


def details(*rows: dict) -> TeamMatchTable:
    return TeamMatchTable.from_dataframe(
        pl.DataFrame(rows, schema_overrides=dict.fromkeys(MEASURES, pl.Float64))
    )


def test_a_measure_is_taken_from_the_first_that_knows_it() -> None:
    matches = a_match(home_shots=11.0)
    rows = details(
        told("mine", shots=9.0, expected_goals=1.5, possession=55.0),
        told("understat", expected_goals=1.2, deep_completions=6.0),
    )
    home, away = sorted(
        side_by_side(matches, rows, ["understat"]).frame.to_dicts(), key=lambda row: not row["is_home"]
    )
    assert (home["shots"], home["expected_goals"], home["deep_completions"], home["possession"]) == (
        11,
        1.2,
        6,
        55,
    )
    assert home["source"] == "results+understat+mine"
    assert (home["goals"], home["goals_against"], away["goals"], away["opponent"]) == (2, 0, 0, "Ashgrave")
    assert (away["source"], away["expected_goals"]) == ("results", None)


def test_a_row_is_known_once_all_of_it_is() -> None:
    late = KICKOFF + timedelta(days=400)
    joined = side_by_side(a_match(), details(told("mine", known_at=late, passes=300.0)))
    assert sorted(joined.frame["known_at"]) == [KICKOFF + timedelta(hours=3), late]


def test_rows_of_other_matches_are_left_out() -> None:
    joined = side_by_side(a_match(), details(told("mine", match_id=99, passes=300.0)))
    assert len(joined) == 2
    assert joined.frame["passes"].null_count() == 2
