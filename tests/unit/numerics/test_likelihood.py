from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import minimize

import strength_problems as problems
from monps.numerics.design import ADVANTAGE, Layout
from monps.numerics.likelihood import GaussianPrior, Maximum, _advance, maximise, most_likely
from monps.numerics.pairings import Pairings, Responses, gather

TEAMS, RIDGE = 5, 3.0


def with_weights(matches: Responses, weights: np.ndarray) -> Responses:
    return Responses(*(getattr(matches, f.name) for f in fields(Responses)[:-1]), weights=weights)


@pytest.fixture
def matches() -> Responses:
    return problems.played(np.random.default_rng(21), 160, TEAMS)


@pytest.fixture(params=problems.LAYOUTS, ids=str)
def layout(request: pytest.FixtureRequest) -> Layout:
    return Layout(TEAMS, *request.param)


def prior_of(layout: Layout, ridge: float = RIDGE) -> GaussianPrior:
    prior = problems.prior(layout, ridge)
    if layout.own_advantage and not layout.low_scores:
        prior.precision[:, layout.rho] = 1e9
    return prior


def test_it_finds_what_a_general_optimiser_finds(matches: Responses, layout: Layout) -> None:
    prior = prior_of(layout)
    value = problems.log_likelihood(layout, matches)

    def loss(theta: np.ndarray) -> float:
        return -value(theta) + (prior.precision[0] * theta**2).sum() / 2

    def slope(theta: np.ndarray) -> np.ndarray:
        return -problems.slope(value, theta) + prior.precision[0] * theta

    other = minimize(loss, np.zeros(layout.width), jac=slope, method="trust-constr", options={"gtol": 1e-9})
    found = maximise([gather(matches, TEAMS)], layout, prior)
    assert found.converged.all()
    np.testing.assert_allclose(found.parameters[0], other.x, atol=1e-6)
    assert found.log_likelihood[0] == pytest.approx(value(found.parameters[0]), abs=1e-6)


def test_the_information_inverts_to_the_covariance_by_brute_force(matches: Responses, layout: Layout) -> None:
    prior = prior_of(layout)
    found = maximise([gather(matches, TEAMS)], layout, prior)
    value = problems.log_likelihood(layout, matches)
    bend = -problems.curvature(value, found.parameters[0]) + np.diag(prior.precision[0])
    np.testing.assert_allclose(np.linalg.inv(found.information[0]), np.linalg.inv(bend), rtol=1e-5, atol=1e-8)


def test_the_order_of_the_teams_does_not_matter(matches: Responses, layout: Layout) -> None:
    order = np.random.default_rng(22).permutation(TEAMS)
    renamed = replace(matches, host=order[matches.host], guest=order[matches.guest])
    here, there = (maximise([gather(m, TEAMS)], layout, prior_of(layout)) for m in (matches, renamed))
    for block in (layout.attack, layout.defence):
        np.testing.assert_allclose(
            here.parameters[0, block], there.parameters[0, block][order], rtol=0, atol=1e-9
        )
    assert here.log_likelihood == pytest.approx(there.log_likelihood, abs=1e-9)


def test_a_match_of_weight_two_is_two_matches(matches: Responses, layout: Layout) -> None:
    doubled = with_weights(matches, matches.weights * 2)
    twice = gather(matches, TEAMS).plus(gather(matches, TEAMS))
    one, other = (maximise([sums], layout, prior_of(layout)) for sums in (gather(doubled, TEAMS), twice))
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-10)


def test_a_match_of_weight_nothing_is_none(matches: Responses, layout: Layout) -> None:
    chosen = np.arange(len(matches.host)) % 3 > 0
    silenced = with_weights(matches, np.where(chosen, matches.weights, 0.0))
    one, other = (
        maximise([gather(m, TEAMS)], layout, prior_of(layout)) for m in (silenced, matches.where(chosen))
    )
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-10)


