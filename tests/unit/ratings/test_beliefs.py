import numpy as np
import pytest

from monps.ratings.beliefs import Beliefs


def beliefs() -> Beliefs:
    known = Beliefs.at(np.array([[0.0, 0.5], [0.0, -0.2]]), 4.0)
    known.learn((np.array([0, 1]), np.array([0, 1])), np.array([3.0, -1.0]), np.array([6.0, 1.0]))
    return known


def test_one_begins_with_the_prior() -> None:
    known = Beliefs.at(np.array([0.1, 0.2]), 4.0)
    assert known.mean.tolist() == [0.1, 0.2]
    assert known.precision.tolist() == [4.0, 4.0]


def test_learning_is_a_step_of_newton() -> None:
    known = beliefs()
    assert known.precision.tolist() == [[10.0, 4.0], [4.0, 5.0]]
    np.testing.assert_allclose(known.mean, [[0.3, 0.5], [0.0, -0.4]])


def test_what_is_learned_twice_counts_twice() -> None:
    once, twice = Beliefs.at(np.zeros(1), 2.0), Beliefs.at(np.zeros(1), 2.0)
    once.learn((np.array([0]),), np.array([2.0]), np.array([4.0]))
    twice.learn((np.array([0, 0]),), np.array([1.0, 1.0]), np.array([2.0, 2.0]))
    assert once.mean == twice.mean
    assert once.precision == twice.precision


def test_fading_is_weighing_less() -> None:
    """Half forgotten is as if half had been seen: score and information of the observations halve."""
    faded, light = Beliefs.at(np.array([0.4]), 3.0), Beliefs.at(np.array([0.4]), 3.0)
    faded.learn((np.array([0]),), np.array([5.0]), np.array([7.0]))
    faded.fade(0.5)
    gained = 5.0 / 10.0
    # The same maximum in natural parameters: precision · (mean − centre) halves.
    assert faded.precision[0] == 3.0 + 3.5
    assert faded.precision[0] * (faded.mean[0] - 0.4) == pytest.approx(10.0 * gained / 2)
    light.fade(0.5)
    assert light.mean[0] == 0.4


def test_all_forgotten_is_the_prior() -> None:
    known = beliefs()
    known.fade(0.0)
    np.testing.assert_allclose(known.mean, known.centre)
    np.testing.assert_allclose(known.precision, 4.0)


def test_starting_again_forgets_the_chosen_alone() -> None:
    known, chosen = beliefs(), np.array([True, False])
    known.recentre(chosen, np.array([[-0.2], [-0.3]]))
    known.restart(chosen)
    np.testing.assert_allclose(known.mean, [[-0.2, 0.5], [-0.3, -0.4]])
    np.testing.assert_allclose(known.precision, [[4.0, 4.0], [4.0, 5.0]])
