"""Fitted corners and cards: expected counts and their grids, for teams and referees by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from monps.errors import UsageError
from monps.models.base import pair_numbers
from monps.models.shape import Shaped
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.ratings.strengths import Strengths


@dataclass(frozen=True, slots=True, eq=False)
class FittedCounts:
    """A recipe with what fitting found; it predicts.

    Parameters
    ----------
    spec : Shaped
        The recipe, which says how counts are distributed around their rates.
    strengths : Strengths
        How much each team's own count is raised, and its opponents' lowered.
    shape : mapping of str to float
        The distribution's own parameters.
    referees : mapping of str to float
        By how much each referee multiplies both sides' rates.
    """

    spec: Shaped
    strengths: Strengths
    shape: Mapping[str, float]
    referees: Mapping[str, float]

    def rates(
        self,
        homes: Sequence[str],
        aways: Sequence[str],
        *,
        referees: Sequence[str | None] = (),
        neutral: bool = False,
    ) -> tuple[Floats, Floats]:
        """Return both sides' expected counts, each of shape (n,).

        Parameters
        ----------
        homes, aways : sequence of str, length n
            The teams' names; one that was never seen counts as average.
        referees : sequence of str or None, length n, optional
            Their names; one that is not known counts as average.
        neutral : bool
            Whether nobody plays at home.

        Raises
        ------
        UsageError
            If the sequences do not fit together.
        """
        numbers = pair_numbers(self.strengths.teams, homes, aways)
        named = referees or [None] * len(homes)
        if len(named) != len(homes):
            raise UsageError(f"{len(named)} referees cannot lead {len(homes)} matches")
        factors = np.array([self.referees.get(name or "", 1.0) for name in named], dtype=np.float64)
        log_home, log_away = self.strengths.log_rates(*numbers, advantage=not neutral)
        return np.exp(log_home) * factors, np.exp(log_away) * factors

    def grid(
        self,
        homes: Sequence[str],
        aways: Sequence[str],
        *,
        referees: Sequence[str | None] = (),
        neutral: bool = False,
    ) -> ScoreGrid:
        """Return the grids of n matches, which ``monps.markets.price`` prices; see ``rates``."""
        rates = self.rates(homes, aways, referees=referees, neutral=neutral)
        return self.spec.scorelines(*rates, self.shape)
