from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.models import DixonColes
from monps.ratings.responses import Blend
from monps.ratings.strengths import USUAL_ADVANTAGE, USUAL_INTERCEPT, StrengthSettings, fit_strengths
from monps.ratings.walk import walk
from monps.tables.matches import MatchTable

SETTINGS = {
    "plain": {"low_scores": False},
    "low scores": {},
    "no decay": {"half_life_days": None},
    "own advantages": {"own_advantage_ridge": 30.0},
    "own advantages, low scores aside": {"own_advantage_ridge": 30.0, "low_scores": False},
    "shots": {"response": Blend(goals=0.5, shots_on_target=0.5)},
    "shots, low scores aside": {"response": Blend(goals=0.3, shots_on_target=0.7), "low_scores": False},
    "shots, level as it comes": {"response": Blend(goals=0.3, shots_on_target=0.7), "level_on_goals": False},
}


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(31))


def last_season(table: MatchTable) -> np.ndarray:
    return table.column("season") == 2022


def mornings(table: MatchTable, wanted: np.ndarray) -> Iterator[tuple[MatchTable, datetime, np.ndarray]]:
    """Yield each league, each morning with a match that is wanted, and the rows of that day."""
    days, codes = np.floor(table.kickoff_days), table.frame["competition"].to_numpy()
    for code in np.unique(codes[wanted]):
        for day in np.unique(days[wanted & (codes == code)]):
            rows = np.flatnonzero(wanted & (codes == code) & (days == day))
            morning = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(day))
            yield table.where(pl.col("competition") == code), morning, rows


@pytest.mark.parametrize("name", SETTINGS)
def test_a_walk_is_a_fit_every_morning(table: MatchTable, name: str) -> None:
    settings, wanted = StrengthSettings(**SETTINGS[name]), last_season(table)
    walked, refits = walk(table, settings, wanted), 0
    for league, morning, rows in mornings(table, wanted):
        found = fit_strengths(league.until(morning), settings, morning).strengths
        sides = (found.teams.encode(table.frame[side][rows].to_list()) for side in ("home", "away"))
        expected = np.exp(found.log_rates(*sides))
        np.testing.assert_allclose([walked.home[rows], walked.away[rows]], expected, rtol=1e-6)
        np.testing.assert_allclose(walked.rho[rows], found.rho, atol=1e-6)
        refits += 1
    assert walked.refits == refits


def test_a_walk_is_what_the_model_says_every_morning(table: MatchTable) -> None:
    model, wanted = DixonColes(half_life_days=200.0), last_season(table)
    walked = walk(table, model, wanted)
    for league, morning, rows in mornings(table, wanted):
        chosen = table.frame[rows]
        rates = model.fit(league, morning).rates(chosen["home"].to_list(), chosen["away"].to_list())
        np.testing.assert_allclose([walked.home[rows], walked.away[rows]], rates, rtol=1e-6)


def test_what_is_not_wanted_has_no_rates(table: MatchTable) -> None:
    wanted = last_season(table)
    walked = walk(table, StrengthSettings(), wanted)
    for values in (walked.home, walked.away, walked.rho):
        np.testing.assert_array_equal(np.isnan(values), ~wanted)


def test_wanting_nothing_takes_no_fit(table: MatchTable) -> None:
    walked = walk(table, StrengthSettings(), np.zeros(len(table), dtype=bool))
    assert walked.refits == 0
    assert np.isnan(walked.home).all()


def test_wanting_less_changes_nothing_of_the_rest(table: MatchTable) -> None:
    wanted = last_season(table)
    some = wanted & (np.arange(len(table)) % 3 == 0)
    whole, part = walk(table, StrengthSettings(), wanted), walk(table, StrengthSettings(), some)
    np.testing.assert_allclose(part.home[some], whole.home[some], rtol=1e-6)


def test_leagues_do_not_touch_each_other(table: MatchTable) -> None:
    wanted = last_season(table)
    alone = table.frame["competition"].to_numpy() == "A1"
    together = walk(table, StrengthSettings(), wanted)
    only = walk(table.where(pl.col("competition") == "A1"), StrengthSettings(), wanted[alone])
    np.testing.assert_allclose(only.home, together.home[alone], rtol=1e-6)


def test_the_future_has_no_say(table: MatchTable) -> None:
    """Whatever becomes known after a morning changes nothing of that morning's forecasts."""
    settings, wanted = StrengthSettings(response=Blend(goals=0.5, shots_on_target=0.5)), last_season(table)
    before = walk(table, settings, wanted)
    for day in np.unique(np.floor(table.kickoff_days[wanted]))[::4]:
        scrambled = random_leagues.with_goals(table, table.known_days > day, np.random.default_rng(32))
        after, early = walk(scrambled, settings, wanted), wanted & (table.kickoff_days < day + 1)
        np.testing.assert_array_equal(after.home[early], before.home[early])
        np.testing.assert_array_equal(after.away[early], before.away[early])
        np.testing.assert_array_equal(after.rho[early], before.rho[early])


def test_the_past_has_a_say(table: MatchTable) -> None:
    wanted = last_season(table)
    scrambled = random_leagues.with_goals(table, ~wanted, np.random.default_rng(33))
    before, after = walk(table, StrengthSettings(), wanted), walk(scrambled, StrengthSettings(), wanted)
    assert (np.abs(after.home - before.home)[wanted] > 1e-3).all()


def test_a_first_season_starts_from_the_prior() -> None:
    table = random_leagues.league_table(np.random.default_rng(34), competitions=("A1",), seasons=(2022,))
    walked = walk(table, StrengthSettings(), np.ones(len(table), dtype=bool))
    opening = np.floor(table.kickoff_days) == np.floor(table.kickoff_days[0])
    assert walked.home[opening] == pytest.approx(np.exp(USUAL_INTERCEPT + USUAL_ADVANTAGE))
    assert walked.away[opening] == pytest.approx(np.exp(USUAL_INTERCEPT))


def test_a_goalless_past_is_survived() -> None:
    table = random_leagues.league_table(np.random.default_rng(35), competitions=("A1",), seasons=(2022,))
    goalless = MatchTable(table.frame.with_columns(pl.lit(0, pl.Int16).alias("home_goals")))
    for settings in (StrengthSettings(low_scores=False), StrengthSettings(response=Blend(shots_on_target=1))):
        walked = walk(goalless, settings, np.ones(len(table), dtype=bool))
        assert np.isfinite([walked.home, walked.away, walked.rho]).all()
