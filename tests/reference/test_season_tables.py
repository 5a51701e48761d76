"""Final tables as the leagues published them, season 2022/23 and others."""

from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from monps import read_football_data
from monps.models import DixonColes
from monps.season import LeagueSeason, draw_grids, league_table, remaining, results_of, rules_of, simulate
from monps.sources.football_data.divisions import DIVISIONS


@pytest.fixture(scope="module")
def matches(data_dir):
    return lambda season, code: read_football_data(data_dir / "football-data" / season / f"{code}.csv")


def season_of(table, whole):
    played = results_of(table, whole.teams)
    return LeagueSeason(whole.teams, played, remaining(len(whole.teams), played))


def final(matches, season, code, deducted=()):
    table = matches(season, code)
    league = season_of(table, table)
    assert not len(league.fixtures.home)
    return league_table(league, rules_of(DIVISIONS[code]), league.deductions(dict(deducted)))


def test_the_premier_league(matches):
    rows = final(matches, "2223", "E0")
    top = [(row.team, row.points, row.goal_difference) for row in rows[:4]]
    assert top == [
        ("Man City", 89, 61), ("Arsenal", 84, 45), ("Man United", 75, 15), ("Newcastle", 71, 35)
    ]  # fmt: skip
    bottom = [(row.team, row.points) for row in rows[-3:]]
    assert bottom == [("Leicester", 34), ("Leeds", 31), ("Southampton", 25)]


def test_la_liga_ranks_level_teams_by_their_own_matches(matches):
    """Three clubs had 42 points; by goal difference their order would have been the reverse."""
    rows = final(matches, "2223", "SP1")
    level = [(row.position, row.team) for row in rows if row.points == 42]
    assert level == [(14, "Cadiz"), (15, "Getafe"), (16, "Valencia")]
    differences = [row.goal_difference for row in rows if row.points == 42]
    assert differences == sorted(differences)


def test_serie_a_with_the_points_that_juventus_lost(matches):
    rows = final(matches, "2223", "I1", {"Juventus": 10})
    assert next((row.position, row.points) for row in rows if row.team == "Juventus") == (7, 62)


def test_the_bundesliga_that_goals_decided(matches):
    rows = final(matches, "2223", "D1")
    assert [(row.team, row.points) for row in rows[:2]] == [("Bayern Munich", 71), ("Dortmund", 71)]


def test_a_finished_season_is_simulated_as_it_ended(matches):
    table = matches("2223", "E0")
    league, moment = season_of(table, table), table.last_known_at()
    fitted = DixonColes().fit(table, moment)
    grids = draw_grids(fitted, league, 100, np.random.default_rng(1))
    found = simulate(league, grids, rules_of(DIVISIONS["E0"]).criteria, np.random.default_rng(2))
    champions = found.teams.require("Man City")
    assert found.position_chances()[champions, 0] == 1
    assert set(found.points[champions].tolist()) == {89}


def test_the_truth_lies_within_what_was_thought_possible(matches):
    whole = matches("2223", "E0")
    moment = datetime(2023, 1, 1, tzinfo=UTC)
    known = whole.until(moment)
    league = season_of(known.where(pl.col("season") == 2022), whole)
    grids = draw_grids(DixonColes().fit(known, moment), league, 4000, np.random.default_rng(1))
    found = simulate(league, grids, rules_of(DIVISIONS["E0"]).criteria, np.random.default_rng(2))
    ended = season_of(whole, whole).played.record.points[:, 0]
    low, high = found.points_interval().T
    assert ((low <= ended) & (ended <= high)).sum() >= 17
