import itertools

import numpy as np
import pytest

import strength_problems as problems
from monps.numerics.design import Layout, gradient, information, log_rates
from monps.numerics.pairing_terms import Terms, dixon_coles_terms, poisson_terms
from monps.numerics.pairings import Pairings, gather

TEAMS = 5
CASES = list(itertools.product(problems.LAYOUTS, (True, False)))


def terms_of(layout: Layout, sums: Pairings, theta: np.ndarray, *, advantage: bool) -> Terms:
    x, y = log_rates(layout, theta, advantage=advantage)
    if layout.low_scores:
        return dixon_coles_terms(sums, x, y, theta[:, layout.rho])
    return poisson_terms(sums, x, y)


@pytest.fixture(params=CASES, ids=str)
def problem(request: pytest.FixtureRequest) -> tuple:
    (low_scores, own), advantage = request.param
    rng = np.random.default_rng(11)
    layout = Layout(TEAMS, low_scores, own)
    matches, theta = problems.played(rng, 120, TEAMS), problems.parameters(rng, layout)
    return layout, matches, theta, advantage


def test_the_value_is_that_of_the_matches(problem: tuple) -> None:
    layout, matches, theta, advantage = problem
    terms = terms_of(layout, gather(matches, TEAMS), theta, advantage=advantage)
    value = problems.log_likelihood(layout, matches, advantage=advantage)(theta[0])
    assert terms.value[0] == pytest.approx(value, rel=1e-12)


def test_the_gradient_is_the_value_s_slope(problem: tuple) -> None:
    layout, matches, theta, advantage = problem
    terms = terms_of(layout, gather(matches, TEAMS), theta, advantage=advantage)
    slope = problems.slope(problems.log_likelihood(layout, matches, advantage=advantage), theta[0])
    np.testing.assert_allclose(gradient(layout, terms, advantage=advantage)[0], slope, rtol=1e-9, atol=1e-10)


def test_the_information_is_minus_the_value_s_curvature(problem: tuple) -> None:
    layout, matches, theta, advantage = problem
    terms = terms_of(layout, gather(matches, TEAMS), theta, advantage=advantage)
    bend = problems.curvature(problems.log_likelihood(layout, matches, advantage=advantage), theta[0])
    found = information(layout, terms, advantage=advantage)[0]
    np.testing.assert_allclose(found, -bend, rtol=1e-6, atol=1e-7)
    np.testing.assert_array_equal(found, found.T)


def test_problems_of_a_batch_do_not_touch_each_other(problem: tuple) -> None:
    layout, matches, theta, advantage = problem
    rng = np.random.default_rng(12)
    others, angles = problems.played(rng, 80, TEAMS), problems.parameters(rng, layout)
    both = gather(matches, TEAMS), gather(others, TEAMS)
    stacked = Pairings(
        *(np.concatenate([getattr(sums, name) for sums in both]) for name in ("played", "home", "away")),
        np.concatenate([sums.low for sums in both], axis=1),
    )
    together = terms_of(layout, stacked, np.concatenate([theta, angles]), advantage=advantage)
    for place, (sums, point) in enumerate(zip(both, (theta, angles), strict=True)):
        alone = terms_of(layout, sums, point, advantage=advantage)
        for of in (gradient, information):
            np.testing.assert_allclose(
                of(layout, together, advantage=advantage)[place],
                of(layout, alone, advantage=advantage)[0],
                atol=1e-12,
            )


@pytest.mark.parametrize(("low_scores", "own"), problems.LAYOUTS)
def test_every_parameter_has_one_place(low_scores: bool, own: bool) -> None:
    layout = Layout(4, low_scores, own)
    places = np.arange(layout.width)
    blocks = [places[:2], places[layout.attack], places[layout.defence]]
    if low_scores:
        blocks.append(places[[layout.rho]])
    if own:
        blocks.append(places[layout.own])
    taken = np.concatenate(blocks)
    assert len(taken) == len(set(taken.tolist()))
    # With own advantages and no ρ, its place stays empty.
    assert layout.width - len(taken) == (1 if own and not low_scores else 0)


def test_a_home_win_is_worth_the_advantage() -> None:
    layout = Layout(2)
    theta = np.array([[0.1, 0.25, 0.3, -0.2, 0.05, 0.4]])
    x, y = log_rates(layout, theta, advantage=True)
    assert x[0, 0, 1] == pytest.approx(0.1 + 0.25 + 0.3 - 0.4)
    assert y[0, 0, 1] == pytest.approx(0.1 - 0.2 - 0.05)
    neutral, _ = log_rates(layout, theta, advantage=False)
    assert neutral[0, 0, 1] == pytest.approx(x[0, 0, 1] - 0.25)
