import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factories
from monps.domain.season import Zone
from monps.errors import UnknownTeam, UsageError
from monps.models import DixonColes
from monps.numerics.low_scores import dixon_coles_grid
from monps.season import (
    TIE_BREAKS,
    Fixtures,
    LeagueSeason,
    Results,
    draw_grids,
    remaining,
    results_of,
    simulate,
)
from monps.season.simulate import _AT_ONCE
from monps.tables.encode import TeamIndex

GOALS = TIE_BREAKS["goals"]
NONE = np.zeros(0, dtype=np.int64)


def fresh(teams):
    nothing = Results(NONE, NONE, NONE, NONE)
    return LeagueSeason(TeamIndex(tuple("ABCDEFGH"[:teams])), nothing, remaining(teams, nothing))


def even_grid(season, home=1.4, away=1.1):
    count = len(season.fixtures.home)
    return dixon_coles_grid(np.full(count, home), np.full(count, away), -0.05)


def play(season, runs=2000, seed=1, criteria=GOALS, **more):
    return simulate(season, [(even_grid(season), runs)], criteria, np.random.default_rng(seed), **more)


@pytest.fixture(scope="module")
def half_way():
    """A fit to two seasons of eight teams, and the last of them with its second half unplayed."""
    table, _ = factories.match_table(8, 2, np.random.default_rng(9))
    moment = sorted(table.frame["known_at"])[len(table) * 3 // 4]
    known = table.until(moment)
    own = known.where(pl.col("season") == 2025)
    played = results_of(own, table.teams)
    season = LeagueSeason(table.teams, played, remaining(8, played))
    return DixonColes().fit(known, moment), season


def draws(half_way, sets, runs=4000, seed=1):
    fitted, season = half_way
    return draw_grids(fitted, season, runs, np.random.default_rng(seed), sets=sets)


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 8), st.integers(1, 600), st.sampled_from(sorted(TIE_BREAKS)))
def test_positions_and_points_are_conserved(teams, runs, tie_break):
    season = fresh(teams)
    found = play(season, runs, criteria=TIE_BREAKS[tie_break])
    assert found.positions.shape == found.points.shape == (teams, runs)
    assert (np.sort(found.positions, axis=0) == np.arange(1, teams + 1)[:, None]).all()
    chances = found.position_chances()
    assert chances.sum(axis=0) == pytest.approx(np.ones(teams))
    assert chances.sum(axis=1) == pytest.approx(np.ones(teams))
    matches = len(season.fixtures.home)
    totals = found.points.sum(axis=0)
    assert ((2 * matches <= totals) & (totals <= 3 * matches)).all()


def test_better_positions_have_at_least_as_many_points():
    found = play(fresh(6))
    by_position = np.take_along_axis(found.points, np.argsort(found.positions, axis=0), axis=0)
    assert (np.diff(by_position, axis=0) <= 0).all()


def test_a_finished_season_ends_as_it_ended():
    table, _ = factories.match_table(6, 1, np.random.default_rng(2))
    played = results_of(table, table.teams)
    season = LeagueSeason(table.teams, played, remaining(6, played))
    found = play(season, 300)
    points = season.played.record.points[:, 0]
    assert (found.points == points[:, None]).all()
    apart = len(set(points.tolist())) == 6
    assert apart, "choose a seed whose points differ"
    assert sorted(found.position_chances().ravel()) == [0.0] * 30 + [1.0] * 6


def test_teams_alike_finish_anywhere_alike():
    chances = play(fresh(6), 20_000).position_chances()
    assert np.abs(chances - 1 / 6).max() < 5 * np.sqrt(1 / 6 * 5 / 6 / 20_000)


def test_lots_decide_evenly_between_teams_level_on_everything():
    table = {"home": [0, 1, 2, 1, 2, 0], "away": [1, 2, 0, 0, 1, 2]}
    ones = np.ones(6, dtype=np.int64)
    played = Results(np.array(table["home"]), np.array(table["away"]), ones, ones)
    season = LeagueSeason(TeamIndex(("A", "B", "C")), played, remaining(3, played))
    chances = play(season, 9000, criteria=TIE_BREAKS["head_to_head"]).position_chances()
    assert np.abs(chances - 1 / 3).max() < 5 * np.sqrt(2 / 9 / 9000)


