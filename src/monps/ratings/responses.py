"""What stands for goals when strengths are fitted: goals, or a blend with what makes goals."""

import numpy as np
from pydantic import NonNegativeFloat, model_validator

from monps.domain.base import Noun
from monps.errors import UsageError
from monps.numerics.checks import Floats
from monps.tables.matches import MatchTable

GOALS_EACH = {
    "goals": 1.0,
    "expected_goals": 1.0,
    "shots_on_target": 0.31,
    "shots": 0.108,
    "implied_goals": 1.0,
}
"""Goals that one unit of a statistic is worth on average; only the blend's balance hangs on it, for the
level of the rates is set on goals in the end."""


class Blend(Noun):
    """Shares of each statistic in a side's response; they are read in proportion to their sum.

    A statistic that is unknown for a match leaves its share to the others.

    Examples
    --------
    >>> Blend(goals=0.3, expected_goals=0.7).shares()
    {'goals': 0.3, 'expected_goals': 0.7}
    """

    goals: NonNegativeFloat = 1.0
    expected_goals: NonNegativeFloat = 0.0
    shots_on_target: NonNegativeFloat = 0.0
    shots: NonNegativeFloat = 0.0
    implied_goals: NonNegativeFloat = 0.0

    @model_validator(mode="after")
    def _something_is_there(self) -> "Blend":
        if not self.goals > 0:
            raise ValueError("goals need a share above 0: they are all that every match has")
        return self

    @property
    def is_goals(self) -> bool:
        """Whether goals stand alone."""
        return self.shares().keys() == {"goals"}

    def shares(self) -> dict[str, float]:
        """Return the statistics that have a share."""
        return {name: share for name in GOALS_EACH if (share := getattr(self, name)) > 0}


def side_response(table: MatchTable, side: str, blend: Blend) -> Floats:
    """Return the response of one side of every match.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    side : {"home", "away"}
        Which side.
    blend : Blend
        Shares of the statistics.

    Returns
    -------
    ndarray, shape (n,)
        At least 0, in goals; NaN for a fixture.

    Raises
    ------
    UsageError
        If a match was played and nobody knows the goals.
    """
    goals = table.column(f"{side}_goals")
    if blend.is_goals and np.isfinite(goals).all():
        return goals
    total, weight = np.zeros(len(table)), np.zeros(len(table))
    for name, share in blend.shares().items():
        values = table.column(f"{side}_{name}")
        known = np.isfinite(values)
        total += np.where(known, share * GOALS_EACH[name] * values, 0.0)
        weight += np.where(known, share, 0.0)
    unknown = weight == 0
    if missing := int((unknown & table.is_played).sum()):
        raise UsageError(f"{missing} matches have no goals of the {side} side")
    response: Floats = np.divide(total, weight, out=np.full(len(table), np.nan), where=~unknown)
    return response
