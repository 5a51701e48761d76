import numpy as np
import pytest

from histories import history_of, last_season, simulated
from monps.agents import BaseRate, Bookmakers, Goals, SingleModel, Tuned
from monps.models import Poisson
from monps.ratings.combination import CombinationSettings
from monps.ratings.strengths import StrengthSettings
from monps.tables.quotes import QuoteTable

GOOD, BAD = SingleModel(model=Poisson()), BaseRate()
ONE = CombinationSettings(members=(StrengthSettings(low_scores=False),))


def same(found, known, rows):
    np.testing.assert_allclose(found.grid(rows).probabilities, known.grid(rows).probabilities, atol=1e-6)


@pytest.mark.parametrize("candidates", [(GOOD, BAD), (BAD, GOOD)])
def test_the_best_of_earlier_seasons_is_chosen(candidates):
    history, wanted = simulated(), last_season(simulated())
    found = Tuned(candidates=candidates).replay(history, wanted)
    same(found, GOOD.replay(history, wanted), wanted)


def test_without_earlier_seasons_the_first_is_taken():
    history = simulated()
    early = history.matches.column("season") == history.matches.column("season").min() + 1
    for candidates in ((GOOD, BAD), (BAD, GOOD)):
        found = Tuned(candidates=candidates).replay(history, early)
        same(found, candidates[0].replay(history, early), early)


def test_each_season_is_given_to_the_best_before_it():
    """The second season has nothing before it; the last one has."""
    history = simulated()
    seasons = history.matches.column("season")
    first, last = seasons == seasons.min() + 1, last_season(history)
    found = Tuned(candidates=(BAD, GOOD)).replay(history, first | last)
    np.testing.assert_array_equal(found.made, first | last)
    same(found, BAD.replay(history, first), first)
    same(found, GOOD.replay(history, last), last)
    mixed = (first | last) & (np.arange(len(seasons)) % 3 == 0)
    np.testing.assert_allclose(
        found.grid(mixed).outcomes(), found.grid(first | last).outcomes()[mixed[first | last]]
    )


def test_only_matches_that_all_forecast_are_compared():
    """Goals abstain in the seasons they have to learn from; all are judged on what is left."""
    history, wanted = simulated(), last_season(simulated())
    found = Tuned(candidates=(Goals(combination=ONE), BAD)).replay(history, wanted)
    same(found, Goals(combination=ONE).replay(history, wanted), wanted)


def test_the_chosen_may_abstain():
    history, wanted = simulated(), last_season(simulated())
    odd = history.matches.column("match_id") % 2 == 1
    quotes = history.quotes.frame
    bare = history_of(history.matches, QuoteTable(quotes.filter(quotes["match_id"] % 2 == 0)))
    made = Tuned(candidates=(Bookmakers(), BAD)).replay(bare, wanted).made
    np.testing.assert_array_equal(made, wanted & ~odd)


def test_it_counts_the_fits_of_all_and_is_named_after_the_first():
    history, wanted = simulated(), last_season(simulated())
    tuned = Tuned(candidates=(GOOD, BAD))
    assert tuned.name == "tuned_poisson"
    assert tuned.replay(history, wanted).refits > GOOD.replay(history, wanted).refits


def test_nothing_wanted_is_nothing_made():
    history = simulated()
    nothing = np.zeros(len(history.matches), dtype=bool)
    assert not Tuned(candidates=(BAD, GOOD)).replay(history, nothing).made.any()
