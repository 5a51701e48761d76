"""How much the past weighs."""

import numpy as np

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats


def half_life_weights(age_days: Floats, half_life_days: float | None) -> Floats:
    """Weigh observations by their age: 1 when new, ½ after one half-life.

    Parameters
    ----------
    age_days : ndarray, shape (n,)
        Age in days, at least 0: what lies in the future has no weight to be given.
    half_life_days : float or None
        ``None`` weighs all alike.

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    UsageError
        If an age is negative or the half-life is not above 0.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, section 4.2, with ξ = ln 2 / half-life.

    Examples
    --------
    >>> half_life_weights(np.array([0.0, 10.0, 20.0]), half_life_days=10.0).tolist()
    [1.0, 0.5, 0.25]
    """
    ages = checks.non_negative("age_days", age_days)
    if half_life_days is None:
        return np.ones_like(ages)
    if not half_life_days > 0:
        raise UsageError(f"half_life_days must be above 0, not {half_life_days:g}")
    return np.exp2(-ages / half_life_days)
