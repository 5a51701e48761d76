import numpy as np
import pytest

from histories import last_season, simulated
from monps.agents import Rating, SingleModel
from monps.models import DixonColes, Poisson
from monps.ratings.difference_rates import difference_rates
from monps.ratings.elo import Elo
from monps.ratings.pi import PiRatings


@pytest.mark.parametrize("model", [Poisson(half_life_days=200.0), DixonColes()])
def test_a_single_model_is_walked(model):
    history, wanted = simulated(), last_season(simulated())
    found, walked = SingleModel(model=model).replay(history, wanted), model.walk(history.matches, wanted)
    np.testing.assert_array_equal(found.home, walked.home)
    np.testing.assert_array_equal(found.rho, walked.rho)
    assert found.refits == walked.refits > 0


def test_poisson_links_no_scores():
    history, wanted = simulated(), last_season(simulated())
    assert (SingleModel(model=Poisson()).replay(history, wanted).rho[wanted] == 0.0).all()
    assert (SingleModel(model=DixonColes()).replay(history, wanted).rho[wanted] != 0.0).any()


@pytest.mark.parametrize(("rating", "label"), [(Elo(), "elo"), (PiRatings(), "pi_ratings")])
def test_a_rating_becomes_rates(rating, label):
    history, wanted = simulated(), last_season(simulated())
    agent = Rating(rating=rating, label=label)
    found, known = agent.replay(history, wanted), difference_rates(history.matches, rating, wanted)
    np.testing.assert_array_equal(found.away, known.away)
    assert agent.name == label
