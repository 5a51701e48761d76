"""Poisson counts around strengths that every result moves a little."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal

import numpy as np
from pydantic import PositiveFloat

from monps.models.base import ScoreModel
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import bounds, dixon_coles_grid
from monps.ratings.score_driven import filter_rates, filter_strengths
from monps.ratings.strengths import StrengthFit, Strengths
from monps.ratings.walk import WalkedRates
from monps.tables.matches import MatchTable


class ScoreDriven(ScoreModel):
    """Strengths come from a filter instead of a fit; scores hang together as Dixon and Coles have it.

    A match costs the same few sums however long the history is. All settings mean what they mean in a fit;
    teams have no home advantages of their own, and newcomers are as strong as they usually are.

    References
    ----------
    Koopman & Lit (2019), Forecasting football match results in national league competitions using
    score-driven time series models, International Journal of Forecasting 35(2).
    """

    name: ClassVar[str] = "score_driven"
    ridge: PositiveFloat = 10.0
    learn_newcomers: Literal[False] = False
    own_advantage_ridge: None = None
    low_scores: Literal[True] = True

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        return dixon_coles_grid(home, away, np.clip(shape["rho"], *bounds(home, away)))

    def walk(self, table: MatchTable, wanted: Bools) -> WalkedRates:
        """Return the rates that the filter gives to the wanted matches."""
        return filter_rates(table, self, wanted)

    def _strengths(self, known: MatchTable, as_of: datetime, start: Strengths | None) -> StrengthFit:  # noqa: ARG002
        return filter_strengths(known, self, as_of)
