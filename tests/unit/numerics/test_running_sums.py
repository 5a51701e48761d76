import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import ShapeError, UsageError
from monps.numerics.running_sums import Observations, Questions, fading_sums


def slow(seen: Observations, asked: Questions, half_life_days: float) -> np.ndarray:
    """Add up one by one."""
    sums = np.zeros((len(asked.days), seen.values.shape[1]))
    for q, (day, group) in enumerate(zip(asked.days, asked.groups, strict=True)):
        known = (seen.days <= day) & (seen.groups == group)
        weights = 0.5 ** ((day - seen.days[known]) / half_life_days)
        sums[q] = (weights[:, None] * seen.values[known]).sum(axis=0)
    return sums


@given(st.integers(0, 2**31), st.integers(0, 30), st.integers(0, 20))
def test_sums_are_what_adding_up_one_by_one_gives(seed, m, q):
    rng = np.random.default_rng(seed)
    seen = Observations(rng.integers(0, 40, m) / 2.0, rng.integers(-1, 4, m), rng.normal(size=(m, 3)))
    asked = Questions(rng.integers(-5, 50, q) / 2.0, rng.integers(0, 5, q))
    np.testing.assert_allclose(fading_sums(seen, asked, 7.0), slow(seen, asked, 7.0), atol=1e-9)


def test_what_is_known_at_the_moment_itself_counts_and_what_follows_does_not():
    seen = Observations(np.array([1.0, 1.1]), np.array([0, 0]), np.ones((2, 1)))
    assert fading_sums(seen, Questions(np.array([1.0]), np.array([0])), 10.0).item() == 1.0


def test_what_does_not_fit_is_refused():
    seen = Observations(np.zeros(2), np.zeros(2, dtype=int), np.zeros((2, 1)))
    asked = Questions(np.zeros(1), np.zeros(1, dtype=int))
    with pytest.raises(UsageError, match="above 0"):
        fading_sums(seen, asked, 0.0)
    with pytest.raises(UsageError, match="finite"):
        fading_sums(seen._replace(values=np.full((2, 1), np.nan)), asked, 1.0)
    with pytest.raises(ShapeError, match="lengths differ"):
        fading_sums(seen._replace(days=np.zeros(3)), asked, 1.0)


def test_what_becomes_known_in_a_far_future_does_no_harm():
    seen = Observations(np.array([0.0, 3e6]), np.array([0, 0]), np.ones((2, 1)))
    assert fading_sums(seen, Questions(np.array([0.0, 10.0]), np.array([0, 0])), 10.0).ravel().tolist() == [
        1.0,
        0.5,
    ]
    alone = Observations(np.array([3e6]), np.array([0]), np.ones((1, 1)))
    assert fading_sums(alone, Questions(np.array([0.0]), np.array([0])), 10.0).item() == 0.0
