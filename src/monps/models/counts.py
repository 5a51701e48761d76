"""Corners and cards: strengths for and against, a referee, and counts on a grid of their own.

The teams' effects are found as for goals. Corners spread more than Poisson and one side's come at the cost
of the other's; cards spread less, and come to both sides together. So the two have other distributions.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import numpy as np
from pydantic import PositiveFloat

from monps.domain.base import Noun
from monps.errors import NotEnoughData
from monps.models.fitted_counts import FittedCounts
from monps.models.shape import fit_shape
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import DISPERSION_BOUNDS, conway_maxwell_log_pmf
from monps.numerics.copula import frank_grid
from monps.numerics.counts import negative_binomial_log_pmf
from monps.numerics.grid import GRID_SIZE, ScoreGrid
from monps.ratings.counted import counted
from monps.ratings.referees import referee_factors, referee_ratios
from monps.ratings.strengths import StrengthSettings, fit_strengths
from monps.ratings.walk import WalkedRates, walk
from monps.tables.matches import MatchTable

CORNERS_GRID_SIZE = 26
DEPENDENCE_BOUNDS = (-3.0, 3.0)
LEARNED_SEASONS = 3
"""Seasons whose forecasts, as they were made at the time, teach the shape and the referees."""


class CountModel(Noun, ABC):
    """A recipe for what is counted: frozen and hashable, nothing of it fitted.

    Parameters
    ----------
    half_life_days : float
        Age at which a match weighs half.
    ridge : float
        Precision of the prior of each team's effects.
    """

    subject: ClassVar[str]
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]]
    looks_at_referees: ClassVar[bool] = False
    half_life_days: PositiveFloat = 200.0
    ridge: PositiveFloat = 40.0

    @abstractmethod
    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches from their rates, each of shape (n,), and the shape parameters."""

    @property
    def settings(self) -> StrengthSettings:
        """How the teams' effects are fitted."""
        return StrengthSettings(
            half_life_days=self.half_life_days,
            ridge=self.ridge,
            newcomer_attack=0.0,
            newcomer_defence=0.0,
            low_scores=False,
        )

    def walk(self, table: MatchTable, wanted: Bools) -> WalkedRates:
        """Return the rates that a fit on the morning of each wanted match gives.

        Parameters
        ----------
        table : MatchTable
            The n matches, with their statistics.
        wanted : ndarray of bool, shape (n,)
            The matches to predict; the others are only learned from.

        Returns
        -------
        WalkedRates
            NaN for matches that were not asked for, or of which the count is not known; ρ is 0.
        """
        known = counted(MatchTable(table.frame.with_row_index("row")), self.subject)
        rows = known.frame["row"].to_numpy().astype(np.int64)
        plain, factors = self._walk(known, wanted[rows])
        rates = np.full((2, len(table)), np.nan)
        rates[:, rows] = np.where(wanted[rows], (plain * factors[:, None]).T, np.nan)
        return WalkedRates(rates[0], rates[1], 0.0 * rates[0], 0)

    def _walk(self, known: MatchTable, wanted: Bools) -> tuple[Floats, Floats]:
        """Return rates without the referee, shape (n, 2), and the referees' factors, shape (n,)."""
        season = known.column("season")
        if self.looks_at_referees and wanted.any():
            wanted = wanted | (season >= season[wanted].min() - LEARNED_SEASONS)
        walked = walk(known, self.settings, wanted)
        rates = np.stack([walked.home, walked.away], axis=1)
        return rates, referee_factors(known, rates) if self.looks_at_referees else np.ones(len(known))

    def fit(self, table: MatchTable, as_of: datetime | None = None) -> FittedCounts:
        """Fit to the matches that were known at a moment.

        The shape and the referees are learned from the forecasts that the last seasons would have had, so
        that they know how far off such forecasts are.

        Parameters
        ----------
        table : MatchTable
            Matches of one competition, with their statistics.
        as_of : datetime, optional
            From when one looks; default: when the newest match became known.

        Returns
        -------
        FittedCounts

        Raises
        ------
        NotEnoughData
            If the count of no match was known.
        """
        moment = as_of or table.last_known_at()
        known = counted(table.until(moment), self.subject)
        strengths = fit_strengths(known, self.settings, moment).strengths
        lately = _lately(known)
        plain, factors = self._walk(known, lately)
        home, away = (plain * factors[:, None])[lately].T
        goals = known.home_goals[lately], known.away_goals[lately]
        shape = fit_shape(self, goals, (home, away), np.ones(int(lately.sum())))
        referees = referee_ratios(known, plain, moment) if self.looks_at_referees else {}
        return FittedCounts(self, strengths, shape, referees)

    def referees(self, table: MatchTable, as_of: datetime) -> dict[str, float]:
        """Return by how much each referee multiplies the counts, as ``fit`` learns it.

        Parameters
        ----------
        table : MatchTable
            Matches of one competition, with their statistics.
        as_of : datetime
            From when one looks.

        Raises
        ------
        NotEnoughData
            If the count of no match was known.
        """
        known = counted(table.until(as_of), self.subject)
        if not len(known):
            raise NotEnoughData(f"no {self.subject} were counted")
        plain, _ = self._walk(known, _lately(known))
        return referee_ratios(known, plain, as_of) if self.looks_at_referees else {}


def _lately(known: MatchTable) -> Bools:
    """Shape (n,): the matches of the last seasons."""
    season = known.column("season")
    return np.asarray(season > season.max() - LEARNED_SEASONS)


class Corners(CountModel):
    """Negative binomial counts, joined by Frank's copula: one side's corners come at the other's cost.

    References
    ----------
    Cameron & Trivedi (2013), Regression Analysis of Count Data, section 3.3; McHale & Scarf (2011),
    Modelling the dependence of goals scored by opposing teams, Statistical Modelling 11(3).
    """

    subject: ClassVar[str] = "corners"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {
        "dispersion": (1e-4, 0.4),
        "dependence": DEPENDENCE_BOUNDS,
    }
    ridge: PositiveFloat = 120.0

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        sides = [
            np.exp(negative_binomial_log_pmf(rate, shape["dispersion"], CORNERS_GRID_SIZE - 1))
            for rate in (home, away)
        ]
        return frank_grid(sides[0], sides[1], shape["dependence"])


class Cards(CountModel):
    """Conway–Maxwell–Poisson counts, joined by Frank's copula: heated matches are heated for both.

    A red card counts as one, as a yellow one does.

    References
    ----------
    Shmueli et al. (2005), A useful distribution for fitting discrete data, Applied Statistics 54(1); McHale
    & Scarf (2011), Modelling the dependence of goals scored by opposing teams, Statistical Modelling 11(3).
    """

    subject: ClassVar[str] = "cards"
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {
        "dispersion": DISPERSION_BOUNDS,
        "dependence": DEPENDENCE_BOUNDS,
    }
    looks_at_referees: ClassVar[bool] = True
    ridge: PositiveFloat = 40.0

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches."""
        sides = [
            np.exp(conway_maxwell_log_pmf(rate, shape["dispersion"], GRID_SIZE - 1)) for rate in (home, away)
        ]
        return frank_grid(sides[0], sides[1], shape["dependence"])


COUNT_MODELS: dict[str, type[CountModel]] = {model.subject: model for model in (Corners, Cards)}
"""Every count model by what it counts."""
