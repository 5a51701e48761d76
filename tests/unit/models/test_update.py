"""A fit that is carried to a later day is the fit of that day."""

import pickle
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from factories import match_table
from monps.models import SCORE_MODELS, DixonColes, FittedScoreModel, Poisson, ScoreModel, load
from monps.ratings.responses import Blend
from monps.tables.matches import MatchTable

SAME = 1e-10


@pytest.fixture(scope="module")
def table() -> MatchTable:
    found, _ = match_table(10, 3, np.random.default_rng(1))
    return found


def days(table: MatchTable, first: int, last: int) -> list:
    return table.frame["known_at"].unique().sort()[first:last].to_list()


def same(one: FittedScoreModel, other: FittedScoreModel) -> bool:
    assert one.report.matches == other.report.matches
    assert one.report.as_of == other.report.as_of
    assert one.report.log_likelihood == pytest.approx(other.report.log_likelihood, abs=1e-8)
    assert one.report.effective_matches == pytest.approx(other.report.effective_matches, rel=1e-12)
    np.testing.assert_allclose(one.covariance, other.covariance, atol=1e-8)
    return bool(np.abs(one.strengths.parameters - other.strengths.parameters).max() < SAME)


@pytest.mark.parametrize(
    "model",
    [
        Poisson(),
        Poisson(half_life_days=None),
        DixonColes(),
        DixonColes(half_life_days=90.0, ridge=0.0),
        DixonColes(own_advantage_ridge=50.0),
        DixonColes(learn_newcomers=True),
    ],
)
def test_day_after_day_it_is_what_a_fit_from_zero_finds(table: MatchTable, model: ScoreModel) -> None:
    mornings = days(table, -16, None)
    carried = model.fit(table, mornings[0])
    for morning in mornings[1:]:
        assert model.carry_on(carried, table, morning) is not None
        carried = carried.update(table, morning)
    assert same(carried, model.fit(table, mornings[-1]))


@pytest.mark.parametrize("name", SCORE_MODELS)
def test_every_model_can_be_brought_up_to_date(table: MatchTable, name: str) -> None:
    before, after = days(table, -6, -4)
    model = SCORE_MODELS[name]()
    updated, anew = model.fit(table, before).update(table, after), model.fit(table, after)
    assert updated.report.matches == anew.report.matches
    np.testing.assert_allclose(updated.strengths.parameters, anew.strengths.parameters, atol=1e-8)


def test_nothing_new_only_lets_the_past_fade(table: MatchTable) -> None:
    fitted = DixonColes().fit(table)
    later = fitted.report.as_of + timedelta(days=30)
    assert same(fitted.update(table, later), DixonColes().fit(table, later))


def test_the_newest_result_is_the_default_moment(table: MatchTable) -> None:
    fitted = DixonColes().fit(table, days(table, -6, -5)[0])
    assert fitted.update(table).report.as_of == table.last_known_at()


def corrected(table: MatchTable) -> MatchTable:
    return MatchTable(
        table.frame.with_columns(
            pl.when(pl.int_range(pl.len()) == 5).then(9).otherwise("home_goals").alias("home_goals")
        )
    )


def without_one(table: MatchTable) -> MatchTable:
    return MatchTable(table.frame.slice(1))


def on_neutral_ground(table: MatchTable) -> MatchTable:
    return MatchTable(table.frame.with_columns(neutral=pl.int_range(pl.len()) == 5))


@pytest.mark.parametrize("change", [corrected, without_one, on_neutral_ground])
def test_a_table_that_did_not_grow_from_the_fitted_one_is_fitted_anew(table: MatchTable, change) -> None:
    before, after = days(table, -6, -4)
    changed, fitted = change(table), DixonColes().fit(table, before)
    assert fitted.spec.carry_on(fitted, changed, after) is None
    updated = fitted.update(changed, after)
    assert same(updated, DixonColes().fit(changed, after))


def test_a_new_season_is_fitted_anew(table: MatchTable) -> None:
    season = pl.col("season") == pl.col("season").max()
    last_of_old = table.frame.filter(~season)["known_at"].max()
    fitted = DixonColes().fit(table, last_of_old)
    assert fitted.spec.carry_on(fitted, table, table.last_known_at()) is None
    assert same(fitted.update(table), DixonColes().fit(table))


def test_an_earlier_moment_is_fitted_anew(table: MatchTable) -> None:
    before, after = days(table, -6, -4)
    assert same(DixonColes().fit(table, after).update(table, before), DixonColes().fit(table, before))


def test_a_fit_from_bytes_begins_anew_and_one_from_a_pickle_goes_on(table: MatchTable) -> None:
    before, after = days(table, -6, -4)
    fitted = DixonColes().fit(table, before)
    assert load(fitted.to_bytes()).carried is None
    assert pickle.loads(pickle.dumps(fitted)).carried is not None  # noqa: S301 - our own
    assert same(load(fitted.to_bytes()).update(table, after), DixonColes().fit(table, after))


def test_a_level_that_is_set_on_goals_is_not_carried(table: MatchTable) -> None:
    model = DixonColes(response=Blend(goals=0.5, shots=0.5))
    before, after = days(table, -6, -4)
    fitted = model.fit(table, before)
    assert fitted.carried is None
    np.testing.assert_allclose(
        fitted.update(table, after).strengths.parameters,
        model.fit(table, after).strengths.parameters,
        atol=1e-8,
    )
