"""Counts of Weibull waiting times, hung together by a copula."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.copula import frank_grid
from monps.numerics.grid import GRID_SIZE, ScoreGrid
from monps.numerics.weibull_counts import HIGHEST_SHAPE, LOWEST_SHAPE, weibull_count_pmf


class WeibullCopula(ScoreModel):
    """Goals whose chance changes with the time since the last one, joined by Frank's copula.

    ``waiting`` is the Weibull shape: 1 is Poisson, above 1 goals come more evenly. ``dependence`` is the
    copula's κ, 0 for independence.

    References
    ----------
    Boshnakov, Kharrat & McHale (2017), A bivariate Weibull count model for forecasting association football
    scores, International Journal of Forecasting 33(2), eq. 2–7.
    """

    name: ClassVar[str] = "weibull_copula"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {
        "waiting": (LOWEST_SHAPE, HIGHEST_SHAPE),
        "dependence": (-2.0, 2.0),
    }
    low_scores: Literal[False] = False

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        sides = [weibull_count_pmf(rate, shape["waiting"], GRID_SIZE - 1) for rate in (home, away)]
        return frank_grid(sides[0], sides[1], shape["dependence"])
