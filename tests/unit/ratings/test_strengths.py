from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import factories
import random_leagues
import strength_problems as problems
from monps.errors import NotEnoughData
from monps.numerics.design import ADVANTAGE, INTERCEPT
from monps.ratings.newcomers import Seasons
from monps.ratings.responses import Blend
from monps.ratings.strengths import (
    StrengthFit,
    Strengths,
    StrengthSettings,
    fit_strengths,
    responses,
)
from monps.tables.encode import UNKNOWN
from monps.tables.matches import MatchTable

OWN = StrengthSettings(own_advantage_ridge=30.0)
EVERY = [
    StrengthSettings(own_advantage_ridge=own, low_scores=low_scores)
    for own in (None, 30.0)
    for low_scores in (True, False)
]


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(51), competitions=("A1",))


def fitted(table: MatchTable, settings: StrengthSettings, start: Strengths | None = None) -> StrengthFit:
    return fit_strengths(table, settings, table.last_known_at(), start)


def on_neutral_grounds(table: MatchTable, chosen: np.ndarray) -> MatchTable:
    return MatchTable(table.frame.with_columns(neutral=pl.Series(chosen)))


@pytest.mark.parametrize("settings", EVERY)
def test_rates_errors_are_those_of_their_parameters(table: MatchTable, settings: StrengthSettings) -> None:
    strengths = fitted(table, settings).strengths
    homes, aways = np.array([0, 3, 4]), np.array([1, 2, 0])
    for advantage in (True, False):
        jacobian = np.stack(
            [
                np.stack(log_rates_at(strengths, step, homes, aways, advantage=advantage), axis=1)
                - np.stack(strengths.log_rates(homes, aways, advantage=advantage), axis=1)
                for step in np.eye(len(strengths.parameters))
            ],
            axis=2,
        )
        expected = jacobian @ strengths.covariance @ jacobian.swapaxes(1, 2)
        found = strengths.log_rate_covariance(homes, aways, advantage=advantage)
        np.testing.assert_allclose(found, expected, atol=1e-10)


def log_rates_at(strengths: Strengths, step: np.ndarray, homes, aways, *, advantage: bool) -> tuple:
    moved = Strengths(
        strengths.teams,
        strengths.layout,
        strengths.parameters + step,
        strengths.curvature,
        strengths.newcomer,
        strengths.newcomer_variance,
    )
    return moved.log_rates(homes, aways, advantage=advantage)


@pytest.mark.parametrize("settings", EVERY)
def test_the_covariance_is_that_of_the_likelihood(table: MatchTable, settings: StrengthSettings) -> None:
    fit = fitted(table, settings)
    layout, theta = fit.strengths.layout, fit.strengths.parameters
    precision = settings.prior(layout, np.zeros((1, 2, layout.teams))).precision[0]
    bend = problems.curvature(problems.log_likelihood(layout, fit.matches), theta) - np.diag(precision)
    np.testing.assert_allclose(fit.strengths.covariance, np.linalg.inv(-bend), rtol=1e-4, atol=1e-7)


def test_a_warm_start_gives_the_same(table: MatchTable) -> None:
    moment = datetime(2022, 9, 1, tzinfo=UTC)
    for settings in EVERY:
        earlier = fit_strengths(table.until(moment), settings, moment).strengths
        cold, warm = fitted(table, settings), fitted(table, settings, earlier)
        np.testing.assert_allclose(warm.strengths.parameters, cold.strengths.parameters, atol=1e-9)


def test_a_start_of_another_kind_gives_the_same(table: MatchTable) -> None:
    plain, low_scores = EVERY[1], EVERY[0]
    for settings, start in ((low_scores, plain), (plain, low_scores)):
        other = fitted(table, start).strengths
        np.testing.assert_allclose(
            fitted(table, settings, other).strengths.parameters,
            fitted(table, settings).strengths.parameters,
            atol=1e-9,
        )