@pytest.mark.parametrize("distance", [1e-3, 0.1, 1.0])
def test_a_warm_start_ends_where_a_cold_one_does(matches: Responses, layout: Layout, distance: float) -> None:
    sums, prior = [gather(matches, TEAMS)], prior_of(layout)
    cold = maximise(sums, layout, prior)
    nudge = np.random.default_rng(23).uniform(-distance, distance, layout.width)
    warm = maximise(sums, layout, prior, start=cold.parameters + nudge)
    np.testing.assert_allclose(warm.parameters, cold.parameters, atol=1e-9)


def test_a_start_near_the_end_saves_steps(matches: Responses, layout: Layout) -> None:
    sums, prior = [gather(matches, TEAMS)], prior_of(layout)
    cold = maximise(sums, layout, prior)
    assert maximise(sums, layout, prior, start=cold.parameters).iterations == 1 < cold.iterations


def test_the_quick_way_gives_the_same_parameters(matches: Responses, layout: Layout) -> None:
    sums, prior = [gather(matches, TEAMS)], prior_of(layout)
    np.testing.assert_allclose(
        most_likely(sums, layout, prior), maximise(sums, layout, prior).parameters, atol=1e-7
    )


def test_a_batch_is_its_problems(layout: Layout) -> None:
    rng, many = np.random.default_rng(24), 4
    matches = problems.played(rng, 300, TEAMS)
    problem = rng.integers(0, many, 300)
    one = prior_of(layout)
    prior = GaussianPrior(np.repeat(one.mean, many, axis=0), np.repeat(one.precision, many, axis=0))
    batch = maximise([gather(matches, TEAMS, problem, many)], layout, prior)
    for number in range(many):
        alone = maximise([gather(matches.where(problem == number), TEAMS)], layout, one)
        np.testing.assert_allclose(batch.parameters[number], alone.parameters[0], atol=1e-9)


def test_neutral_matches_say_nothing_of_the_advantage(matches: Responses, layout: Layout) -> None:
    neutral = replace(gather(matches, TEAMS), advantage=False)
    found = maximise([neutral], layout, prior_of(layout))
    assert found.parameters[0, ADVANTAGE] == pytest.approx(0.0, abs=1e-12)


def test_layers_are_looked_at_together(matches: Responses, layout: Layout) -> None:
    half = np.arange(len(matches.host)) % 2 == 0
    layers = [
        gather(matches.where(half), TEAMS),
        replace(gather(matches.where(~half), TEAMS), advantage=False),
    ]
    found = maximise(layers, layout, prior_of(layout))
    values = [
        problems.log_likelihood(layout, matches.where(half)),
        problems.log_likelihood(layout, matches.where(~half), advantage=False),
    ]
    slope = sum(problems.slope(value, found.parameters[0]) for value in values)
    np.testing.assert_allclose(slope, prior_of(layout).precision[0] * found.parameters[0], atol=1e-6)


def test_without_a_prior_strengths_sum_to_zero_and_rates_are_free(matches: Responses) -> None:
    layout = Layout(TEAMS, low_scores=True)
    found = maximise([gather(matches, TEAMS)], layout, prior_of(layout, ridge=0.0))
    theta = found.parameters[0]
    assert found.converged.all()
    assert theta[layout.attack].sum() == pytest.approx(0.0, abs=1e-9)
    assert theta[layout.defence].sum() == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(
        problems.slope(problems.log_likelihood(layout, matches), theta), 0.0, atol=1e-6
    )


def few(count: int, home: float = 2.0, away: float = 0.0) -> Responses:
    """Team 0 beats team 1, again and again; nobody else plays."""
    one = np.ones(count)
    host, guest = np.zeros(count, dtype=int), np.ones(count, dtype=int)
    return Responses(host, guest, home * one, away * one, home * one, away * one, one)


SPARSE = {
    "no match": few(0),
    "one match": few(1),
    "one goalless match": few(1, 0.0),
    "a team without a goal": few(12),
    "nobody ever scored": few(12, 0.0),
    "ten each": few(1, 10.0, 10.0),
    "one all": few(6, 1.0, 1.0),
}


