from dataclasses import dataclass

import numpy as np
import pytest

from monps.numerics.inversion.least_squares import descend, normal_matrices

EVERYWHERE = np.array([[-np.inf, np.inf], [-np.inf, np.inf]])


@dataclass(frozen=True)
class Rosenbrock:
    """The banana valley, steeper or flatter: a hard problem with its minimum at (1, 1)."""

    steepness: np.ndarray

    def errors(self, state):
        x, y = state
        slopes = np.array([[-2 * self.steepness * x, self.steepness], [-np.ones_like(x), np.zeros_like(x)]])
        return np.stack([self.steepness * (y - x**2), 1.0 - x]), slopes

    def take(self, rows):
        return Rosenbrock(self.steepness[rows])


def test_easy_and_hard_problems_side_by_side():
    steepness = np.array([0.5, 1.0, 10.0, 20.0])
    found = descend(Rosenbrock(steepness), np.tile([[-1.2], [1.0]], 4), EVERYWHERE)
    assert found.resting.all()
    np.testing.assert_allclose(found.state, 1.0, atol=1e-7)
    together = found.state[:, 2]
    alone = descend(Rosenbrock(steepness[2:3]), np.array([[-1.2], [1.0]]), EVERYWHERE)
    np.testing.assert_allclose(together, alone.state[:, 0], atol=1e-9)


def test_it_stays_inside_its_bounds():
    found = descend(Rosenbrock(np.ones(1)), np.array([[-1.2], [1.0]]), np.array([[-2.0, 0.5], [-2.0, 2.0]]))
    assert found.state[0, 0] == pytest.approx(0.5, abs=1e-9)


@dataclass(frozen=True)
class Runaway:
    """An error that falls for ever: there is no minimum."""

    size: int

    def errors(self, state):
        fall = np.exp(-0.01 * state)
        return fall, -0.01 * fall[None]

    def take(self, rows):
        return Runaway(len(rows))


def test_a_search_that_never_arrives_ends_and_says_so():
    found = descend(Runaway(2), np.zeros((1, 2)), np.array([[-np.inf, np.inf]]))
    assert not found.resting.any()


def test_normal_matrices():
    slopes = np.random.default_rng(1).normal(size=(4, 2, 3))
    matrices = normal_matrices(slopes)
    for row in range(3):
        np.testing.assert_allclose(matrices[row], slopes[:, :, row].T @ slopes[:, :, row])
