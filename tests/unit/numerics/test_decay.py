import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.numerics.decay import half_life_weights

days = st.floats(0.0, 5000.0)
half_lives = st.floats(1.0, 3000.0)


@given(days, days, half_lives)
def test_ages_add_and_weights_multiply(first: float, second: float, half_life: float) -> None:
    one, other, both = half_life_weights(np.array([first, second, first + second]), half_life)
    assert one * other == pytest.approx(both, rel=1e-9, abs=1e-300)


@given(half_lives)
def test_a_half_life_halves(half_life: float) -> None:
    assert half_life_weights(np.array([0.0, half_life]), half_life).tolist() == [1.0, 0.5]


def test_without_a_half_life_all_weigh_alike() -> None:
    assert half_life_weights(np.array([0.0, 1e4]), None).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("half_life", [0.0, -3.0, float("nan")])
def test_no_half_life_at_all_is_refused(half_life: float) -> None:
    with pytest.raises(UsageError, match="half_life_days must be above 0"):
        half_life_weights(np.ones(1), half_life)


def test_the_future_has_no_weight() -> None:
    with pytest.raises(UsageError, match=r"age_days\[1\] must be at least 0"):
        half_life_weights(np.array([1.0, -0.5]), 10.0)
