"""Goal rates from a rating difference, by a regression on earlier seasons."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.decay import half_life_weights
from monps.numerics.low_scores import fit_rho
from monps.numerics.poisson_regression import fit_poisson_regression
from monps.ratings.walk import WalkedRates
from monps.tables.matches import MatchTable

_CENTRE = np.array([0.40, 0.15, 0.0])
_PRECISION = np.array([4.0, 4.0, 1.0])
"""A weak prior on the levels, as strengths have, and a weaker one on the slope by standard deviation."""
_SMALLEST = 1e-12
HALF_LIFE_DAYS = 1000.0
"""Levels drift from season to season: away goals are a tenth more than ten years ago."""


class Differences(Protocol):
    """A rating that says by how much the home side was better, on the morning of each match."""

    def differences(self, table: MatchTable) -> Floats:
        """Shape (n,): the differences of all matches of a table."""
        ...


def difference_rates(table: MatchTable, ratings: Differences, wanted: Bools) -> WalkedRates:
    """Turn rating differences d into goal rates, log λ = a + b·d and log ν = c − b·d.

    What a, b, c and ρ are is learned, for each season of each competition, from the competition's earlier
    seasons; but not from its first, in which the ratings themselves had to be learned.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    ratings : Differences
        The rating.
    wanted : ndarray of bool, shape (n,)
        The matches to predict.

    Returns
    -------
    WalkedRates
        NaN for matches that were not asked for, or before which there were not two seasons.
    """
    differences = ratings.differences(table)
    rates, refits = np.full((3, len(table)), np.nan), 0
    for learned, asked in _seasons(table, wanted):
        scale = max(float(np.std(differences[learned])), _SMALLEST)
        d, goals = differences[learned] / scale, (table.home_goals[learned], table.away_goals[learned])
        age = table.kickoff_days[asked].min() - table.kickoff_days[learned]
        weights = half_life_weights(age, HALF_LIFE_DAYS)
        line = _line(d, goals, weights)
        rates[:2, asked] = _rates(line, differences[asked] / scale)
        rates[2, asked] = fit_rho(_rates(line, d), goals, weights)
        refits += 1
    return WalkedRates(rates[0], rates[1], rates[2], refits)


def _seasons(table: MatchTable, wanted: Bools) -> Iterator[tuple[Bools, Bools]]:
    """Yield the matches to learn from, and those to predict, of each competition's seasons."""
    competition, season = table.frame["competition"].to_numpy(), table.column("season")
    for code in np.unique(competition[wanted]):
        league = competition == code
        rated = league & (season > season[league].min())
        for year in np.unique(season[league & wanted]):
            asked = league & wanted & (season == year)
            morning = np.floor(table.kickoff_days[asked].min())
            learned = rated & (season < year) & (table.known_days <= morning)
            if learned.any():
                yield learned, asked


def _line(d: Floats, goals: tuple[Floats, Floats], weights: Floats) -> Floats:
    """Fit a, c and b to both sides' goals."""
    one, none = np.ones_like(d), np.zeros_like(d)
    design = np.concatenate([np.stack([one, none, d], axis=1), np.stack([none, one, -d], axis=1)])
    both = np.tile(weights, 2)
    return fit_poisson_regression(design, np.concatenate(goals), both, centre=_CENTRE, precision=_PRECISION)


def _rates(line: Floats, differences: Floats) -> tuple[Floats, Floats]:
    home, away, slope = line
    return np.exp(home + slope * differences), np.exp(away - slope * differences)
