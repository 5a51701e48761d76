import numpy as np
import pytest
from pydantic import ValidationError

from monps.agents import Forecast, Goals
from monps.numerics.conway_maxwell import conway_maxwell_grid

HOME, AWAY = np.array([1.5, np.nan, 1.2, 2.0]), np.array([1.1, 1.0, 0.9, 0.5])
RHO = np.array([-0.05, -0.05, np.nan, 0.0])


def test_a_forecast_is_made_where_all_of_it_is_known():
    assert Forecast(HOME, AWAY, RHO).made.tolist() == [True, False, False, True]


@pytest.mark.parametrize("dispersion", [1.0, 1.2, np.array([1.0, 1.0, 1.0, 1.3])])
def test_grids_are_those_of_the_chosen_matches(dispersion):
    chosen = np.array([True, False, False, True])
    found = Forecast(HOME, AWAY, RHO, dispersion).grid(chosen)
    each = np.broadcast_to(dispersion, 4)[chosen]
    known = conway_maxwell_grid(HOME[chosen], AWAY[chosen], RHO[chosen], each)
    np.testing.assert_array_equal(found.probabilities, known.probabilities)


def test_rho_is_held_within_the_bounds_of_a_match():
    one = np.ones(2)
    grid = Forecast(4.0 * one, one, np.array([-0.9, 0.9])).grid(np.array([True, True]))
    assert grid.probabilities.min() > -1e-16
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0)


def test_an_agent_is_a_recipe_that_cannot_be_changed():
    assert Goals() == Goals()
    assert hash(Goals()) == hash(Goals())
    with pytest.raises(ValidationError, match="frozen"):
        Goals().combination = Goals().combination
    with pytest.raises(ValidationError, match="Extra inputs"):
        Goals(luck=7)
