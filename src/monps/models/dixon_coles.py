"""Poisson counts whose low scores hang together."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import bounds, dixon_coles_grid


class DixonColes(ScoreModel):
    """Poisson counts with ρ for 0–0, 1–0, 0–1 and 1–1, fitted jointly with the strengths.

    ρ is held within the bounds of each match's own rates, so that no score's probability is negative.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores and inefficiencies in the football betting
    market, Applied Statistics 46(2), eq. 4.1–4.3.
    """

    name: ClassVar[str] = "dixon_coles"
    low_scores: Literal[True] = True

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        return dixon_coles_grid(home, away, np.clip(shape["rho"], *bounds(home, away)))
