"""What every score model promises, run over all of them."""

import numpy as np
import pytest

import factories
import random_leagues
from monps.models import SCORE_MODELS, FittedScoreModel, ScoreModel, load
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable

NAMES = sorted(SCORE_MODELS)
CORNERS = ("lowest", "middle", "highest")


def at_corner(model: ScoreModel, corner: str) -> dict[str, float]:
    """Shape parameters at the ends, or in the middle, of their bounds."""
    share = {"lowest": 0.0, "middle": 0.5, "highest": 1.0}[corner]
    shape = {name: low + share * (high - low) for name, (low, high) in model.shape_bounds.items()}
    return {"rho": -0.06, **shape} if model.low_scores else shape


@pytest.fixture(scope="module")
def rates() -> tuple[np.ndarray, np.ndarray]:
    home, away = np.random.default_rng(71).uniform(0.2, 3.5, (2, 40))
    return home, away


@pytest.fixture(params=[(name, corner) for name in NAMES for corner in CORNERS], ids="-".join)
def case(request: pytest.FixtureRequest) -> tuple[ScoreModel, dict[str, float]]:
    name, corner = request.param
    model = SCORE_MODELS[name]()
    return model, at_corner(model, corner)


def test_grids_are_distributions(case: tuple, rates: tuple) -> None:
    model, shape = case
    grid = model.scorelines(*rates, shape)
    assert isinstance(grid, ScoreGrid)
    assert (grid.probabilities >= -1e-15).all()
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-9)


def test_the_rates_are_the_means(case: tuple, rates: tuple) -> None:
    """Up to the goals beyond the grid, for which the tail leaves room."""
    model, shape = case
    grid = model.scorelines(*rates, shape)
    goals = np.arange(grid.size)
    for side, rate in zip((grid.home_goals(), grid.away_goals()), rates, strict=True):
        missing = rate - side @ goals
        assert (missing > -1e-8).all()
        assert (missing < 1e-8 + 40 * grid.tail).all()


def test_swapping_the_sides_transposes_the_grid(case: tuple, rates: tuple) -> None:
    model, shape = case
    here, there = model.scorelines(*rates, shape), model.scorelines(*rates[::-1], shape)
    np.testing.assert_allclose(here.probabilities, there.probabilities.swapaxes(1, 2), atol=1e-12)


def test_matches_of_a_batch_do_not_touch_each_other(case: tuple, rates: tuple) -> None:
    model, shape = case
    whole = model.scorelines(*rates, shape)
    one = model.scorelines(rates[0][7:8], rates[1][7:8], shape)
    np.testing.assert_allclose(one.probabilities[0], whole.probabilities[7], atol=1e-13)


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return factories.match_table(8, 3, np.random.default_rng(72))[0]


@pytest.fixture(scope="module", params=NAMES)
def fitted(request: pytest.FixtureRequest, table: MatchTable) -> FittedScoreModel:
    return SCORE_MODELS[request.param]().fit(table)


def test_specs_are_keys_and_travel_as_json() -> None:
    for model in (SCORE_MODELS[name](half_life_days=200.0) for name in NAMES):
        again = type(model).model_validate_json(model.model_dump_json())
        assert again == model
        assert hash(again) == hash(model)
        assert again != type(model)()


def test_names_are_their_registry_s() -> None:
    assert all(model.name == name for name, model in SCORE_MODELS.items())


def test_a_fit_says_how_it_went(fitted: FittedScoreModel, table: MatchTable) -> None:
    report = fitted.report
    assert report.converged
    assert report.model == fitted.spec.name
    assert report.matches == len(table)
    assert report.teams == len(table.teams)
    assert report.shape == dict(fitted.shape)
    assert np.isfinite(report.log_likelihood)


def test_shape_parameters_stay_within_their_bounds(fitted: FittedScoreModel) -> None:
    for name, (low, high) in fitted.spec.shape_bounds.items():
        assert low <= fitted.shape[name] <= high


