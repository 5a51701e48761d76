"""Poisson counts with more goalless draws."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from monps.models.base import ScoreModel
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import dixon_coles_grid


class ZeroInflatedPoisson(ScoreModel):
    """A share of the matches is goalless whoever plays; the others are two independent Poisson counts.

    Their rates are raised so that all matches together have those of the strengths.

    References
    ----------
    Lambert (1992), Zero-inflated Poisson regression, Technometrics 34(1); Karlis & Ntzoufras (2003),
    Analysis of sports data by using bivariate Poisson models, The Statistician 52(3), section 2.3: the
    diagonal inflated model with its mass at 0–0.
    """

    name: ClassVar[str] = "zero_inflated_poisson"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {"goalless": (0.0, 0.2)}
    low_scores: Literal[False] = False

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        open_share = 1.0 - shape["goalless"]
        played = dixon_coles_grid(home / open_share, away / open_share)
        inflated = open_share * played.probabilities
        inflated[:, 0, 0] += shape["goalless"]
        return ScoreGrid(inflated, open_share * played.tail)
