import numpy as np
import pytest

import factories
from monps.models import SCORE_MODELS, DixonColes
from monps.season import Fixtures, LeagueSeason, Results, draw_grids
from monps.tables.encode import TeamIndex


@pytest.fixture(scope="module")
def table():
    return factories.match_table(6, 2, np.random.default_rng(5))[0]


def season_with(table, *more):
    none = np.zeros(0, dtype=np.int64)
    home, away = np.array([[0, 1, 5 + len(more)], [2, 0, 3]])
    teams = TeamIndex.of([*table.teams.names, *more])
    return LeagueSeason(teams, Results(none, none, none, none), Fixtures(home, away, np.zeros(3, dtype=bool)))


@pytest.fixture
def season(table):
    """Three fixtures, the last one of a team that was never seen."""
    return season_with(table, "Zzzz")


def grids(fitted, season, runs, sets):
    return list(draw_grids(fitted, season, runs, np.random.default_rng(1), sets=sets))


def fixtures_by_name(season):
    return [[season.teams.names[number] for number in side] for side in season.fixtures[:2]]


@pytest.mark.parametrize("model", SCORE_MODELS)
def test_the_estimate_alone_gives_the_models_own_grids(table, season, model):
    fitted = SCORE_MODELS[model]().fit(table)
    ((grid, count),) = grids(fitted, season, 50, sets=1)
    assert count == 50
    assert grid.probabilities == pytest.approx(fitted.grid(*fixtures_by_name(season)).probabilities)


@pytest.mark.parametrize("model", SCORE_MODELS)
def test_drawn_grids_differ_and_lie_around_the_estimate(table, model):
    fitted, season = SCORE_MODELS[model]().fit(table), season_with(table)
    drawn = np.stack([grid.outcomes() for grid, _ in grids(fitted, season, 200, sets=200)])
    assert (drawn.std(axis=0) > 0.01).all()
    assert drawn.mean(axis=0) == pytest.approx(fitted.grid(*fixtures_by_name(season)).outcomes(), abs=0.05)


@pytest.mark.parametrize(("runs", "sets"), [(10, 3), (3, 10), (1, 1), (1000, 200), (7, 7)])
def test_every_run_is_played_on_one_of_the_grids(table, season, runs, sets):
    counts = [count for _, count in grids(DixonColes().fit(table), season, runs, sets)]
    assert sum(counts) == runs
    assert len(counts) == min(runs, sets)
    assert max(counts) - min(counts) <= 1


def test_the_low_scores_move_with_the_strengths(table, season):
    fitted = DixonColes().fit(table)
    first, second = (grid for grid, _ in grids(fitted, season, 2, sets=2))
    share = [
        g.probabilities[0, 0, 0] / (g.home_goals()[0, 0] * g.away_goals()[0, 0]) for g in (first, second)
    ]
    assert share[0] != pytest.approx(share[1], abs=1e-3)


def test_on_neutral_ground_nobody_has_an_advantage(table, season):
    fitted = DixonColes().fit(table)
    neutral = season.fixtures._replace(neutral=np.array([True, False, False]))
    ((grid, _),) = grids(fitted, LeagueSeason(season.teams, season.results, neutral), 1, sets=1)
    names = fixtures_by_name(season)
    assert grid.probabilities[0] == pytest.approx(fitted.grid(*names, neutral=True).probabilities[0])
    assert grid.probabilities[1:] == pytest.approx(fitted.grid(*names).probabilities[1:])