@pytest.mark.parametrize("name", SPARSE)
@pytest.mark.parametrize("ridge", [0.0, 1e-6, 4.0])
def test_sparse_data_never_raises(name: str, ridge: float, layout: Layout) -> None:
    found = maximise([gather(SPARSE[name], TEAMS)], layout, prior_of(layout, ridge))
    assert isinstance(found, Maximum)
    assert np.isfinite(found.parameters).all()
    assert np.isfinite(found.information).all()
    assert np.isfinite(found.log_likelihood).all()
    if ridge > 1:
        assert found.converged.all()


@pytest.mark.parametrize("name", SPARSE)
def test_with_a_prior_who_did_not_play_is_where_the_prior_is(name: str) -> None:
    layout = Layout(TEAMS)
    found = maximise([gather(SPARSE[name], TEAMS)], layout, prior_of(layout))
    np.testing.assert_allclose(found.parameters[0, layout.attack][2:], 0.0, atol=1e-9)


def test_a_start_where_a_seen_score_is_impossible_is_left(matches: Responses) -> None:
    layout, sums = Layout(TEAMS, low_scores=True), [gather(matches, TEAMS)]
    start = np.zeros((1, layout.width))
    start[0, layout.rho] = 1.5
    cold = maximise(sums, layout, prior_of(layout))
    far = maximise(sums, layout, prior_of(layout), start=start)
    np.testing.assert_allclose(far.parameters, cold.parameters, atol=1e-9)


def test_no_step_ends_where_a_seen_score_is_impossible() -> None:
    """One-all only: ρ wants to go to −∞, and 0–1 or 1–0, unseen, does not hold it."""
    layout = Layout(2, low_scores=True)
    found = maximise([gather(few(20, 1.0, 1.0), 2)], layout, prior_of(layout))
    assert np.isfinite(found.parameters).all()


def test_where_the_surface_is_no_hilltop_it_is_climbed_all_the_same() -> None:
    """One match that ended 1–0: the likelihood bends upward in ρ and the rates together."""
    layout, match = Layout(2, low_scores=True), few(1, 1.0)
    prior = GaussianPrior(np.zeros((1, layout.width)), np.full((1, layout.width), 1e-3))
    found = maximise([gather(match, 2)], layout, prior)
    at_prior = problems.log_likelihood(layout, match)(prior.mean[0])
    assert found.log_likelihood[0] > at_prior


def test_a_problem_that_is_stuck_does_not_hold_the_others() -> None:
    layout = Layout(TEAMS, low_scores=True)
    healthy = problems.played(np.random.default_rng(25), 160, TEAMS)
    both = [gather(m, TEAMS) for m in (healthy, SPARSE["one all"])]
    stacked = Pairings(
        *(np.concatenate([getattr(sums, name) for sums in both]) for name in ("played", "home", "away")),
        np.concatenate([sums.low for sums in both], axis=1),
    )
    prior = GaussianPrior(*np.zeros((2, 2, layout.width)))
    batch = maximise([stacked], layout, prior)
    alone = maximise(both[:1], layout, prior_of(layout, 0.0))
    np.testing.assert_allclose(batch.parameters[0], alone.parameters[0], atol=1e-9)
    assert batch.converged[0]


def test_sums_of_nothing_leave_the_prior(layout: Layout) -> None:
    prior = prior_of(layout)
    found = maximise([Pairings.zeros(1, TEAMS)], layout, prior)
    free = prior.precision[0] > 0
    np.testing.assert_allclose(found.parameters[0][free], prior.mean[0][free], atol=1e-9)


class Height(NamedTuple):
    theta: np.ndarray
    value: np.ndarray


class Falling:
    """A needle: wherever one goes from its top, and be it a little, one falls."""

    def at(self, theta: np.ndarray) -> Height:
        return Height(theta, -np.any(theta != 0.0, axis=1).astype(np.float64))


def test_where_every_step_falls_one_stays() -> None:
    top = Falling().at(np.zeros((2, 3)))
    assert _advance(Falling(), top, np.ones((2, 3))) is top