def test_names_and_the_order_of_rows_do_not_matter(table: MatchTable) -> None:
    renamed = table.frame.with_columns(
        pl.col("home").str.reverse(), pl.col("away").str.reverse(), kickoff=pl.col("kickoff")
    )
    shuffled = renamed[np.random.default_rng(52).permutation(len(table))]
    here, there = fitted(table, OWN).strengths, fitted(MatchTable.from_dataframe(shuffled), OWN).strengths
    names = list(here.teams.names)
    pair = here.teams.encode(names[:2]), here.teams.encode(names[2:4])
    mirrored = [there.teams.encode([name[::-1] for name in part]) for part in (names[:2], names[2:4])]
    np.testing.assert_allclose(here.log_rates(*pair), there.log_rates(*mirrored), atol=1e-9)


def test_a_team_never_seen_is_a_newcomer_with_wide_errors(table: MatchTable) -> None:
    settings = StrengthSettings(newcomer_attack=-0.3, newcomer_defence=-0.1)
    strengths = fitted(table, settings).strengths
    unseen, seen = np.array([UNKNOWN]), np.array([0])
    home, away = strengths.log_rates(unseen, seen)
    base = strengths.parameters[INTERCEPT]
    assert home[0] == pytest.approx(
        base + strengths.parameters[ADVANTAGE] - 0.3 - strengths.parameters[strengths.layout.defence][0]
    )
    assert away[0] == pytest.approx(base + strengths.parameters[strengths.layout.attack][0] + 0.1)
    wide = strengths.log_rate_covariance(unseen, seen)[0]
    narrow = strengths.log_rate_covariance(np.array([1]), seen)[0]
    assert (np.diag(wide) > np.diag(narrow) + 0.5 / settings.ridge).all()


def test_a_neutral_ground_has_no_advantage(table: MatchTable) -> None:
    strengths = fitted(table, OWN).strengths
    here = strengths.log_rates(np.array([0]), np.array([1]), advantage=False)
    there = strengths.log_rates(np.array([1]), np.array([0]), advantage=False)
    np.testing.assert_allclose(here, there[::-1], atol=1e-12)


@pytest.mark.parametrize("settings", EVERY)
def test_who_hosts_on_neutral_ground_does_not_matter(table: MatchTable, settings: StrengthSettings) -> None:
    neutral = np.arange(len(table)) % 3 == 0
    played = on_neutral_grounds(table, neutral)
    swapped = MatchTable(
        played.frame.with_columns(
            pl.when("neutral").then(pl.col(other)).otherwise(pl.col(name)).alias(name)
            for name, other in (
                ("home", "away"),
                ("away", "home"),
                ("home_goals", "away_goals"),
                ("away_goals", "home_goals"),
            )
        )
    )
    one, other = fitted(played, settings).strengths, fitted(swapped, settings).strengths
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-9)


def test_weights_fall_by_half_a_half_life_later(table: MatchTable) -> None:
    settings, moment = StrengthSettings(half_life_days=100.0), table.last_known_at()
    now = responses(table, settings, moment).weights
    later = responses(table, settings, moment + timedelta(days=100)).weights
    np.testing.assert_allclose(later, now / 2)


def test_what_is_not_over_yet_is_as_fresh_as_can_be(table: MatchTable) -> None:
    weights = responses(table, StrengthSettings(), datetime(2020, 1, 1, tzinfo=UTC)).weights
    np.testing.assert_array_equal(weights, 1.0)


def test_newcomers_are_those_who_were_not_there_the_season_before(table: MatchTable) -> None:
    frame, seasons = table.frame, seasons_of(table)
    before, last = (
        {*chosen["home"], *chosen["away"]}
        for chosen in (frame.filter(pl.col("season") == season) for season in (2021, 2022))
    )
    assert last - before, "the draw should have promoted somebody"
    for name, flag in zip(table.teams.names, seasons.newcomers(2022), strict=True):
        assert flag == (name not in before)


def test_in_a_first_season_nobody_is_new(table: MatchTable) -> None:
    assert not seasons_of(table.where(pl.col("season") == 2020)).newcomers(2020).any()


