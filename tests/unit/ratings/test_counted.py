import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.errors import UnknownNameError
from monps.ratings.counted import SUBJECTS, counted
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(161))


def test_corners_stand_where_goals_were(table: MatchTable) -> None:
    corners = counted(table, "corners")
    np.testing.assert_array_equal(corners.home_goals, table.column("home_corners"))
    np.testing.assert_array_equal(corners.away_goals, table.column("away_corners"))


def test_a_red_card_counts_as_one(table: MatchTable) -> None:
    cards = counted(table, "cards")
    both = table.column("home_yellow_cards") + table.column("home_red_cards")
    np.testing.assert_array_equal(cards.home_goals, both)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_matches_without_the_count_are_left_out(table: MatchTable, subject: str) -> None:
    column = f"away_{SUBJECTS[subject][-1]}"
    unknown = pl.when(pl.int_range(pl.len()) < 7).then(None).otherwise(pl.col(column)).alias(column)
    left = counted(MatchTable(table.frame.with_columns(unknown)), subject)
    assert left.frame["match_id"].to_list() == table.frame["match_id"].to_list()[7:]


def test_what_is_not_counted_is_named(table: MatchTable) -> None:
    with pytest.raises(UnknownNameError, match="did you mean cards"):
        counted(table, "card")
