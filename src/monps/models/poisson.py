"""Two independent Poisson counts."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import dixon_coles_grid


class Poisson(ScoreModel):
    """Goals of the two sides are independent Poisson counts.

    References
    ----------
    Maher (1982), Modelling association football scores, Statistica Neerlandica 36(3).
    """

    name: ClassVar[str] = "poisson"
    low_scores: Literal[False] = False

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:  # noqa: ARG002
        """Return the grids of n matches."""
        return dixon_coles_grid(home, away)
