from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import AWAY, HOME, SATURDAY, match
from monps.errors import NotEnoughData, UsageError
from monps.tables.matches import SCHEMA, STATISTICS, MatchTable

LATER = SATURDAY + timedelta(days=7)
moments = st.datetimes(datetime(1993, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
REQUIRED = {
    "competition": ["E0", "E0"],
    "season": [2024, 2024],
    "kickoff": [LATER, SATURDAY],
    "known_at": [LATER + timedelta(hours=3), SATURDAY + timedelta(hours=3)],
    "home": [HOME, AWAY],
    "away": [AWAY, HOME],
    "home_goals": [2, 0],
    "away_goals": [1, 0],
}


@pytest.fixture
def table() -> MatchTable:
    """Two matches, given in the wrong order, numbered 7 and 5."""
    return MatchTable.from_matches([match(kickoff=LATER), match(AWAY, HOME, (0, 3))], [7, 5])


def test_matches_become_rows_by_kick_off(table):
    assert table.frame.schema == SCHEMA
    assert table.column("match_id").tolist() == [5.0, 7.0]
    assert table.frame["home"].to_list() == [AWAY, HOME]
    assert (table.home_goals.tolist(), table.away_goals.tolist()) == ([0.0, 2.0], [3.0, 1.0])
    assert table.column("away_half_time_goals").tolist() == [1.0, 0.0]
    assert table.frame["referee"].unique().to_list() == ["T Ostrin"]


def test_every_statistic_of_both_sides_has_its_column(table):
    played = match(kickoff=LATER)
    for side, stats in (("home", played.home_stats), ("away", played.away_stats)):
        for name in STATISTICS:
            assert table.column(f"{side}_{name}")[1] == getattr(stats, name)


def test_unknown_half_times_and_statistics_are_not_numbers():
    known = match()
    bare = known.model_copy(update={"half_time": None, "home_stats": type(known.home_stats)()})
    table = MatchTable.from_matches([bare])
    assert np.isnan(table.column("home_half_time_goals")[0])
    assert np.isnan(table.column("home_shots")[0])
    assert table.column("away_shots")[0] > 0


def test_without_numbers_matches_are_numbered_by_place():
    assert MatchTable.from_matches([match(), match(AWAY, HOME)]).frame["match_id"].to_list() == [0, 1]


def test_no_match_is_a_table_too():
    empty = MatchTable.from_matches([])
    assert len(empty) == 0
    assert empty.frame.schema == SCHEMA
    assert (len(empty.teams), empty.home_index.shape, empty.outcomes.shape) == (0, (0,), (0,))
    assert len(empty.until(SATURDAY)) == 0
    with pytest.raises(NotEnoughData, match="no match"):
        empty.last_known_at()


@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame, pa.table])
def test_any_dataframe_will_do(frame):
    table = MatchTable.from_dataframe(frame(REQUIRED))
    assert table.frame.schema == SCHEMA
    assert table.frame["kickoff"].to_list() == [SATURDAY, LATER]
    assert table.column("match_id").tolist() == [1.0, 0.0]
    assert table.frame["kickoff_known"].all()
    assert not table.frame["neutral"].any()
    assert np.isnan(table.column("home_shots")).all()


def test_columns_that_are_given_are_kept():
    given = pl.DataFrame({**REQUIRED, "match_id": [11, 12], "home_shots": [9, 8], "neutral": [True, False]})
    table = MatchTable.from_dataframe(given.with_columns(surplus=pl.lit(1)))
    assert table.column("match_id").tolist() == [12.0, 11.0]
    assert table.column("home_shots").tolist() == [8.0, 9.0]
    assert table.frame["neutral"].to_list() == [False, True]
    assert "surplus" not in table.frame.columns


def test_missing_columns_are_named():
    with pytest.raises(UsageError, match="columns missing: season, home_goals; required are competition"):
        MatchTable.from_dataframe(pl.DataFrame(REQUIRED).drop("season", "home_goals"))


def test_columns_of_another_kind_are_refused():
    with pytest.raises(UsageError, match="wrong type"):
        MatchTable.from_dataframe(pl.DataFrame({**REQUIRED, "home_goals": ["two", "none"]}))


@pytest.mark.parametrize(
    ("backend", "kind"), [("polars", pl.DataFrame), ("pandas", pd.DataFrame), ("pyarrow", pa.Table)]
)
def test_columns_go_out_and_come_in_again(table, backend, kind):
    made = table.to_dataframe(backend)
    assert isinstance(made, kind)
    assert MatchTable.from_dataframe(made).frame.equals(table.frame)


def test_another_backend_is_refused(table):
    with pytest.raises(UsageError, match="'excel' is none of polars, pandas, pyarrow"):
        table.to_dataframe("excel")


@given(st.lists(moments, min_size=1, max_size=8, unique=True), st.data())
def test_until_cuts_exactly_at_the_moment(known, data):
    """To the microsecond: what became known at that very moment is known."""
    n = len(known)
    columns = {name: (values * n)[:n] for name, values in REQUIRED.items()}
    table = MatchTable.from_dataframe(pl.DataFrame({**columns, "kickoff": known, "known_at": known}))
    as_of = data.draw(st.sampled_from(known)) + data.draw(st.sampled_from([-1, 0, 1])) * timedelta(
        microseconds=1
    )
    assert table.until(as_of).frame["known_at"].to_list() == sorted(each for each in known if each <= as_of)
    assert table.last_known_at() == max(known)


def test_where_everything_was_known_the_table_is_itself(table):
    assert table.until(LATER + timedelta(hours=3)) is table
    assert len(table.until(LATER)) == 1


def test_a_naive_moment_is_no_moment(table):
    with pytest.raises(UsageError, match="time zone"):
        table.until(datetime(2025, 1, 1))  # noqa: DTZ001 - that is the point


def test_days_are_counted_from_1970(table):
    assert table.kickoff_days[0] == (SATURDAY - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)
    np.testing.assert_allclose(table.known_days - table.kickoff_days, 3 / 24)


def test_teams_are_numbered_by_name(table):
    assert table.teams.names == (HOME, AWAY)
    assert (table.home_index.tolist(), table.away_index.tolist()) == ([1, 0], [0, 1])


def test_outcomes_are_home_win_draw_and_away_win():
    scores = [(2, 1), (1, 1), (0, 3)]
    days = [SATURDAY + timedelta(days=day) for day in range(3)]
    table = MatchTable.from_matches(
        [match(goals=goals, kickoff=day) for goals, day in zip(scores, days, strict=True)]
    )
    assert table.outcomes.tolist() == [0, 1, 2]


def test_goals_that_prices_stood_for_are_a_column_of_a_new_table(table):
    priced = table.with_implied_goals(np.array([1.5, np.nan]), np.array([np.nan, 0.8]))
    np.testing.assert_array_equal(priced.column("home_implied_goals"), [1.5, np.nan])
    assert priced.frame["away_implied_goals"].to_list() == [None, 0.8]
    assert np.isnan(table.column("home_implied_goals")).all()


def test_some_matches_are_chosen_by_an_expression(table):
    assert table.where(pl.col("home_goals") > 1).frame["home"].to_list() == [HOME]


def test_a_column_that_is_not_there_is_refused(table):
    with pytest.raises(UsageError, match="there is no column 'luck'"):
        table.column("luck")


def test_a_column_is_read_once(table):
    assert table.column("home_shots") is table.column("home_shots")
