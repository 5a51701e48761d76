"""Counts with more spread than Poisson's."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.counts import negative_binomial_log_pmf
from monps.numerics.grid import GRID_SIZE, ScoreGrid
from monps.numerics.low_scores import bounds, link


class NegativeBinomial(ScoreModel):
    """Goals with variance ``rate + rate² · dispersion``, linked at the low scores as Dixon and Coles do.

    References
    ----------
    Reep, Pollard & Benjamin (1971), Skill and chance in ball games, Journal of the Royal Statistical
    Society A 134(4); Cameron & Trivedi (2013), Regression Analysis of Count Data, section 3.3.
    """

    name: ClassVar[str] = "negative_binomial"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {
        "dispersion": (1e-4, 0.3),
        "rho": (-0.25, 0.25),
    }
    low_scores: Literal[False] = False

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        sides = [
            np.exp(negative_binomial_log_pmf(rate, shape["dispersion"], GRID_SIZE - 1))
            for rate in (home, away)
        ]
        limits = bounds(*(side[:, 1] / side[:, 0] for side in sides))
        return link(sides[0], sides[1], np.clip(shape["rho"], *limits))
