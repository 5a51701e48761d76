"""The scoreline grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import ShapeError
from monps.numerics.grid import ScoreGrid, independent

GRID = ScoreGrid(np.array([[[0.1, 0.2], [0.3, 0.2]], [[0.4, 0.1], [0.1, 0.4]]]), np.array([0.2, 0.0]))


@pytest.mark.parametrize(
    ("shape", "tail"), [((2, 3), (2,)), ((2, 3, 4), (2,)), ((2, 3, 3), (3,)), ((3, 3), (3,))]
)
def test_shapes_that_do_not_fit_are_refused(shape, tail):
    with pytest.raises(ShapeError, match="a grid is"):
        ScoreGrid(np.zeros(shape), np.zeros(tail))


def test_knows_its_length_and_size():
    assert (len(GRID), GRID.size) == (2, 2)


@pytest.mark.parametrize("rows", [1, np.int64(1), slice(1, 2), np.array([1])])
def test_rows_are_grids_too(rows):
    chosen = GRID[rows]
    np.testing.assert_array_equal(chosen.probabilities, GRID.probabilities[1:])
    np.testing.assert_array_equal(chosen.tail, [0.0])


def test_cells_are_conditional_on_a_score_inside():
    np.testing.assert_allclose(GRID.cells, [[0.125, 0.25, 0.375, 0.25], [0.4, 0.1, 0.1, 0.4]])


def test_margins_sum_over_the_other_side():
    np.testing.assert_allclose(GRID.home_goals(), [[0.3, 0.5], [0.5, 0.5]])
    np.testing.assert_allclose(GRID.away_goals(), [[0.4, 0.4], [0.5, 0.5]])


def test_expected_goals_are_those_inside():
    home, away = GRID.expected_goals()
    np.testing.assert_allclose(home, [0.625, 0.5])
    np.testing.assert_allclose(away, [0.5, 0.5])


def test_outcomes_are_home_draw_away():
    np.testing.assert_allclose(GRID.outcomes(), [[0.375, 0.375, 0.25], [0.1, 0.8, 0.1]])


def test_the_likeliest_scores_come_first():
    scores, probabilities = GRID.likeliest(2)
    np.testing.assert_array_equal(scores, [[[1, 0], [0, 1]], [[0, 0], [1, 1]]])
    np.testing.assert_allclose(probabilities, [[0.375, 0.25], [0.4, 0.4]])


@given(st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4), st.floats(0.5, 1.0))
def test_an_independent_grid_has_its_margins(weights, inside):
    home = np.array([weights]) / sum(weights) * inside
    away = home[:, ::-1]
    grid = independent(home, away)
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-12)
    np.testing.assert_allclose(grid.home_goals() / grid.home_goals().sum(), home / inside, atol=1e-12)
