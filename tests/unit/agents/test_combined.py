import numpy as np
import polars as pl
import pytest

from histories import history_of, last_season, simulated, without_quotes, without_shots
from monps.agents import AGENTS, Goals, MarketMemory
from monps.ratings.combination import CombinationSettings, WalkedMembers
from monps.ratings.level import rolling_level
from monps.ratings.strengths import StrengthSettings
from monps.tables.quotes import QuoteTable

ONE = CombinationSettings(members=(StrengthSettings(half_life_days=200.0, low_scores=False),))


def test_rates_are_what_earlier_seasons_taught_times_the_level():
    history, wanted = simulated(), last_season(simulated())
    season = int(history.matches.column("season").max())
    found = Goals(combination=ONE).replay(history, wanted)
    members = WalkedMembers.of(history.matches, ONE, season)
    learned = members.learned_before(season)
    rates = learned.rates(members.log_rates)
    rates *= rolling_level(history.matches, rates)[:, None]
    np.testing.assert_allclose(np.stack([found.home, found.away], axis=1)[wanted], rates[wanted])
    np.testing.assert_array_equal(found.rho[wanted], learned.rho)
    np.testing.assert_array_equal(found.dispersion[wanted], learned.dispersion)
    assert found.refits == members.refits


def test_each_season_has_its_own_shares():
    history = simulated()
    seasons = history.matches.column("season")
    found = Goals(combination=ONE).replay(history, seasons > seasons.max() - 2)
    assert len(np.unique(found.rho[found.made])) == 2
    assert np.isnan(found.dispersion[~found.made]).all()


def test_in_seasons_with_nothing_before_them_results_speak_alone():
    history = simulated()
    seasons, every = history.matches.column("season"), np.ones(len(history.matches), dtype=bool)
    found, results = (
        Goals(combination=ONE).replay(history, every),
        AGENTS["dixon_coles"].replay(history, every),
    )
    early = seasons <= seasons.min() + 2
    assert found.made.all()
    np.testing.assert_allclose(found.home[early], results.home[early], atol=1e-6)
    assert np.abs(found.home - results.home)[~early].max() > 0.01
    assert (found.dispersion[early] == 1.0).all()
    assert found.refits > AGENTS["dixon_coles"].replay(history, early).refits


def test_seasons_with_nothing_before_them_have_no_memory_of_prices():
    history = simulated()
    seasons = history.matches.column("season")
    found = MarketMemory().replay(history, np.ones(len(seasons), dtype=bool))
    np.testing.assert_array_equal(found.made, seasons > seasons.min() + 2)


def test_shots_have_a_say():
    history, wanted = simulated(), last_season(simulated())
    with_shots, bare = (Goals().replay(each, wanted) for each in (history, without_shots(history)))
    assert np.abs(with_shots.home - bare.home)[wanted].max() > 0.05


def test_no_price_has_a_say_in_what_goals_forecast():
    history, wanted = simulated(), last_season(simulated())
    priced, bare = (Goals().replay(each, wanted) for each in (history, without_quotes(history)))
    np.testing.assert_array_equal(priced.home, bare.home)


@pytest.mark.parametrize("kept", [0.3, 0.7])
def test_the_market_is_remembered_where_most_matches_had_a_price(kept):
    history, wanted = simulated(), last_season(simulated())
    match_id = history.quotes.frame["match_id"]
    some = np.random.default_rng(1).random(match_id.max() + 1) < kept
    quotes = QuoteTable(history.quotes.frame.filter(some[match_id.to_numpy()]))
    made = MarketMemory().replay(history_of(history.matches, quotes), wanted).made
    assert made[wanted].mean() == pytest.approx(float(kept > 0.5), abs=0.1)


def test_the_market_is_forgotten_some_weeks_after_its_last_price():
    history, wanted = simulated(), last_season(simulated())
    begin = history.matches.frame.filter(wanted)["kickoff"].min()
    old = QuoteTable(history.quotes.frame.filter(pl.col("known_at") < begin + pl.duration(days=60)))
    made = MarketMemory().replay(history_of(history.matches, old), wanted).made
    age = history.matches.kickoff_days - history.matches.kickoff_days[wanted].min()
    assert made[wanted & (age < 60)].all()
    assert not made[wanted & (age > 120)].any()
