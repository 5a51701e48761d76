import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import UsageError
from monps.numerics.log_odds import chances, chances_with_total


@settings(deadline=None)
@given(arrays(np.float64, (3, 15), elements=st.floats(-30, 30)), st.floats(0.5, 14.5))
def test_the_chances_sum_to_the_total_and_keep_their_order(scores: np.ndarray, total: float) -> None:
    found = chances_with_total(scores, np.full(scores.shape, fill_value=True), np.full(3, total))
    assert np.allclose(found.sum(axis=1), total, atol=1e-9)
    assert (np.diff(np.take_along_axis(found, np.argsort(scores), axis=1), axis=1) >= 0).all()


def test_the_odds_ratios_stay() -> None:
    scores = np.array([[0.0, 1.0, -2.0]])
    found = chances_with_total(scores, np.full((1, 3), fill_value=True), np.array([2.0]))
    assert np.diff(np.log(found / (1 - found))) == pytest.approx(np.diff(scores))


def test_who_cannot_has_no_chance() -> None:
    found = chances_with_total(np.zeros((1, 3)), np.array([[True, False, True]]), np.array([1.0]))
    assert found.tolist() == [[0.5, 0.0, 0.5]]


@pytest.mark.parametrize("total", [0.0, 2.0, 3.0])
def test_a_total_that_cannot_be_is_refused(total: float) -> None:
    with pytest.raises(UsageError, match="above 0 and below their number"):
        chances_with_total(np.zeros((1, 3)), np.array([[True, False, True]]), np.array([total]))


def test_the_furthest_log_odds_stay_within_bounds() -> None:
    assert chances(np.array([-1e4, 1e4])).tolist() == [0.0, 1.0]


def test_what_is_not_known_stays_so_and_does_not_hold_the_others() -> None:
    scores = np.array([[0.0, np.nan], [0.0, 1.0]])
    found = chances_with_total(scores, np.full((2, 2), fill_value=True), np.ones(2))
    assert np.isnan(found[0]).all()
    assert found[1].sum() == pytest.approx(1.0)
