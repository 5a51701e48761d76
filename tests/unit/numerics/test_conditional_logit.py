import numpy as np
import pytest
from scipy.optimize import minimize

from monps.errors import NotEnoughData
from monps.numerics import conditional_logit
from monps.numerics.conditional_logit import WeightPrior, fit_conditional_logit


def drawn(seed, weights, events=400, kinds=3):
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(len(weights), events, kinds))
    scores = np.tensordot(weights, features, axes=1) + generator.gumbel(size=(events, kinds))
    return features, scores.argmax(axis=1)


def prior(size, precision):
    return WeightPrior(np.zeros(size), np.full(size, precision))


@pytest.mark.parametrize("precision", [0.0, 5.0])
def test_it_is_the_minimum(precision):
    features, outcomes = drawn(1, [1.0, -0.5])

    def objective(weights):
        scores = np.tensordot(weights, features, axes=1)
        losses = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(outcomes)), outcomes]
        return losses.sum() + precision * (weights**2).sum() / 2.0

    found = fit_conditional_logit(features, outcomes, prior(2, precision))
    other = minimize(objective, np.zeros(2), method="BFGS", options={"gtol": 1e-6})
    np.testing.assert_allclose(found.weights, other.x, atol=1e-5)
    assert found.loss + precision * (found.weights**2).sum() / 2.0 == pytest.approx(other.fun, abs=1e-8)


def test_the_covariance_is_that_of_repeated_draws():
    truth = [0.8, -0.4]
    fits = [fit_conditional_logit(*drawn(seed, truth), prior(2, 0.0)) for seed in range(300)]
    estimates = np.array([fit.weights for fit in fits])
    np.testing.assert_allclose(estimates.mean(axis=0), truth, atol=0.03)
    told = np.sqrt(np.mean([np.diag(fit.covariance) for fit in fits], axis=0))
    np.testing.assert_allclose(estimates.std(axis=0), told, rtol=0.15)


def test_a_far_start_still_arrives():
    features, outcomes = drawn(2, [2.0])
    near = fit_conditional_logit(features, outcomes, prior(1, 0.0))
    far = fit_conditional_logit(features, outcomes, WeightPrior(np.array([-40.0]), np.zeros(1)))
    np.testing.assert_allclose(far.weights, near.weights, atol=1e-8)


def test_a_search_that_runs_out_of_steps_is_refused(monkeypatch):
    monkeypatch.setattr(conditional_logit, "_LIMIT", 1)
    with pytest.raises(NotEnoughData):
        fit_conditional_logit(*drawn(2, [2.0]), prior(1, 0.0))


def test_a_weight_that_nothing_settles_is_refused():
    features, outcomes = drawn(3, [1.0])
    with pytest.raises(NotEnoughData, match="prior"):
        fit_conditional_logit(np.concatenate([features, features]), outcomes, prior(2, 0.0))


def test_outcomes_that_always_follow_a_feature_are_refused_without_a_prior():
    features = np.array([[[1.0, 0.0]] * 5])
    with pytest.raises(NotEnoughData, match="settle"):
        fit_conditional_logit(features, np.zeros(5, dtype=np.int64), prior(1, 0.0))
    held = fit_conditional_logit(features, np.zeros(5, dtype=np.int64), prior(1, 1.0))
    assert 0.0 < held.weights[0] < 5.0
