import numpy as np
import pytest

from monps.numerics.credibility import Credibility, buhlmann_straub


def test_the_prior_of_a_gamma_poisson_world_is_found() -> None:
    rng = np.random.default_rng(1)
    prior_exposure, mean, members, years = 8.0, 0.2, 4000, 20
    rates = rng.gamma(mean * prior_exposure, 1 / prior_exposure, members)
    member = np.repeat(np.arange(members), years)
    exposure = rng.uniform(0.5, 1.5, len(member))
    found = buhlmann_straub(rng.poisson(rates[member] * exposure).astype(float), exposure, member)
    assert found.mean == pytest.approx(mean, rel=0.03)
    assert found.prior_exposure == pytest.approx(prior_exposure, rel=0.1)


def test_members_who_do_not_differ_are_all_the_group() -> None:
    rng = np.random.default_rng(2)
    outcome = rng.normal(1.0, 1.0, 40)
    outcome[20:] += outcome[:20].mean() - outcome[20:].mean()
    found = buhlmann_straub(outcome, np.ones(40), np.repeat([0, 1], 20))
    assert np.isinf(found.prior_exposure)
    assert found.estimate(np.array([30.0]), np.array([20.0])).tolist() == [found.mean]


def test_an_estimate_lies_between_the_own_record_and_the_group() -> None:
    group = Credibility(0.1, 10.0)
    assert group.estimate(np.array([0.0, 5.0]), np.array([0.0, 10.0])).tolist() == [0.1, 0.3]


def test_one_observation_each_says_nothing_of_the_scatter_between() -> None:
    assert np.isinf(buhlmann_straub(np.array([1.0, 9.0]), np.ones(2), np.array([0, 1])).prior_exposure)
