"""The scoreline grid: the joint distribution of both sides' goals, for n matches at once."""

from dataclasses import dataclass

import numpy as np

from monps.errors import ShapeError
from monps.numerics import checks
from monps.numerics.checks import Floats

GRID_SIZE = 15
"""Scores run from 0 to 14 a side; the mass beyond is kept in ``ScoreGrid.tail``."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreGrid:
    """Probabilities of every score of n matches.

    Parameters
    ----------
    probabilities : ndarray, shape (n, s, s)
        ``probabilities[i, h, a]`` is the chance that match i ends h–a.
    tail : ndarray, shape (n,)
        The chance that a side scores s goals or more, so that grid and tail together sum to 1.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    """

    probabilities: Floats
    tail: Floats

    def __post_init__(self) -> None:
        shape = self.probabilities.shape
        if len(shape) != 3 or shape[1] != shape[2] or self.tail.shape != shape[:1]:  # noqa: PLR2004
            raise ShapeError(f"a grid is (n, s, s) with a tail (n,), not {shape} and {self.tail.shape}")

    def __len__(self) -> int:
        return len(self.tail)

    def __getitem__(self, rows: int | slice | np.ndarray) -> "ScoreGrid":
        chosen = [rows] if isinstance(rows, int | np.integer) else rows
        return ScoreGrid(self.probabilities[chosen], self.tail[chosen])

    @property
    def size(self) -> int:
        """Scores a side, counting 0."""
        return int(self.probabilities.shape[1])

    @property
    def cells(self) -> Floats:
        """Shape (n, s²): each match's grid as one row, home goals slowest, summing to 1.

        The tail is spread in proportion, that is, prices are conditional on a score inside the grid.
        """
        flat = self.probabilities.reshape(len(self), self.size**2)
        inside: Floats = flat / flat.sum(axis=1, keepdims=True)
        return inside

    def home_goals(self) -> Floats:
        """Shape (n, s): distribution of the home side's goals."""
        return checks.floats("home goals", self.probabilities.sum(axis=2))

    def away_goals(self) -> Floats:
        """Shape (n, s): distribution of the away side's goals."""
        return checks.floats("away goals", self.probabilities.sum(axis=1))

    def expected_goals(self) -> tuple[Floats, Floats]:
        """Return both sides' expected goals, each of shape (n,), inside the grid."""
        goals = np.arange(self.size, dtype=np.float64)
        inside = 1.0 - self.tail
        return self.home_goals() @ goals / inside, self.away_goals() @ goals / inside

    def outcomes(self) -> Floats:
        """Shape (n, 3): home win, draw, away win, summing to 1."""
        cells = self.cells
        sign = np.sign(np.subtract.outer(np.arange(self.size), np.arange(self.size))).ravel()
        return np.stack([cells[:, sign == side].sum(axis=1) for side in (1, 0, -1)], axis=1)

    def likeliest(self, count: int = 5) -> tuple[np.ndarray, Floats]:
        """Return the likeliest scores, shape (n, count, 2), and their probabilities, shape (n, count).

        Parameters
        ----------
        count : int
            How many.
        """
        cells = self.cells
        order = np.argsort(-cells, axis=1, kind="stable")[:, :count]
        scores = np.stack(np.divmod(order, self.size), axis=2)
        return scores, np.take_along_axis(cells, order, axis=1)


def independent(home: Floats, away: Floats) -> ScoreGrid:
    """Multiply two marginal distributions of goals into a grid.

    Parameters
    ----------
    home, away : ndarray, shape (n, s)
        Chances of 0 to s − 1 goals; what is missing to 1 is the tail.

    Examples
    --------
    >>> grid = independent(np.array([[0.5, 0.5]]), np.array([[0.2, 0.7]]))
    >>> grid.probabilities[0].tolist(), float(grid.tail[0].round(12))
    ([[0.1, 0.35], [0.1, 0.35]], 0.1)
    """
    probabilities = home[:, :, None] * away[:, None, :]
    tail = 1.0 - home.sum(axis=1) * away.sum(axis=1)
    return ScoreGrid(probabilities, np.maximum(tail, 0.0))
