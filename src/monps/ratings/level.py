"""Whether goals have lately been more than expected: the level of a league's rates, kept up to date."""

import numpy as np

from monps.numerics.checks import Floats, Ints
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
    level, known = np.ones(len(table)), np.isfinite(rates[:, 0])
    competition = table.frame["competition"].to_numpy()
    for code in np.unique(competition):
        rows = np.flatnonzero(competition == code)
        level[rows] = _level(table, rates, rows, rows[known[rows]])
    return level


def _level(table: MatchTable, rates: Floats, rows: Ints, learned: Ints) -> Floats:
    """Weigh goals and expectations by the age of the day on which they became known."""
    order = learned[np.argsort(table.known_days[learned], kind="stable")]
    if not len(order):
        return np.ones(len(rows))
    first = table.known_days[order[0]]
    weights = np.exp2((table.known_days[order] - first) / HALF_LIFE_DAYS)
    goals = table.home_goals[order] + table.away_goals[order]
    both = weights * np.stack([goals, rates[order].sum(axis=1)])
    sums = np.pad(np.cumsum(both, axis=1), ((0, 0), (1, 0)))
    mornings = np.floor(table.kickoff_days[rows])
    place = np.searchsorted(table.known_days[order], mornings, side="right")
    fade = np.exp2((first - mornings) / HALF_LIFE_DAYS)
    scored, expected = fade * sums[:, place]
    return np.asarray((scored + PRIOR_GOALS) / (expected + PRIOR_GOALS))
