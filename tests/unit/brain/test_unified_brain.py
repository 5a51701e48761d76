import numpy as np
import polars as pl
import pytest

from histories import history_of, last_season, simulated
from monps.agents import BaseRate, Bookmakers, History, SingleModel
from monps.brain import FORECASTERS, UnifiedBrain
from monps.brain.pool import lean_weights, learn_weights
from monps.models import Poisson
from monps.tables.quotes import QuoteTable

PRICES, RESULTS, BASE = Bookmakers(), SingleModel(model=Poisson()), BaseRate()
THREE = UnifiedBrain(members=(PRICES, RESULTS, BASE), voices=())


def quotes_where(history: History, kept: pl.Expr) -> History:
    """Forget the odds of the matches for which an expression does not hold."""
    numbers = history.matches.frame.filter(kept)["match_id"].to_list()
    quotes = history.quotes.frame.filter(pl.col("match_id").is_in(numbers))
    return history_of(history.matches, QuoteTable(quotes))


def log_outcomes(history, member, rows):
    return np.log(member.replay(history, rows).grid(rows).outcomes())


def test_weights_are_those_that_earlier_seasons_taught():
    history, wanted = simulated(), last_season(simulated())
    seasons = history.matches.column("season")
    taught = seasons == seasons.max() - 1
    logs = np.stack([log_outcomes(history, member, taught) for member in THREE.members])
    places, happened = history.matches.frame["competition"].to_numpy(), history.matches.outcomes[taught]
    shared, found = learn_weights(logs, happened), THREE.replay(history, wanted)
    for place in np.unique(places):
        own, now = places[taught] == place, wanted & (places == place)
        known = lean_weights(shared, logs[:, own], happened[own], THREE.own_precision)
        np.testing.assert_allclose(found.weights[now], np.tile(known, (now.sum(), 1)), atol=1e-4)
    np.testing.assert_array_equal(found.made, wanted)


def test_in_the_first_seasons_the_forecast_is_the_leaders():
    history = simulated()
    seasons = history.matches.column("season")
    early = seasons == seasons.min() + 1
    found = UnifiedBrain(members=(RESULTS, RESULTS)).replay(history, early)
    known = RESULTS.replay(history, early)
    np.testing.assert_allclose(found.grid(early).probabilities, known.grid(early).probabilities, atol=1e-12)


def test_with_too_few_matches_to_learn_from_the_leader_speaks_alone():
    history, wanted = simulated(), last_season(simulated())
    first = history_of(history.matches.where(pl.col("competition") == "SIM1"), history.quotes)
    rows = last_season(first)
    assert (THREE.replay(first, rows).weights[rows] == [1.0, 0.0, 0.0]).all()
    assert (THREE.replay(history, wanted).weights[wanted] != [1.0, 0.0, 0.0]).all()


def test_where_the_leader_abstains_the_next_one_leads():
    """The second division lost its odds, in all seasons."""
    history = simulated()
    odd = quotes_where(history, pl.col("competition") == "SIM1")
    wanted, second = last_season(odd), (odd.matches.frame["competition"] == "SIM2").to_numpy()
    found = THREE.replay(odd, wanted)
    assert (found.weights[wanted & second, 0] == 0.0).all()
    assert found.weights[wanted & second, 1].min() > 0.5
    assert (found.weights[wanted & ~second, 0] > 0.5).all()
    np.testing.assert_array_equal(found.made, wanted)


def test_a_member_that_spoke_before_but_not_now_has_no_weight_now():
    history, wanted = simulated(), last_season(simulated())
    seasons = history.matches.column("season")
    silent = quotes_where(history, pl.col("season") < int(seasons.max()))
    weights = THREE.replay(silent, wanted).weights[wanted]
    assert (weights[:, 0] == 0.0).all()
    assert (weights[:, 1] > 0.5).all()


def test_where_nobody_speaks_there_is_no_forecast():
    history = quotes_where(simulated(), pl.col("match_id") % 2 == 0)
    wanted = last_season(history)
    found = UnifiedBrain(members=(PRICES, Bookmakers(closing=True))).replay(history, wanted)
    even = history.matches.column("match_id") % 2 == 0
    np.testing.assert_array_equal(found.made, wanted & even)
    assert len(found.grid(found.made)) == (wanted & even).sum()


def test_it_counts_the_fits_of_all_members():
    history, wanted = simulated(), last_season(simulated())
    seasons = history.matches.column("season")
    asked = seasons > seasons.max() - 2
    alone = [member.replay(history, asked).refits for member in THREE.members]
    assert THREE.replay(history, wanted).refits == sum(alone) > 0


@pytest.mark.parametrize("name", ["goals", "closing", "brain"])
def test_forecasters_are_the_agents_and_the_brain(name):
    assert FORECASTERS[name].name == name
    assert UnifiedBrain() == FORECASTERS["brain"]
