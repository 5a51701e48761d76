import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import ShapeError, UsageError
from monps.numerics.calibration import expected_calibration_error, reliability

chances = arrays(np.float64, st.integers(1, 60), elements=st.floats(0.0, 1.0))


@given(probabilities=chances, data=st.data())
def test_bins_hold_the_same_number_and_lose_nothing(probabilities, data):
    size = len(probabilities)
    events = data.draw(arrays(np.bool_, size))
    bars = reliability(probabilities, events, bins=data.draw(st.integers(1, size)))
    assert bars.count.sum() == size
    assert np.ptp(bars.count) <= 1
    assert bars.forecast @ bars.count == pytest.approx(probabilities.sum())
    assert bars.observed @ bars.count == pytest.approx(events.sum())
    assert (np.diff(bars.forecast) >= -1e-12).all()


def test_right_forecasts_have_the_error_they_say():
    generator = np.random.default_rng(2)
    probabilities = generator.random(200_000)
    bars = reliability(probabilities, generator.random(200_000) < probabilities, bins=100)
    distances = (bars.observed - bars.forecast) / bars.error
    assert distances.std() == pytest.approx(1.0, abs=0.2)
    assert bars.calibration_error < 0.01


def test_wrong_forecasts_are_found_out():
    generator = np.random.default_rng(3)
    assert reliability(np.full(5000, 0.7), generator.random(5000) < 0.5).calibration_error > 0.15


def test_error_of_several_outcomes_is_the_mean_over_them():
    generator = np.random.default_rng(4)
    forecast = generator.dirichlet([2.0, 1.0, 1.0], 300)
    outcomes = generator.integers(0, 3, 300)
    each = [reliability(forecast[:, k], outcomes == k, bins=5).calibration_error for k in range(3)]
    assert expected_calibration_error(forecast, outcomes, bins=5) == pytest.approx(np.mean(each))


@pytest.mark.parametrize(
    ("probabilities", "events", "bins", "error"),
    [
        ([0.5, 0.5], [0], 1, ShapeError),
        ([1.5], [0], 1, UsageError),
        ([0.5], [2], 1, UsageError),
        ([0.5], [0], 2, UsageError),
        ([0.5], [0], 0, UsageError),
        ([[0.5]], [0], 1, ShapeError),
    ],
)
def test_refusals(probabilities, events, bins, error):
    with pytest.raises(error):
        reliability(probabilities, events, bins=bins)
