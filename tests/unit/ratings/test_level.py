from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.ratings.level import HALF_LIFE_DAYS, PRIOR_GOALS, rolling_level, sums_known
from monps.tables.matches import MatchTable

DAY = timedelta(days=1)
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)


def played(*rows: tuple[str, float, float, int]) -> MatchTable:
    """Make a table of matches: competition, days to kick-off and until it is known, all goals at home."""
    columns = {
        "competition": [code for code, *_ in rows],
        "season": [2024] * len(rows),
        "kickoff": [BEGIN + kickoff * DAY for _, kickoff, *_ in rows],
        "known_at": [BEGIN + known * DAY for _, _, known, _ in rows],
        "home": ["A"] * len(rows),
        "away": ["B"] * len(rows),
        "home_goals": [goals for *_, goals in rows],
        "away_goals": [0] * len(rows),
    }
    return MatchTable.from_dataframe(pl.DataFrame(columns))


def test_the_level_by_hand():
    """Four goals where 2.5 were expected, half of it forgotten after a year."""
    table = played(("E0", 0.5, 1.0, 4), ("E0", 1.0 + HALF_LIFE_DAYS + 0.6, 999.0, 0))
    level = rolling_level(table, np.array([[1.5, 1.0], [2.0, 2.0]]))
    assert level[0] == 1.0
    assert level[1] == pytest.approx((4 / 2 + PRIOR_GOALS) / (2.5 / 2 + PRIOR_GOALS))


def test_a_result_counts_from_the_morning_after_it_is_known():
    table = played(("E0", 0.5, 2.0, 9), ("E0", 1.9, 5.0, 0), ("E0", 2.0, 5.0, 0))
    level = rolling_level(table, np.ones((3, 2)))
    assert level[1] == 1.0
    assert level[2] == pytest.approx((9 + PRIOR_GOALS) / (2 + PRIOR_GOALS))


def test_matches_of_one_day_do_not_know_of_each_other():
    table = played(("E0", 0.1, 0.2, 9), ("E0", 0.9, 1.0, 0))
    np.testing.assert_array_equal(rolling_level(table, np.ones((2, 2))), 1.0)


def test_competitions_do_not_know_of_each_other():
    table = played(("E0", 0.1, 0.2, 9), ("E1", 5.0, 6.0, 0))
    np.testing.assert_array_equal(rolling_level(table, np.ones((2, 2))), 1.0)


def test_where_there_was_no_forecast_nothing_is_compared():
    table = played(("E0", 0.1, 0.2, 9), ("E0", 5.0, 6.0, 0))
    assert (rolling_level(table, np.full((2, 2), np.nan)) == 1.0).all()
    assert (rolling_level(table, np.array([[1.0, np.nan], [1.0, 1.0]])) == 1.0).all()


def test_rates_that_are_too_low_are_raised_until_they_fit():
    rng = np.random.default_rng(61)
    table = random_leagues.league_table(rng, seasons=tuple(range(1990, 2020)), teams=12)
    goals = np.stack([table.home_goals, table.away_goals], axis=1)
    level = rolling_level(table, np.tile(goals.mean(axis=0), (len(table), 1)) * 0.8)
    last = table.column("season") == 2019
    assert 1.05 < level[last].mean() < 1.25


def test_sums_are_those_of_a_plain_loop():
    rng = np.random.default_rng(62)
    table = random_leagues.league_table(rng, seasons=(2020, 2021))
    values = rng.normal(size=(len(table), 2))
    values[rng.random(len(table)) < 0.2, 1] = np.nan
    found = sums_known(table, values, 100.0)
    competition = table.frame["competition"].to_numpy()
    for row in rng.choice(len(table), 40, replace=False):
        morning = np.floor(table.kickoff_days[row])
        counts = (competition == competition[row]) & (table.known_days <= morning)
        counts &= np.isfinite(values).all(axis=1)
        weights = 0.5 ** ((morning - table.known_days[counts]) / 100.0)
        np.testing.assert_allclose(found[row], weights @ values[counts], atol=1e-12)


def test_nothing_known_sums_to_nothing():
    table = played(("E0", 0.1, 0.2, 9), ("E0", 5.0, 6.0, 0))
    np.testing.assert_array_equal(sums_known(table, np.full((2, 3), np.nan), 10.0), 0.0)
