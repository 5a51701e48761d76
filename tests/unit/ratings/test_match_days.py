from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

import random_leagues
from monps.ratings.match_days import match_days
from monps.tables.matches import MatchTable


def test_every_match_is_played_once_and_known_once() -> None:
    table = random_leagues.league_table(np.random.default_rng(91))
    days = list(match_days(table))
    for rows in ("known", "fixtures"):
        seen = np.concatenate([getattr(day, rows) for day in days])
        assert sorted(seen.tolist()) == list(range(len(table)))
    assert [day.day for day in days] == sorted({day.day for day in days})


def test_nothing_is_known_before_its_time() -> None:
    table = random_leagues.league_table(np.random.default_rng(92))
    for day in match_days(table):
        assert (table.known_days[day.known] <= day.day).all()
        assert (table.known_days[day.known] > day.day - 1).all()
        assert (np.floor(table.kickoff_days[day.fixtures]) == day.day).all()


def test_a_result_that_comes_late_is_learned_late() -> None:
    table = random_leagues.league_table(np.random.default_rng(93), competitions=("A1",), seasons=(2022,))
    late = datetime(2022, 9, 1, 12, tzinfo=UTC)
    first = pl.when(pl.int_range(pl.len()) == 0).then(late).otherwise(pl.col("known_at"))
    days = list(match_days(MatchTable(table.frame.with_columns(known_at=first))))
    learned = next(day.day for day in days if 0 in day.known)
    assert learned == (late + timedelta(hours=12)).timestamp() / 86_400


def test_an_empty_table_has_no_day() -> None:
    assert list(match_days(MatchTable.from_matches([]))) == []
