from datetime import timedelta

import numpy as np
import polars as pl
import pytest

import factories
import random_leagues
from monps.errors import NotEnoughData
from monps.numerics.design import ADVANTAGE, INTERCEPT
from monps.ratings.responses import Blend
from monps.ratings.score_driven import filter_rates, filter_strengths, run_filter
from monps.ratings.strengths import StrengthSettings, fit_strengths
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(131))


def test_the_filter_says_nearly_what_a_fit_says() -> None:
    table, _ = factories.match_table(14, 6, np.random.default_rng(132))
    settings, moment = StrengthSettings(half_life_days=600.0), table.last_known_at()
    filtered = filter_strengths(table, settings, moment).strengths
    fitted = fit_strengths(table, settings, moment).strengths
    off = np.abs(filtered.parameters - fitted.parameters)
    assert off.max() < 0.08
    pairs = np.arange(0, 14, 2), np.arange(1, 14, 2)
    spread = [
        np.sqrt(np.diagonal(strengths.log_rate_covariance(*pairs), axis1=1, axis2=2))
        for strengths in (filtered, fitted)
    ]
    np.testing.assert_allclose(spread[0], spread[1], rtol=0.1)


def test_leagues_do_not_touch_each_other(table: MatchTable) -> None:
    alone = table.where(pl.col("competition") == "B1")
    chosen = table.frame["competition"].to_numpy() == "B1"
    together = run_filter(table, StrengthSettings(), apart=True).rates[:, chosen]
    np.testing.assert_allclose(run_filter(alone, StrengthSettings(), apart=True).rates, together, rtol=1e-12)


def test_every_morning_is_a_fit_of_what_was_known(table: MatchTable) -> None:
    league = table.where(pl.col("competition") == "A1")
    settings, rates = StrengthSettings(), run_filter(league, StrengthSettings(), apart=True).rates
    for row in range(len(league) // 2, len(league), 3):
        morning = league.frame["kickoff"][row].replace(hour=0)
        strengths = filter_strengths(league.until(morning), settings, morning).strengths
        pair = [strengths.teams.encode([league.frame[side][row]]) for side in ("home", "away")]
        np.testing.assert_allclose(np.exp(strengths.log_rates(*pair)).ravel(), rates[:2, row], rtol=1e-9)
        assert strengths.rho == pytest.approx(rates[2, row], abs=1e-12)


def test_the_future_has_no_say(table: MatchTable) -> None:
    before, day = run_filter(table, StrengthSettings(), apart=True).rates, np.floor(table.kickoff_days[80])
    scrambled = random_leagues.with_goals(table, table.known_days > day, np.random.default_rng(133))
    after, early = run_filter(scrambled, StrengthSettings(), apart=True).rates, table.kickoff_days < day + 1
    np.testing.assert_array_equal(after[:, early], before[:, early])


def test_what_is_not_wanted_has_no_rates(table: MatchTable) -> None:
    wanted = table.column("season") == 2021
    walked = filter_rates(table, StrengthSettings(), wanted)
    for values in (walked.home, walked.away, walked.rho):
        np.testing.assert_array_equal(np.isnan(values), ~wanted)
    assert (filter_rates(table, StrengthSettings(low_scores=False), wanted).rho[wanted] == 0).all()


def test_a_long_silence_leads_back_to_the_prior(table: MatchTable) -> None:
    league = table.where(pl.col("competition") == "A1")
    much_later = league.last_known_at() + timedelta(days=40_000)
    strengths = filter_strengths(league, StrengthSettings(newcomer_attack=0.0), much_later).strengths
    np.testing.assert_allclose(strengths.parameters[strengths.layout.attack], 0.0, atol=1e-6)
    np.testing.assert_allclose(np.diag(strengths.covariance)[strengths.layout.attack], 0.25, rtol=1e-6)


def test_levels_are_a_fit_s_intercept_and_advantage(table: MatchTable) -> None:
    strengths = filter_strengths(table, StrengthSettings(), table.last_known_at()).strengths
    homes, aways = np.zeros(1, dtype=int), np.ones(1, dtype=int)
    home, _ = strengths.log_rates(homes, aways)
    neutral, _ = strengths.log_rates(homes, aways, advantage=False)
    assert (home - neutral)[0] == pytest.approx(strengths.parameters[ADVANTAGE])
    levels = strengths.covariance[np.ix_([INTERCEPT, ADVANTAGE], [INTERCEPT, ADVANTAGE])]
    assert levels[0, 1] == pytest.approx(-levels[0, 0])


def test_without_low_scores_there_is_no_rho(table: MatchTable) -> None:
    strengths = filter_strengths(table, StrengthSettings(low_scores=False), table.last_known_at()).strengths
    assert strengths.rho == 0.0
    assert len(strengths.parameters) == strengths.layout.width


def test_a_blend_moves_teams_and_goals_the_level(table: MatchTable) -> None:
    blend = StrengthSettings(response=Blend(goals=0.2, shots_on_target=0.8), half_life_days=None)
    rates = run_filter(table, blend, apart=True).rates
    late = table.column("season") == 2022
    assert rates[0, late].mean() == pytest.approx(table.home_goals[late].mean(), rel=0.25)


def test_nothing_known_is_not_enough() -> None:
    empty = MatchTable.from_matches([])
    with pytest.raises(NotEnoughData, match="nothing to learn from"):
        filter_strengths(empty, StrengthSettings(), factories.SATURDAY)
    assert run_filter(empty, StrengthSettings(), apart=True).rates.shape == (3, 0)
