import numpy as np
import polars as pl
import pytest

from monps.dna import DIMENSIONS
from monps.dna.context import earlier_meetings, lately_in_league, season_stage
from monps.dna.indices import Evidence
from monps.dna.measures import Measures
from monps.dna.style import StyleSettings, Task, both_sides, for_both, walk_style
from monps.tables.matches import MatchTable
from style_leagues import style_league

CHOSEN = [DIMENSIONS[name] for name in ("corners", "corners_allowed", "fouls")]


@pytest.fixture(scope="module")
def table():
    return style_league(np.random.default_rng(3), seasons=5).table


def rates(table):
    measures = Measures.read(table)
    corners = measures.of("corners")
    base = np.full(corners.shape, 5.0)
    features = both_sides(Evidence.of(measures, CHOSEN).on_mornings())
    return walk_style(Task(table, corners, base, features), StyleSettings(precision=1.0), 2025), corners


def test_style_tells_more_than_the_mean(table):
    found, corners = rates(table)
    last = table.column("season") == 2025
    y, mean = corners[last], corners[~last].mean()
    gained = (y * np.log(found[last] / mean) - found[last] + mean).mean()
    assert gained > 0.05
    assert abs(found[last].mean() / y.mean() - 1) < 0.1


def test_a_season_learns_from_those_before_alone(table):
    plain, _ = rates(table)
    later = pl.col("season") >= 2025
    other, _ = rates(
        MatchTable(table.frame.with_columns(home_corners=pl.when(later).then(0).otherwise("home_corners")))
    )
    first_morning = table.frame["kickoff"] == table.frame.filter(later)["kickoff"].min()
    before = (table.column("season") < 2025) | first_morning.to_numpy()
    np.testing.assert_array_equal(plain[before], other[before])


def test_nothing_is_said_before_anything_was_learned(table):
    found, _ = rates(table)
    seasons = table.column("season")
    assert np.isnan(found[seasons <= 2022]).all()  # one season to know the teams, one to learn from
    assert np.isfinite(found[seasons >= 2023]).all()


def test_features_stand_for_own_and_other():
    profiles = np.arange(8.0).reshape(2, 2, 2)
    assert both_sides(profiles)[0].tolist() == [[0, 1, 2, 3], [2, 3, 0, 1]]
    assert for_both(np.array([[7.0], [8.0]])).tolist() == [[[7.0], [7.0]], [[8.0], [8.0]]]


def test_the_stage_goes_from_none_to_all_of_a_season(table):
    stage = season_stage(table)
    second = table.column("season") == 2022
    assert stage[second, 0].min() == 0.0
    assert 0.9 < stage[second, 0].max() < 1.0
    assert stage[second, 1].mean() < 0.25
    cut = table.frame.filter(pl.col("season") < 2025)
    np.testing.assert_array_equal(season_stage(MatchTable(cut)), stage[: len(cut)])


def test_meetings_remember_what_was_above_expectation(table):
    hot = (pl.col("home") == "Team 00") & (pl.col("away") == "Team 01")
    counts, expected = np.full((len(table), 2), 2.0), np.full((len(table), 2), 2.0)
    chosen = table.frame.select(hot).to_series().to_numpy()
    counts[chosen] = 6.0
    heat = earlier_meetings(table, counts, expected)
    back = (
        table.frame.select((pl.col("home") == "Team 01") & (pl.col("away") == "Team 00"))
        .to_series()
        .to_numpy()
    )
    season = table.column("season")
    assert (heat[(chosen | back) & (season >= 2022)] > 0).all()
    assert (heat[~(chosen | back)] == 0).all()


def test_a_league_of_late_is_forgotten_within_a_season(table):
    autumn = table.frame.select(
        (pl.col("season") == 2022) & (pl.col("kickoff").dt.month() > 7)  # stricter from the start
    )
    counts, expected = np.full((len(table), 2), 2.0), np.full((len(table), 2), 2.0)
    counts[autumn.to_series().to_numpy()] = 3.0
    lately, season = lately_in_league(table, counts, expected), table.column("season")
    assert (lately[season == 2021] == 0.0).all()
    told = lately[season == 2022]
    assert told[0] == 0.0
    assert 0.2 < told.max() < np.log(1.5)
    assert 0.0 < lately[season == 2023].max() < 0.5 * told.max()
