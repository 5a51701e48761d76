"""How many more or fewer cards a referee shows than the teams alone would let one expect."""

from datetime import datetime

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.decay import half_life_weights
from monps.ratings.level import sums_known
from monps.tables.matches import SECONDS_A_DAY, MatchTable

HALF_LIFE_DAYS = 200.0
PRIOR_COUNT = 60.0
"""How firmly a referee is held to the average: as if so many had come just as expected."""


def referee_factors(table: MatchTable, rates: Floats) -> Floats:
    """Compare what each match's referee had shown by its morning with what had been expected of the teams.

    Parameters
    ----------
    table : MatchTable
        The n matches, with what is counted in the place of goals.
    rates : ndarray, shape (n, 2)
        Expected counts; NaN where there was no forecast.

    Returns
    -------
    ndarray, shape (n,)
        By how much to multiply each match's rates; 1 where the referee is not known.
    """
    referee = table.frame["referee"].fill_null("").to_numpy()
    expected = np.where(referee == "", np.nan, rates.sum(axis=1))
    values = np.stack([table.home_goals + table.away_goals, expected], axis=1)
    return _ratio(sums_known(table, values, HALF_LIFE_DAYS, groups=referee))


def referee_ratios(table: MatchTable, rates: Floats, as_of: datetime) -> dict[str, float]:
    """Return each referee's factor at one moment, at which all matches of the table must be known.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    rates : ndarray, shape (n, 2)
        As for ``referee_factors``.
    as_of : datetime
        The moment.
    """
    names = table.frame["referee"].fill_null("").to_numpy()
    chosen = (names != "") & np.isfinite(rates).all(axis=1)
    referees, place = np.unique(names[chosen], return_inverse=True)
    age = np.maximum(as_of.timestamp() / SECONDS_A_DAY - table.known_days[chosen], 0.0)
    weights = half_life_weights(age, HALF_LIFE_DAYS)
    counts = (table.home_goals + table.away_goals)[chosen], rates[chosen].sum(axis=1)
    sums = np.zeros((len(referees), 2))
    np.add.at(sums, place, weights[:, None] * np.stack(counts, axis=1))
    return dict(zip(referees.tolist(), _ratio(sums).tolist(), strict=True))


def _ratio(sums: Floats) -> Floats:
    """Return (shown + prior) / (expected + prior) of sums, shape (n, 2)."""
    shown, expected = sums.T + PRIOR_COUNT
    return np.asarray(shown / expected, dtype=np.float64)
