from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.ratings.combination import (
    CombinationSettings,
    WalkedMembers,
    known_before,
    learn,
    seasons_seen,
    with_earlier,
)
from monps.ratings.strengths import StrengthSettings
from monps.ratings.walk import walk
from monps.tables.matches import MatchTable

LONG, SHORT = StrengthSettings(low_scores=False), StrengthSettings(half_life_days=60.0, low_scores=False)
TWO = CombinationSettings(members=(LONG, SHORT))
SEASONS = (2019, 2020, 2021, 2022)


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(51), seasons=SEASONS)


@pytest.fixture(scope="module")
def walked(table: MatchTable) -> WalkedMembers:
    return WalkedMembers.of(table, TWO, 2022)


def drawn(shares, n=20_000, seed=1):
    """Draw goals whose log rates are a known combination of what two members say."""
    rng = np.random.default_rng(seed)
    said = rng.normal(0.2, 0.4, (n, 2, 2))
    logs = said @ np.array(shares[:2]) + shares[2] + np.array([shares[3], 0.0])
    return said, rng.poisson(np.exp(logs)).astype(float)


def test_shares_of_a_known_combination_are_found():
    truth = [0.7, 0.2, -0.1, 0.15]
    found = learn(TWO, *drawn(truth), np.zeros(20_000))
    np.testing.assert_allclose(found.shares, truth, atol=0.03)
    assert found.dispersion == pytest.approx(1.0, abs=0.03)
    assert found.rho == pytest.approx(0.0, abs=0.03)


def test_rates_are_what_the_shares_make_of_the_members():
    said, goals = drawn([0.5, 0.5, 0.0, 0.2], n=500)
    found = learn(TWO, said, goals, np.zeros(500))
    first, second, level, home = found.shares
    rates = found.rates(said)
    np.testing.assert_allclose(
        np.log(rates[:, 0]), first * said[:, 0, 0] + second * said[:, 0, 1] + level + home
    )
    np.testing.assert_allclose(np.log(rates[:, 1]), first * said[:, 1, 0] + second * said[:, 1, 1] + level)


def test_rates_are_unbiased_where_they_were_learned():
    """The intercept and the home share have no prior: expected goals are goals, at home and away."""
    said, goals = drawn([0.6, 0.1, 0.3, 0.2], n=400)
    found = learn(TWO, said, goals, np.zeros(400))
    np.testing.assert_allclose(found.rates(said).sum(axis=0), goals.sum(axis=0))


@pytest.mark.parametrize(("precision", "near"), [(0.0, 0.9), (1e9, 0.5)])
def test_a_firm_belief_holds_the_shares_alike(precision, near):
    settings = CombinationSettings(members=TWO.members, precision=precision)
    found = learn(settings, *drawn([0.9, 0.1, 0.0, 0.0]), np.zeros(20_000))
    assert found.shares[0] == pytest.approx(near, abs=0.04)
    assert found.shares[:2].sum() == pytest.approx(1.0, abs=0.05)


def test_old_seasons_are_forgotten():
    old, new = drawn([0.9, 0.1, 0.0, 0.0], seed=2), drawn([0.1, 0.9, 0.0, 0.0], seed=3)
    said, goals = (np.concatenate(parts) for parts in zip(old, new, strict=True))
    ages = np.repeat([20.0, 1.0], 20_000)
    found = learn(CombinationSettings(members=TWO.members, half_life_seasons=1.0), said, goals, ages)
    np.testing.assert_allclose(found.shares[:2], [0.1, 0.9], atol=0.05)


def test_members_are_walked_after_the_warm_up(table, walked):
    late = table.column("season") >= 2021
    assert np.isfinite(walked.log_rates[late]).all()
    assert np.isnan(walked.log_rates[~late]).all()
    alone = [walk(table, member, late) for member in TWO.members]
    for place, rates in enumerate(alone):
        np.testing.assert_allclose(walked.log_rates[late, 1, place], np.log(rates.away[late]))
    assert walked.refits == sum(rates.refits for rates in alone)


