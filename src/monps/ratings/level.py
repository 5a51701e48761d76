"""Whether goals have lately been more than expected: the level of a league's rates, kept up to date."""

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.running_sums import Observations, Questions, fading_sums
from monps.tables.matches import MatchTable

HALF_LIFE_DAYS = 365.0
PRIOR_GOALS = 300.0
"""How firmly the level is held to what the rates say: as if so many goals had come just as expected."""


def rolling_level(table: MatchTable, rates: Floats) -> Floats:
    """Compare the goals of each competition's past matches with what had been expected of them.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    rates : ndarray, shape (n, 2)
        Expected goals; NaN where there was no forecast.

    Returns
    -------
    ndarray, shape (n,)
        By how much to multiply each match's rates, from the matches known on its morning.
    """
    goals, expected = table.home_goals + table.away_goals, rates.sum(axis=1)
    scored, foreseen = sums_known(table, np.stack([goals, expected], axis=1), HALF_LIFE_DAYS).T
    return np.asarray((scored + PRIOR_GOALS) / (foreseen + PRIOR_GOALS))


def sums_known(
    table: MatchTable, values: Floats, half_life_days: float, *, groups: np.ndarray | None = None
) -> Floats:
    """Sum something over the matches of the same group that are known on each match's morning.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    values : ndarray, shape (n, k)
        What is summed; a match of which any is NaN does not count.
    half_life_days : float
        Age, from the moment on which it became known, at which a match counts half.
    groups : ndarray, shape (n,), optional
        Labels; matches of one group are summed together (default: those of one competition).

    Returns
    -------
    ndarray, shape (n, k)
    """
    group = table.frame["competition"].to_numpy() if groups is None else groups
    counted = np.isfinite(values).all(axis=1) & table.is_played
    codes = np.unique(group, return_inverse=True)[1]
    seen = Observations(table.known_days[counted], codes[counted], values[counted])
    return fading_sums(seen, Questions(np.floor(table.kickoff_days), codes), half_life_days)
