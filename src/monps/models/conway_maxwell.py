"""Counts that scatter less than Poisson, with linked low scores."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.conway_maxwell import DISPERSION_BOUNDS, conway_maxwell_grid
from monps.numerics.grid import ScoreGrid


class ConwayMaxwell(ScoreModel):
    """Conway–Maxwell–Poisson counts, linked at the low scores as Dixon and Coles do.

    References
    ----------
    Shmueli et al. (2005), A useful distribution for fitting discrete data, Applied Statistics 54(1); Dixon &
    Coles (1997), Modelling association football scores, eq. 4.2.
    """

    name: ClassVar[str] = "conway_maxwell"
    low_scores: Literal[False] = False
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {
        "dispersion": DISPERSION_BOUNDS,
        "rho": (-0.25, 0.25),
    }

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        return conway_maxwell_grid(home, away, shape["rho"], shape["dispersion"])
