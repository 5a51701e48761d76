"""What every forecaster must do, run over the whole registry."""

from functools import cache

import numpy as np
import pytest

from histories import (
    delayed,
    last_season,
    scrambled,
    simulated,
    with_other_closing,
    without_quotes,
    without_shots,
)
from monps.agents import GridForecast, History
from monps.backtest import evaluate
from monps.brain import FORECASTERS
from monps.errors import NotEnoughData
from monps.numerics.checks import Bools, Floats
from monps.tables.matches import MatchTable

NEEDS_PRICES = {"market_memory", "bookmakers", "closing"}
NEEDS_SEASONS = {"market_memory", "style", "elo", "pi_ratings"}
SAME = 1e-6
"""A search begins where that of the morning before ended, and goes on until the last of many matches is
done: each leaves such a trace. One result too many leaves a thousand times as much."""

forecasters = pytest.mark.parametrize("name", FORECASTERS)


@pytest.fixture(scope="module")
def history() -> History:
    return simulated()


@pytest.fixture(scope="module")
def wanted(history: History) -> Bools:
    return last_season(history)


@cache
def usual(name: str) -> GridForecast:
    """Forecast the last season from the untouched history."""
    return FORECASTERS[name].replay(simulated(), last_season(simulated()))


def chances(forecast: GridForecast, rows: Bools) -> Floats:
    """Return the grids of these matches, flat, NaN where there is no forecast."""
    made = forecast.made & rows
    found = np.full((len(rows), 225), np.nan)
    found[made] = forecast.grid(made).probabilities.reshape(made.sum(), 225)
    return found[rows]


@forecasters
def test_it_is_called_by_its_name(name):
    assert FORECASTERS[name].name == name


@forecasters
def test_it_forecasts_only_what_is_wanted(name, history, wanted):
    some = wanted & (np.random.default_rng(1).random(len(wanted)) < 0.3)
    forecast = FORECASTERS[name].replay(history, some)
    np.testing.assert_array_equal(forecast.made, some)
    assert forecast.refits >= 0


@forecasters
def test_it_forecasts_nothing_where_nothing_is_wanted(name, history, wanted):
    assert not FORECASTERS[name].replay(history, np.zeros_like(wanted)).made.any()


@forecasters
def test_its_grids_are_distributions(name, wanted):
    grid = usual(name).grid(wanted)
    assert len(grid) == wanted.sum()
    assert (grid.probabilities >= 0).all()
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-12)


@forecasters
def test_other_matches_that_are_wanted_change_nothing(name, history, wanted):
    some = wanted & (np.random.default_rng(2).random(len(wanted)) < 0.3)
    alone = chances(FORECASTERS[name].replay(history, some), some)
    np.testing.assert_allclose(chances(usual(name), some), alone, atol=SAME)


@forecasters
@pytest.mark.parametrize("share", [0.02, 0.7], ids=["early in the season", "late in the season"])
def test_scrambling_what_became_known_later_changes_nothing(name, share, history, wanted):
    """Results, statistics and quotes."""
    days = np.floor(history.matches.kickoff_days)
    morning = np.quantile(days[wanted], share, method="nearest")
    changed = scrambled(history, morning, np.random.default_rng(3), all_of_today=name == "closing")
    rows = wanted & (days == morning)
    before, after = chances(usual(name), rows), chances(FORECASTERS[name].replay(changed, wanted), rows)
    assert np.isfinite(before).all()
    np.testing.assert_allclose(after, before, atol=SAME)


@forecasters
def test_a_result_that_becomes_known_seasons_later_changes_nothing_until_then(name, history, wanted):
    late = delayed(history, np.random.default_rng(3))
    days = np.floor(history.matches.kickoff_days)
    morning = days[wanted].min()
    changed = scrambled(late, morning, np.random.default_rng(3), all_of_today=name == "closing")
    rows = wanted & (days == morning)
    before, after = (chances(FORECASTERS[name].replay(past, rows), rows) for past in (late, changed))
    assert np.isfinite(before).all()
    np.testing.assert_allclose(after, before, atol=SAME)


@forecasters
def test_scrambling_what_was_known_changes_something(name, history, wanted):
    """Else the tests above could not fail."""
    changed = scrambled(history, 0.0, np.random.default_rng(4), all_of_today=False)
    after = chances(FORECASTERS[name].replay(changed, wanted), wanted)
    assert np.nanmax(np.abs(after - chances(usual(name), wanted))) > 0.01


@forecasters
def test_without_quotes_who_needs_them_abstains(name, history, wanted):
    forecast = FORECASTERS[name].replay(without_quotes(history), wanted)
    np.testing.assert_array_equal(forecast.made, np.zeros_like(wanted) if name in NEEDS_PRICES else wanted)
    assert len(forecast.grid(forecast.made)) == forecast.made.sum()


@forecasters
def test_without_shots_there_is_still_a_forecast(name, history, wanted):
    np.testing.assert_array_equal(FORECASTERS[name].replay(without_shots(history), wanted).made, wanted)


@forecasters
def test_in_the_first_seasons_who_has_to_learn_abstains(name, history):
    early = history.matches.column("season") < history.matches.column("season").min() + 2
    made = FORECASTERS[name].replay(history, early).made
    assert made[early].mean() == (0.0 if name in NEEDS_SEASONS else 1.0)


@forecasters
def test_it_is_judged_only_where_it_has_forecasts(name, history, wanted):
    bare = without_quotes(history)
    if name in NEEDS_PRICES:
        with pytest.raises(NotEnoughData, match=f"{name} has forecasts of 0 of {wanted.sum()}"):
            evaluate(bare, FORECASTERS[name], wanted)
    else:
        found = evaluate(bare, FORECASTERS[name], wanted)
        assert (found.n, found.abstained, found.log_loss_gap) == (wanted.sum(), 0, None)


@pytest.mark.parametrize("name", sorted(FORECASTERS.keys() - {"base_rate"}))
def test_it_beats_the_base_rate(name, history, wanted):
    found, base = (evaluate(history, FORECASTERS[each], wanted) for each in (name, "base_rate"))
    assert found.n == base.n
    assert found.log_loss < base.log_loss - 0.02
    assert found.rps < base.rps


@pytest.mark.parametrize("name", sorted(FORECASTERS.keys() - {"closing"}))
def test_closing_quotes_of_the_match_are_not_looked_at(name, history, wanted):
    changed = with_other_closing(history, np.random.default_rng(5))
    after = chances(FORECASTERS[name].replay(changed, wanted), wanted)
    np.testing.assert_array_equal(after, chances(usual(name), wanted))


def test_the_yardstick_looks_at_nothing_else(history, wanted):
    changed = with_other_closing(history, np.random.default_rng(5))
    after = chances(FORECASTERS["closing"].replay(changed, wanted), wanted)
    assert np.nanmax(np.abs(after - chances(usual("closing"), wanted))) > 0.01


@forecasters
def test_an_empty_table_has_no_forecast(name, history):
    empty = History(MatchTable(history.matches.frame.clear()), without_quotes(history).quotes)
    assert FORECASTERS[name].replay(empty, np.zeros(0, dtype=bool)).made.shape == (0,)
