import numpy as np
import pytest

from histories import last_season, simulated, without_quotes
from monps.agents import Bookmakers, History
from monps.numerics.conway_maxwell import fit_dispersion
from monps.ratings.level import rolling_level
from monps.ratings.price_rates import rates_of_prices
from monps.tables.quotes import QuoteTable


@pytest.mark.parametrize("closing", [False, True])
def test_rates_are_those_of_the_prices_times_the_level(closing):
    history, wanted = simulated(), last_season(simulated())
    found = Bookmakers(closing=closing).replay(history, wanted)
    implied = rates_of_prices(history.matches, history.quotes, closing=closing)
    level = rolling_level(history.matches, np.stack(implied[:2], axis=1))
    np.testing.assert_allclose(found.home[wanted], (implied.home * level)[wanted])
    np.testing.assert_allclose(found.away[wanted], (implied.away * level)[wanted])
    np.testing.assert_array_equal(found.rho[wanted], implied.rho[wanted])
    assert found.refits == 0


def test_each_season_scatters_as_those_before_it_did():
    history = simulated()
    table, seasons = history.matches, history.matches.column("season")
    found = Bookmakers(half_life_seasons=2.0).replay(history, np.ones(len(table), dtype=bool))
    rates = np.stack(rates_of_prices(table, history.quotes, closing=False)[:2], axis=1)
    goals = np.stack([table.home_goals, table.away_goals], axis=1)
    assert (found.dispersion[seasons == seasons.min()] == 1.0).all()
    for season in np.unique(seasons)[1:]:
        earlier = seasons < season
        weights = 0.5 ** ((season - seasons[earlier]) / 2.0)
        known = fit_dispersion(rates[earlier].ravel(), goals[earlier].ravel(), weights.repeat(2))
        np.testing.assert_allclose(found.dispersion[seasons == season], known)


def test_where_nobody_quotes_there_is_no_forecast():
    """Every second match has lost its odds."""
    history, wanted = simulated(), last_season(simulated())
    kept = History(
        history.matches, QuoteTable(history.quotes.frame.filter(history.quotes.frame["match_id"] % 2 == 0))
    )
    made = Bookmakers().replay(kept, wanted).made
    np.testing.assert_array_equal(made, wanted & (history.matches.column("match_id") % 2 == 0))
    assert not Bookmakers().replay(without_quotes(history), wanted).made.any()
