"""What bets return, and the joint outcomes of several matches."""

import numpy as np
import pytest

from monps.errors import ShapeError, UsageError
from monps.numerics.growth import bet_returns, expected_growth, joint_returns, kelly_simultaneous

COIN = (np.array([[1.1, -1.0]]), np.array([0.5, 0.5]))
DIE = (np.array([[2.2, -1.0, -1.0], [-1.0, 1.8, -1.0]]), np.array([0.35, 0.3, 0.35]))


def test_returns_of_all_five_settlements():
    settled = np.array([[1.0, 0.5, 0.0, -0.5, -1.0]])
    assert bet_returns(settled, np.array([2.5])).tolist() == [[1.5, 0.75, 0.0, -0.5, -1.0]]


def test_growth_of_everything_is_minus_infinity():
    assert expected_growth([[0.0], [1.0]], *COIN).tolist() == [0.0, -np.inf]
    assert np.isfinite(expected_growth([1.0], COIN[0], [1.0, 0.0]))


def test_few_joint_outcomes_are_all_listed():
    returns, chance = joint_returns(*zip(COIN, DIE, strict=True), np.random.default_rng(1))
    assert returns.shape == (3, 6)
    assert chance.sum() == pytest.approx(1.0)
    assert returns @ chance == pytest.approx([*(COIN[0] @ COIN[1]), *(DIE[0] @ DIE[1])])


def test_many_joint_outcomes_are_drawn_evenly():
    matches = [COIN] * 8 + [DIE] * 4
    returns, chance = joint_returns(*zip(*matches, strict=True), np.random.default_rng(1), most=2000)
    assert chance.tolist() == [1 / 2000] * 2000
    exact = np.concatenate([x @ p for x, p in matches])
    assert returns @ chance == pytest.approx(exact, abs=2e-3)
    again = joint_returns(*zip(*matches, strict=True), np.random.default_rng(1), most=2000)
    np.testing.assert_array_equal(returns, again[0])


def test_stakes_on_several_matches_are_smaller_than_on_each_alone():
    joint = kelly_simultaneous(*joint_returns(*zip(COIN, COIN, strict=True), np.random.default_rng(1)))
    alone = kelly_simultaneous(*COIN)
    assert (joint.stakes < alone.stakes[0]).all()
    assert 2 * alone.growth > joint.growth > alone.growth


@pytest.mark.parametrize(
    ("matches", "most", "error"),
    [
        ([], 10, UsageError),
        ([COIN], 0, UsageError),
        ([(COIN[0], DIE[1])], 10, ShapeError),
        ([(COIN[0][0], COIN[1])], 10, ShapeError),
        ([(COIN[0], np.array([0.5, 0.6]))], 10, UsageError),
    ],
)
def test_what_makes_no_sense_is_refused(matches, most, error):
    returns, chances = [x for x, _ in matches], [p for _, p in matches]
    with pytest.raises(error):
        joint_returns(returns, chances, np.random.default_rng(1), most=most)
