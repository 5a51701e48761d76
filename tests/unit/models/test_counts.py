from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.errors import NotEnoughData, UsageError
from monps.markets.catalogue import listed
from monps.markets.pricing import price
from monps.models.counts import COUNT_MODELS, Cards, Corners, CountModel
from monps.models.fitted_counts import FittedCounts
from monps.ratings.counted import counted
from monps.tables.matches import MatchTable

SUBJECTS = sorted(COUNT_MODELS)
CORNERS = ("lowest", "middle", "highest")


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(181), competitions=("A1",), teams=10)


@pytest.fixture(scope="module", params=SUBJECTS)
def fitted(request: pytest.FixtureRequest, table: MatchTable) -> FittedCounts:
    return COUNT_MODELS[request.param]().fit(table)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_grids_are_distributions_with_the_rates_as_means(subject: str, share: float) -> None:
    model = COUNT_MODELS[subject]()
    shape = {name: low + share * (high - low) for name, (low, high) in model.shape_bounds.items()}
    scale = 3.0 if subject == "corners" else 1.0
    home, away = scale * np.random.default_rng(182).uniform(0.5, 2.2, (2, 30))
    grid = model.scorelines(home, away, shape)
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-9)
    assert (grid.probabilities >= 0).all()
    counts = np.arange(grid.size)
    for side, rate in ((grid.home_goals(), home), (grid.away_goals(), away)):
        missing = rate - side @ counts
        assert (missing > -1e-6).all()
        assert (missing < 1e-6 + 80 * grid.tail).all()
    swapped = model.scorelines(away, home, shape)
    np.testing.assert_allclose(swapped.probabilities, grid.probabilities.swapaxes(1, 2), atol=1e-12)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_specs_are_keys_and_travel_as_json(subject: str) -> None:
    model: CountModel = COUNT_MODELS[subject](half_life_days=123.0)
    again = type(model).model_validate_json(model.model_dump_json())
    assert again == model
    assert hash(again) == hash(model)
    assert model.subject == subject


def test_the_level_is_that_of_the_counts(fitted: FittedCounts, table: MatchTable) -> None:
    known = counted(table, fitted.spec.subject)
    home, away = fitted.rates(known.frame["home"].to_list(), known.frame["away"].to_list())
    assert home.mean() == pytest.approx(known.home_goals.mean(), rel=0.1)
    assert away.mean() == pytest.approx(known.away_goals.mean(), rel=0.1)


def test_every_market_of_the_subject_has_its_price(fitted: FittedCounts) -> None:
    grid = fitted.grid(["A1 team 1"], ["A1 team 2"])
    sheet = price(grid, listed(fitted.spec.subject))
    assert len(sheet.selections) > 20


def test_a_team_never_seen_counts_as_average(fitted: FittedCounts) -> None:
    home, away = fitted.rates(["Nobody Knows"], ["Nor Him"])
    known = fitted.rates(list(fitted.strengths.teams.names)[:-1], list(fitted.strengths.teams.names)[1:])
    assert min(known[0]) < home[0] < max(known[0])
    assert min(known[1]) < away[0] < max(known[1])


def test_on_neutral_ground_nobody_is_at_home(fitted: FittedCounts) -> None:
    here = fitted.grid(["A1 team 1"], ["A1 team 2"], neutral=True).probabilities
    there = fitted.grid(["A1 team 2"], ["A1 team 1"], neutral=True).probabilities
    np.testing.assert_allclose(here, there.swapaxes(1, 2), atol=1e-12)


def test_the_referee_counts_for_cards_alone(table: MatchTable) -> None:
    cards, corners = Cards().fit(table), Corners().fit(table)
    pair = ["A1 team 1"] * 4, ["A1 team 2"] * 4
    referees = ["A Strict", "B Usual", "C Lenient", None]
    home, away = cards.rates(*pair, referees=referees)
    assert home[0] > home[1] > home[2]
    np.testing.assert_allclose(home / away, home[0] / away[0])
    assert cards.rates(*pair)[0][0] == home[3] == cards.rates(*pair, referees=["Unheard Of"] * 4)[0][0]
    assert corners.referees == {}
    assert len(set(corners.rates(*pair, referees=referees)[0])) == 1


def test_as_many_referees_as_matches(fitted: FittedCounts) -> None:
    with pytest.raises(UsageError, match="1 referees cannot lead 2 matches"):
        fitted.grid(["a", "b"], ["c", "d"], referees=["A Strict"])
    with pytest.raises(UsageError, match="cannot play itself"):
        fitted.grid(["a"], ["a"])


def test_a_walk_ends_where_a_fit_is(fitted: FittedCounts, table: MatchTable) -> None:
    wanted = np.floor(table.kickoff_days) == np.floor(table.kickoff_days[-1])
    walked = fitted.spec.walk(table, wanted)
    last, morning = table.frame.filter(wanted), table.frame["kickoff"].dt.truncate("1d")[-1]
    rates = fitted.spec.fit(table, morning).rates(
        last["home"].to_list(), last["away"].to_list(), referees=last["referee"].to_list()
    )
    np.testing.assert_allclose([walked.home[wanted], walked.away[wanted]], rates, rtol=1e-6)
    assert np.isnan(walked.home[~wanted]).all()


def test_the_future_has_no_say(fitted: FittedCounts, table: MatchTable) -> None:
    moment = table.frame["known_at"][len(table) // 2]
    later = pl.col("known_at") > moment
    names = [f"{side}_{kind}" for side in ("home", "away") for kind in ("corners", "yellow_cards")]
    scrambled = MatchTable(
        table.frame.with_columns(pl.when(later).then(9).otherwise(pl.col(n)).alias(n) for n in names)
    )
    here, there = (fitted.spec.fit(known, moment) for known in (table, scrambled))
    np.testing.assert_array_equal(here.strengths.parameters, there.strengths.parameters)
    assert (here.shape, here.referees) == (there.shape, there.referees)


def test_matches_without_the_count_have_no_rates(table: MatchTable) -> None:
    holes = np.arange(len(table)) % 5 == 0
    holed = table.frame.with_columns(
        home_corners=pl.when(pl.Series(holes)).then(None).otherwise(pl.col("home_corners"))
    )
    walked = Corners().walk(MatchTable(holed), np.ones(len(table), dtype=bool))
    np.testing.assert_array_equal(np.isnan(walked.home), holes)


def test_nothing_counted_is_not_enough(table: MatchTable) -> None:
    nothing = MatchTable(table.frame.with_columns(home_corners=pl.lit(None, pl.Float64)))
    with pytest.raises(NotEnoughData, match="nothing to fit"):
        Corners().fit(nothing)
    with pytest.raises(NotEnoughData, match="nothing to fit"):
        Cards().fit(table, datetime(2000, 1, 1, tzinfo=UTC))


def test_wanting_nothing_is_answered_with_nothing(table: MatchTable) -> None:
    for model in (Corners(), Cards()):
        assert np.isnan(model.walk(table, np.zeros(len(table), dtype=bool)).home).all()


@pytest.mark.parametrize("count", [1, 3])
def test_a_handful_of_matches_is_enough_for_something(
    fitted: FittedCounts, table: MatchTable, count: int
) -> None:
    few = fitted.spec.fit(MatchTable(table.frame[:count]))
    assert np.isfinite(few.grid(["A1 team 1"], ["A1 team 2"]).probabilities).all()
