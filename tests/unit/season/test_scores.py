import numpy as np
import pytest

from factories import score_grid
from monps.numerics.grid import ScoreGrid
from monps.season.scores import draw_scores


def test_scores_come_as_often_as_the_grid_says():
    grid, count = score_grid(6, np.random.default_rng(3)), 200_000
    codes = draw_scores(grid, count, np.random.default_rng(4))
    seen = np.stack([np.bincount(row, minlength=grid.size**2) for row in codes])
    expected = grid.cells * count
    assert (np.abs(seen - expected) <= 5 * np.sqrt(expected + 1)).all()


def test_matches_are_drawn_apart():
    grid = score_grid(2, np.random.default_rng(3))
    home, away = draw_scores(grid, 100_000, np.random.default_rng(4)) // grid.size
    assert abs(np.corrcoef(home, away)[0, 1]) < 0.02


@pytest.mark.parametrize("size", [2, 3, 4, 8, 15, 16, 17])
def test_any_size_of_grid_is_drawn_in_full_and_never_beyond(size):
    rng = np.random.default_rng(size)
    cells = rng.uniform(0.5, 1.0, (3, size, size))
    cells[:, 0, 0] = cells[:, -1, -1] = cells[1, 1] = 0.0
    cells[1, 0, 1] = 1.0
    grid = ScoreGrid(cells / cells.sum(axis=(1, 2), keepdims=True) * 0.9, np.full(3, 0.1))
    codes = draw_scores(grid, 40_000, rng)
    seen = np.stack([np.bincount(row, minlength=size**2) for row in codes])
    assert ((seen > 0) == (grid.cells > 0)).all()


def test_a_score_that_is_certain_is_always_drawn():
    cells = np.zeros((2, 4, 4))
    cells[0, 0, 0] = cells[1, 3, 3] = 1.0
    codes = draw_scores(ScoreGrid(cells, np.zeros(2)), 1000, np.random.default_rng(1))
    assert (codes == [[0], [15]]).all()


def test_no_match_gives_no_score():
    grid = ScoreGrid(np.zeros((0, 15, 15)), np.zeros(0))
    assert draw_scores(grid, 7, np.random.default_rng(1)).shape == (0, 7)


def test_the_same_generator_draws_the_same():
    grid = score_grid(4, np.random.default_rng(3))
    first, again, other = (draw_scores(grid, 50, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()
