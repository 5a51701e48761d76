"""A single rating that speaks beside the agents: the pool weighs old against new, goals against shots."""

from typing import Annotated

import numpy as np
from pydantic import StringConstraints

from monps.agents.base import Agent, Forecast, History
from monps.numerics.checks import Bools
from monps.ratings.level import rolling_level
from monps.ratings.responses import Blend
from monps.ratings.strengths import USUAL_RHO, StrengthSettings
from monps.ratings.walk import walk

USUAL_DISPERSION = 1.08
"""How scores scatter around good rates, in every league that was looked at."""

_NEXT_TO_NOTHING = 1e-9


class Voice(Agent):
    """What one statistic says of the teams, remembered for so long.

    It is no forecast to go by: beside good ones, what counts is by how much two voices differ.

    Parameters
    ----------
    label : str
        What it is called.
    statistic : str
        A field of ``Blend``; goals stand in where it is unknown.
    half_life_days : float
        Age at which a match weighs half.
    ridge : float
        Precision of the prior of each strength.
    """

    label: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    statistic: str
    half_life_days: float
    ridge: float = 4.0

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label

    @property
    def rated_by(self) -> tuple[StrengthSettings, ...]:
        """Its one rating."""
        blend = Blend(**({"goals": _NEXT_TO_NOTHING} | {self.statistic: 1.0}))
        return (
            StrengthSettings(
                half_life_days=self.half_life_days,
                ridge=self.ridge,
                response=blend,
                low_scores=False,
                level_on_goals=False,
            ),
        )

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Walk the rating, and set its level by the goals of the matches before."""
        table = history.matches
        walked = walk(table, self.rated_by[0], wanted)
        level = rolling_level(table, np.stack([walked.home, walked.away], axis=1))
        n = len(table)
        return Forecast(
            walked.home * level, walked.away * level, np.full(n, USUAL_RHO), USUAL_DISPERSION, walked.refits
        )
