from dataclasses import replace

import numpy as np
import pytest

import factories
from monps.models import DixonColes, Poisson
from monps.season import draw_strengths, with_newcomers


@pytest.fixture(scope="module")
def fitted():
    table, _ = factories.match_table(6, 2, np.random.default_rng(5))
    return DixonColes(own_advantage_ridge=30.0).fit(table)


@pytest.fixture(scope="module")
def drawn(fitted):
    sets = draw_strengths(fitted.strengths, 20_000, np.random.default_rng(7))
    return np.stack([each.parameters for each in sets])


def test_draws_have_the_estimates_mean(fitted, drawn):
    assert drawn.mean(axis=0) == pytest.approx(fitted.strengths.parameters, abs=1e-12)


def test_draws_have_the_fits_covariance(fitted, drawn):
    wanted = fitted.strengths.covariance
    errors = np.sqrt(np.diag(wanted))
    scale = np.outer(errors, errors)
    assert np.abs(np.cov(drawn.T) - wanted).max() < 0.05 * scale.max()
    assert drawn.std(axis=0) == pytest.approx(errors, rel=0.05)


def test_an_odd_number_of_draws_is_that_many(fitted):
    assert len(list(draw_strengths(fitted.strengths, 7, np.random.default_rng(1)))) == 7


def test_the_same_generator_draws_the_same(fitted):
    first, again = (next(draw_strengths(fitted.strengths, 2, np.random.default_rng(3))) for _ in range(2))
    assert (first.parameters == again.parameters).all()


def test_nothing_changes_where_all_teams_are_known(fitted):
    assert with_newcomers(fitted.strengths, fitted.teams.names[:3]) is fitted.strengths


@pytest.mark.parametrize("model", [Poisson(), DixonColes(), DixonColes(own_advantage_ridge=30.0)])
def test_a_newcomer_is_as_the_fit_says_of_teams_never_seen(model):
    table, _ = factories.match_table(6, 2, np.random.default_rng(5))
    before = model.fit(table).strengths
    after = with_newcomers(before, ["Aaaa", before.teams.names[2], "Zzzz"])
    assert len(after.teams) == 8
    names = [*before.teams.names, "Aaaa", "Zzzz"]
    for home, away in [(0, 1), (6, 2), (3, 7), (6, 7)]:
        pair = [[names[home]], [names[away]]]
        old, new = ([index.encode(side) for side in pair] for index in (before.teams, after.teams))
        assert np.concatenate(after.log_rates(*new)) == pytest.approx(np.concatenate(before.log_rates(*old)))
        assert after.log_rate_covariance(*new) == pytest.approx(before.log_rate_covariance(*old), abs=1e-9)
    assert after.rho == before.rho


def test_newcomers_that_do_not_vary_are_all_alike(fitted):
    strengths = with_newcomers(replace(fitted.strengths, newcomer_variance=0.0), ["Zzzz"])
    number = strengths.teams.require("Zzzz")
    drawn = [each.parameters for each in draw_strengths(strengths, 10, np.random.default_rng(1))]
    assert np.ptp([each[strengths.layout.attack][number] for each in drawn]) == pytest.approx(0.0, abs=1e-6)