def test_a_fit_survives_being_written_down(fitted: FittedScoreModel) -> None:
    again, names = load(fitted.to_bytes()), list(fitted.teams.names)
    assert again.spec == fitted.spec
    assert again.report == fitted.report
    here, there = (fit.grid(names, names[1:] + names[:1]) for fit in (fitted, again))
    np.testing.assert_array_equal(here.probabilities, there.probabilities)
    np.testing.assert_array_equal(again.covariance, fitted.covariance)


def test_a_team_never_seen_is_no_error_but_wide(fitted: FittedScoreModel) -> None:
    known = list(fitted.teams.names)
    grid = fitted.grid(["Nobody Knows", known[0]], [known[0], "Nobody Knows"])
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-9)
    wide = fitted.rate_errors(["Nobody Knows"], [known[0]])
    narrow = fitted.rate_errors([known[1]], [known[0]])
    assert (wide > narrow).all()


def test_on_neutral_ground_nobody_is_at_home(fitted: FittedScoreModel) -> None:
    one, other = fitted.teams.names[:2]
    here, there = fitted.grid([one], [other], neutral=True), fitted.grid([other], [one], neutral=True)
    np.testing.assert_allclose(here.probabilities, there.probabilities.swapaxes(1, 2), atol=1e-12)


def test_the_future_has_no_say(fitted: FittedScoreModel, table: MatchTable) -> None:
    moment = table.frame["known_at"][len(table) // 2]
    scrambled = random_leagues.with_goals(
        table, table.known_days > table.known_days[len(table) // 2], np.random.default_rng(73)
    )
    here, there = (fitted.spec.fit(known, moment) for known in (table, scrambled))
    np.testing.assert_array_equal(here.strengths.parameters, there.strengths.parameters)
    assert here.shape == there.shape


def test_an_earlier_fit_to_begin_from_changes_nothing(fitted: FittedScoreModel, table: MatchTable) -> None:
    earlier = fitted.spec.fit(table, table.frame["known_at"][len(table) // 2])
    again = fitted.spec.fit(table, start=earlier)
    np.testing.assert_allclose(again.strengths.parameters, fitted.strengths.parameters, atol=1e-8)


def test_a_walk_ends_where_a_fit_is(fitted: FittedScoreModel, table: MatchTable) -> None:
    wanted = np.floor(table.kickoff_days) == np.floor(table.kickoff_days[-1])
    walked = fitted.spec.walk(table, wanted)
    morning = table.frame["kickoff"].dt.truncate("1d")[-1]
    last = table.frame.filter(wanted)
    rates = fitted.spec.fit(table, morning).rates(last["home"].to_list(), last["away"].to_list())
    np.testing.assert_allclose([walked.home[wanted], walked.away[wanted]], rates, rtol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 6])
def test_a_handful_of_matches_is_enough_for_something(
    fitted: FittedScoreModel, table: MatchTable, count: int
) -> None:
    for start in range(0, 40, 8):
        few = fitted.spec.fit(MatchTable(table.frame[start : start + count]))
        grid = few.grid(list(table.teams.names[:1]), list(table.teams.names[1:2]))
        assert np.isfinite(grid.probabilities).all()


def test_goals_gone_missing_are_survived(fitted: FittedScoreModel, table: MatchTable) -> None:
    """A team that never scores, and a league in which nobody does."""
    frame = table.frame
    silent = frame.with_columns(home_goals=frame["home_goals"] * (frame["home"] != table.teams.names[0]))
    goalless = frame.with_columns(home_goals=frame["home_goals"] * 0, away_goals=frame["away_goals"] * 0)
    for changed in (silent, goalless):
        same = changed.with_columns(home_goals=changed["home_goals"].cast(frame.schema["home_goals"]))
        fit = fitted.spec.fit(MatchTable(same))
        assert np.isfinite(fit.grid([table.teams.names[0]], [table.teams.names[1]]).probabilities).all()
