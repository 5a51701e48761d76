import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from monps.errors import NotEnoughData, ShapeError, UsageError
from monps.numerics.recalibration import fit_isotonic, fit_temperature, fit_vector_scaling
from monps.numerics.scoring import brier_score, log_loss


@pytest.fixture(scope="module")
def overconfident():
    """Forecasts whose logs are 1.5 times those of the truth, and what came of it."""
    generator = np.random.default_rng(6)
    logs = generator.normal(size=(8000, 3))
    powers = np.exp(logs)
    truth = powers / powers.sum(axis=1, keepdims=True)
    outcomes = (truth.cumsum(axis=1) < generator.random((8000, 1))).sum(axis=1)
    sharp = truth**1.5
    return sharp / sharp.sum(axis=1, keepdims=True), outcomes


def test_temperature_undoes_overconfidence(overconfident):
    probabilities, outcomes = overconfident
    scaling = fit_temperature(probabilities, outcomes)
    assert scaling.exponent == pytest.approx(1 / 1.5, abs=3.0 * scaling.error)
    assert scaling.error < 0.02


def test_temperature_is_the_minimum(overconfident):
    probabilities, outcomes = overconfident

    def loss(exponent):
        powers = probabilities**exponent
        return log_loss(powers / powers.sum(axis=1, keepdims=True), outcomes).sum()

    best = minimize_scalar(loss, (0.3, 1.5), tol=1e-10).x
    assert fit_temperature(probabilities, outcomes).exponent == pytest.approx(best, abs=1e-5)


def test_vector_scaling_is_at_least_as_good_and_has_the_classes_right(overconfident):
    probabilities, outcomes = overconfident
    tilted = probabilities * [1.0, 2.0, 1.0]
    tilted /= tilted.sum(axis=1, keepdims=True)
    scaling = fit_vector_scaling(tilted, outcomes)
    np.testing.assert_allclose(scaling.offsets[1], -np.log(2.0) / 1.5, atol=0.1)
    mapped = scaling(tilted)
    np.testing.assert_allclose(mapped.mean(axis=0), np.bincount(outcomes) / len(outcomes), atol=1e-6)
    temperature = fit_temperature(tilted, outcomes)(tilted)
    assert log_loss(mapped, outcomes).sum() < log_loss(temperature, outcomes).sum()


def test_strong_beliefs_change_nothing(overconfident):
    probabilities, outcomes = overconfident
    assert fit_temperature(probabilities, outcomes, precision=1e12).exponent == pytest.approx(1.0, abs=1e-6)
    same = fit_vector_scaling(probabilities, outcomes, precision=1e12)(probabilities)
    np.testing.assert_allclose(same, probabilities, atol=1e-6)


def test_isotonic_rises_and_improves(overconfident):
    probabilities, outcomes = overconfident
    first, happened = probabilities[:, 0], outcomes == 0
    curve = fit_isotonic(first, happened)
    assert (np.diff(curve.shares) >= 0.0).all()
    both = [np.stack([1.0 - p, p], axis=1) for p in (first, curve(first))]
    before, after = (brier_score(pair, happened).sum() for pair in both)
    assert after < before
    np.testing.assert_array_equal(curve([0.0, 1.0]), curve.shares[[0, -1]])


def test_isotonic_takes_equal_forecasts_together():
    assert fit_isotonic([0.5, 0.5, 0.2, 0.2], [1, 0, 0, 0])([0.2, 0.5]).tolist() == [0.0, 0.5]


def test_always_right_leaves_the_power_open():
    with pytest.raises(NotEnoughData):
        fit_temperature([[0.9, 0.1]] * 3, [0, 0, 0])


@pytest.mark.parametrize("fit", [fit_temperature, fit_vector_scaling])
@pytest.mark.parametrize(
    ("probabilities", "outcomes", "error"),
    [
        ([[0.9, 0.1]], [0, 1], ShapeError),
        ([[0.9, 0.1]], [2], UsageError),
        ([[1.0, 0.0]], [0], UsageError),
        ([0.9, 0.1], [0], ShapeError),
    ],
)
def test_refusals(fit, probabilities, outcomes, error):
    with pytest.raises(error):
        fit(probabilities, outcomes)


def test_isotonic_refuses():
    with pytest.raises(ShapeError):
        fit_isotonic([0.5], [1, 0])
    with pytest.raises(UsageError):
        fit_isotonic([1.5], [1])
    with pytest.raises(UsageError):
        fit_isotonic([0.5], [1])([1.5])