def test_the_mean_of_points_is_what_the_grids_say():
    season = fresh(5)
    home, draw, away = even_grid(season).outcomes()[0]
    found = play(season, 20_000)
    wanted = 4 * (3 * home + draw) + 4 * (3 * away + draw)
    assert found.expected_points() == pytest.approx(np.full(5, wanted), abs=0.15)


def test_a_deduction_takes_points_and_places():
    season = fresh(4)
    before, after = play(season), play(season, deductions=season.deductions({"B": 7}))
    assert (before.points - after.points == np.array([0, 7, 0, 0])[:, None]).all()
    assert after.zone_chances(Zone(name="title", first=1, last=1))[1] < 0.05


def test_deductions_are_of_this_seasons_teams_and_take_away():
    season = fresh(4)
    with pytest.raises(UnknownTeam):
        season.deductions({"Z": 3})
    for points in (0, -3):
        with pytest.raises(UsageError, match="at least 1"):
            season.deductions({"A": points})


def test_uncertain_strengths_widen_what_may_come(half_way):
    _, season = half_way
    spread = {
        sets: simulate(season, draws(half_way, sets), GOALS, np.random.default_rng(2)).points.std(axis=1)
        for sets in (1, 100)
    }
    assert (spread[100] > spread[1]).all()
    assert (spread[100] ** 2).mean() > 1.1 * (spread[1] ** 2).mean()


def test_a_seasons_matches_are_all_played_with_the_same_strengths(half_way):
    """Who is better than thought is so in all matches: points vary more than if each match stood alone."""
    _, season = half_way
    mixed = [(grid, 1) for grid, _ in draws(half_way, 2000, runs=2000)]
    together = simulate(season, mixed, GOALS, np.random.default_rng(2)).points.var(axis=1)
    home, draw, away = (sum(grid.outcomes() for grid, _ in mixed) / len(mixed)).T
    alone = np.zeros(len(season.teams))
    for side, win in ((season.fixtures.home, home), (season.fixtures.away, away)):
        np.add.at(alone, side, 9 * win + draw - (3 * win + draw) ** 2)
    assert (together > alone).mean() > 0.8
    assert together.sum() > 1.1 * alone.sum()


def test_the_same_generator_gives_the_same_seasons():
    season = fresh(5)
    first, again, other = (play(season, 700, seed) for seed in (1, 1, 2))
    assert (first.points == again.points).all()
    assert (first.positions == again.positions).all()
    assert (first.points != other.points).any()


def test_many_seasons_on_one_grid_are_played_in_parts():
    assert play(fresh(3), 2 * _AT_ONCE + 1).runs == 2 * _AT_ONCE + 1


def test_intervals_hold_the_share_asked_for():
    found = play(fresh(6), 5000)
    low, high = found.points_interval(0.8)[0]
    assert (found.points[0] < low).mean() <= 0.1 <= (found.points[0] <= low).mean()
    assert (found.points[0] < high).mean() <= 0.9 <= (found.points[0] <= high).mean()


def test_zones_add_up_positions():
    found = play(fresh(6))
    places = found.position_chances()
    assert found.zone_chances(Zone(name="top", first=1, last=2)) == pytest.approx(places[:, :2].sum(axis=1))
    assert found.zone_chances(Zone(name="down", first=-2, last=-1)) == pytest.approx(
        places[:, -2:].sum(axis=1)
    )


def test_a_played_score_beyond_the_grid_counts():
    one = np.array([0])
    season = LeagueSeason(
        TeamIndex(("A", "B")), Results(one, one + 1, one + 20, one), Fixtures(one + 1, one, one.astype(bool))
    )
    found = play(season, 500, criteria=GOALS)
    assert (found.positions[0] == 1).all()


def test_nothing_to_play_on_is_refused():
    with pytest.raises(UsageError, match="no draw"):
        simulate(fresh(3), [], GOALS, np.random.default_rng(1))