def test_no_season_beyond_the_last_one_asked_for_is_walked(table):
    assert np.isnan(WalkedMembers.of(table, TWO, 2021).log_rates[table.column("season") > 2021]).all()


def test_where_no_season_taught_anything_nothing_is_learned(walked):
    assert walked.learned_before(2020) is None
    assert walked.learned_before(2021) is None
    assert walked.learned_before(2022) is not None


def test_shares_are_learned_from_earlier_seasons_alone(table, walked):
    changed = random_leagues.with_goals(table, table.column("season") >= 2022, np.random.default_rng(52))
    again = WalkedMembers.of(changed, TWO, 2022).learned_before(2022)
    found = walked.learned_before(2022)
    np.testing.assert_allclose(again.shares, found.shares, atol=1e-6)
    assert (again.rho, again.dispersion) == pytest.approx((found.rho, found.dispersion), abs=1e-4)
    changed = random_leagues.with_goals(table, table.column("season") == 2021, np.random.default_rng(52))
    other = WalkedMembers.of(changed, TWO, 2022).learned_before(2022)
    assert np.abs(other.shares - found.shares).max() > 0.01


def played(*rows: tuple[str, int, datetime, timedelta]) -> MatchTable:
    """Make a table of matches: competition, season, kick-off, and how long until the result was known."""
    columns = {
        "competition": [code for code, *_ in rows],
        "season": [season for _, season, *_ in rows],
        "kickoff": [kickoff for *_, kickoff, _ in rows],
        "known_at": [kickoff + later for *_, kickoff, later in rows],
        "home": ["A"] * len(rows),
        "away": ["B"] * len(rows),
        "home_goals": [1] * len(rows),
        "away_goals": [0] * len(rows),
    }
    return MatchTable.from_dataframe(pl.DataFrame(columns))


def test_a_season_learns_from_what_was_known_when_it_began():
    soon = timedelta(hours=3)
    table = played(
        ("E0", 2021, datetime(2021, 8, 14, 15, tzinfo=UTC), timedelta(days=600)),
        ("E0", 2021, datetime(2021, 8, 15, 15, tzinfo=UTC), soon),
        ("MLS", 2022, datetime(2022, 2, 26, 18, tzinfo=UTC), soon),
        ("E0", 2021, datetime(2022, 5, 22, 15, tzinfo=UTC), soon),
        ("E0", 2022, datetime(2022, 8, 6, 15, tzinfo=UTC), soon),
    )
    assert known_before(table, 2022).tolist() == [False, True, False, False, False]
    assert not known_before(table, 2021).any()


def test_a_result_of_the_evening_before_is_known_and_one_of_the_morning_after_is_not():
    first = datetime(2022, 8, 6, 12, tzinfo=UTC)
    table = played(
        ("E0", 2021, datetime(2022, 8, 5, 20, tzinfo=UTC), timedelta(hours=4)),
        ("E0", 2021, datetime(2022, 8, 5, 20, tzinfo=UTC), timedelta(hours=4, seconds=1)),
        ("E0", 2022, first, timedelta(hours=3)),
    )
    assert known_before(table, 2022).tolist() == [True, False, False]


def test_seasons_are_counted_by_competition(table):
    younger = table.where((pl.col("competition") == "A1") | (pl.col("season") > 2020))
    seen = seasons_seen(younger)
    competition, season = younger.frame["competition"].to_numpy(), younger.column("season")
    np.testing.assert_array_equal(seen, season - np.where(competition == "A1", 2019, 2021))


def test_who_learns_from_forecasters_asks_for_earlier_seasons_too(table):
    seasons = table.column("season")
    wanted = (seasons == 2022) & (np.arange(len(table)) % 2 == 0)
    np.testing.assert_array_equal(with_earlier(table, wanted), (seasons == 2022) | wanted)
    early = seasons == 2020
    np.testing.assert_array_equal(with_earlier(table, early), early)
    assert not with_earlier(table, np.zeros_like(early)).any()
