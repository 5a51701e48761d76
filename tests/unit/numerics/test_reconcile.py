"""Projection onto margins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import score_grid
from monps.errors import ShapeError, UsageError
from monps.numerics.reconcile import Margin, reconcile

SIDE = np.arange(15)
RESULT = (1 - np.sign(np.subtract.outer(SIDE, SIDE))).ravel()
OVER = (np.add.outer(SIDE, SIDE) < 2.5).astype(int).ravel()


def margins_of(cells, groups, count):
    return np.stack([cells[:, groups == group].sum(axis=1) for group in range(count)], axis=1)


def moved(target, rng, by=0.1):
    logs = np.log(target) + rng.normal(0.0, by, target.shape)
    return np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_both_margins_are_met_and_the_grid_stays_one(seed):
    rng = np.random.default_rng(seed)
    cells = score_grid(5, rng).cells
    wanted = [
        Margin(groups, moved(margins_of(cells, groups, count), rng))
        for groups, count in ((RESULT, 3), (OVER, 2))
    ]
    found = reconcile(cells, wanted)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-12)
    for margin in wanted:
        got = margins_of(found, margin.groups, margin.target.shape[1])
        np.testing.assert_allclose(got, margin.target, atol=1e-12)


def test_a_grid_that_has_its_margins_already_is_left_alone():
    cells = score_grid(4, np.random.default_rng(1)).cells
    same = reconcile(cells, [Margin(RESULT, margins_of(cells, RESULT, 3))])
    np.testing.assert_allclose(same, cells, atol=1e-15)
    np.testing.assert_array_equal(reconcile(cells, []), cells)


def test_it_is_the_nearest_grid_with_those_margins():
    """Any other move within the margins is further away in Kullback–Leibler divergence."""
    rng = np.random.default_rng(2)
    cells = score_grid(1, rng).cells
    found = reconcile(cells, [Margin(RESULT, np.array([[0.5, 0.3, 0.2]]))])
    homes = np.flatnonzero((RESULT == 0) & (found[0] > 1e-3))
    for _ in range(20):
        one, other = rng.choice(homes, 2, replace=False)
        shift = 1e-2 * min(found[0, one], found[0, other])
        rival = found.copy()
        rival[0, [one, other]] += shift, -shift
        assert divergence(rival, cells) > divergence(found, cells)


def divergence(p, q):
    return float((p * np.log(p / q)).sum())


def test_margins_that_cannot_be_met_are_refused():
    two = Margin(np.array([0, 1]), np.array([[0.5, 0.5]])), Margin(np.array([0, 1]), np.array([[0.4, 0.6]]))
    with pytest.raises(UsageError, match="no grid"):
        reconcile(np.array([[0.5, 0.5]]), two)
    with pytest.raises(UsageError, match="no grid"):
        reconcile(np.array([[1.0, 0.0]]), two[:1])


@pytest.mark.parametrize(
    "margin",
    [Margin(np.zeros(3, dtype=int), np.ones((1, 1))), Margin(np.zeros(2, dtype=int), np.ones((2, 1)))],
)
def test_shapes_that_do_not_fit_are_refused(margin):
    with pytest.raises(ShapeError):
        reconcile(np.array([[0.5, 0.5]]), [margin])