def test_newcomers_start_where_earlier_ones_were(table: MatchTable) -> None:
    usual, learned = (fitted(table, StrengthSettings(learn_newcomers=how)).strengths for how in (False, True))
    assert usual.newcomer.tolist() == [-0.2, -0.2]
    assert learned.newcomer.tolist() != [-0.2, -0.2]


def seasons_of(table: MatchTable) -> Seasons:
    matches = responses(table, StrengthSettings(), table.last_known_at())
    return Seasons(matches, table.column("season"), len(table.teams))


@pytest.mark.parametrize("own", [None, 30.0])
@pytest.mark.parametrize("every", [0, 4])
def test_the_level_of_a_blend_is_that_of_the_goals(table: MatchTable, own: float | None, every: int) -> None:
    played = on_neutral_grounds(table, np.arange(len(table)) % every == 0) if every else table
    blend = Blend(goals=0.2, shots_on_target=0.8)
    strengths, matches, _ = fitted(played, StrengthSettings(response=blend, own_advantage_ridge=own))
    at_home, neutral = (
        np.exp(strengths.log_rates(matches.host, matches.guest, advantage=advantage))
        for advantage in (True, False)
    )
    rates = np.where(played.column("neutral") > 0, neutral, at_home)
    off = matches.weights * (rates - [matches.home_goals, matches.away_goals])
    hosts = played.column("neutral") == 0
    assert off[0, hosts].sum() == pytest.approx(0.0, abs=1e-8)
    assert off[0, ~hosts].sum() + off[1].sum() == pytest.approx(0.0, abs=1e-8)


def test_a_blend_of_a_goalless_past_keeps_its_own_level(table: MatchTable) -> None:
    goalless = MatchTable(table.frame.with_columns(home_goals=pl.lit(0, pl.Int16)))
    fit = fitted(goalless, StrengthSettings(response=Blend(goals=0.2, shots_on_target=0.8)))
    assert np.isfinite(fit.strengths.parameters).all()


def test_nothing_known_is_not_enough(table: MatchTable) -> None:
    moment = datetime(2019, 1, 1, tzinfo=UTC)
    with pytest.raises(NotEnoughData, match="nothing to fit"):
        fit_strengths(table.until(moment), StrengthSettings(), moment)


def test_the_frame_lists_the_strongest_first(table: MatchTable) -> None:
    strengths = fitted(table, StrengthSettings(ridge=0.0)).strengths
    frame = strengths.to_frame()
    total = (frame["attack"] + frame["defence"]).to_list()
    assert total == sorted(total, reverse=True)
    assert set(frame["team"]) == set(strengths.teams.names)
    assert (frame["attack_error"] > 0).all()


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("own", [None, 30.0])
@pytest.mark.parametrize("ridge", [0.0, 4.0])
def test_a_handful_of_matches_never_raises(
    table: MatchTable, count: int, own: float | None, ridge: float
) -> None:
    settings = StrengthSettings(ridge=ridge, own_advantage_ridge=own)
    for start in range(0, 30, 3):
        few = MatchTable(table.frame[start : start + count])
        strengths = fitted(few, settings).strengths
        assert np.isfinite(strengths.parameters).all()
        assert np.isfinite(strengths.covariance).all()


def test_the_truth_is_recovered() -> None:
    """Strengths lie from the truth as far as their covariance says; so do level, advantage and ρ."""
    table, truth = factories.match_table(10, 12, np.random.default_rng(53))
    strengths = fitted(table, StrengthSettings(half_life_days=None, ridge=0.0)).strengths
    layout = strengths.layout
    expected = np.concatenate([[truth.base, truth.home_advantage], truth.attack, truth.defence, [truth.rho]])
    off = strengths.parameters - expected
    assert strengths.teams.names == truth.teams
    free = np.delete(np.arange(layout.width), [layout.attack.start, layout.defence.start])
    chi_square = off[free] @ np.linalg.solve(strengths.covariance[np.ix_(free, free)], off[free])
    assert 5.0 < chi_square < 45.0, "χ² with 21 degrees of freedom"
