"""Poisson counts that share a part."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.counts import log_factorials, poisson_log_pmf
from monps.numerics.grid import GRID_SIZE, ScoreGrid


class BivariatePoisson(ScoreModel):
    """Each side's goals are its own Poisson count plus one that both share.

    The shared count's mean, which is the covariance, is a ``share`` of the lower of the two rates; so the
    rates stay what the strengths give, and a share of 0 is independence.

    References
    ----------
    Karlis & Ntzoufras (2003), Analysis of sports data by using bivariate Poisson models, The Statistician
    52(3), eq. 1.
    """

    name: ClassVar[str] = "bivariate_poisson"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {"share": (0.0, 0.5)}
    low_scores: Literal[False] = False

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        common = shape["share"] * np.minimum(home, away)
        counts = np.arange(GRID_SIZE)
        shared = np.exp(-common[:, None] - log_factorials(GRID_SIZE - 1)) * common[:, None] ** counts
        alone = [np.exp(poisson_log_pmf(rate - common, GRID_SIZE - 1)) for rate in (home, away)]
        grid = np.zeros((len(home), GRID_SIZE, GRID_SIZE))
        for both in counts:
            left = GRID_SIZE - both
            together = alone[0][:, :left, None] * alone[1][:, None, :left]
            grid[:, both:, both:] += shared[:, both, None, None] * together
        return ScoreGrid(grid, np.maximum(1.0 - grid.sum(axis=(1, 2)), 0.0))
