"""The Diebold–Mariano test of whether one forecaster is better than another, or luckier."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import NotEnoughData, UsageError
from monps.numerics.checks import Floats
from monps.numerics.resample import paired


class DieboldMariano(NamedTuple):
    """Whether one forecaster is better than another.

    Parameters
    ----------
    difference : float
        Mean loss of the first less that of the second.
    statistic : float
        The difference in standard errors, with the small-sample correction.
    p_value : float
        Two-sided, by Student's t with n − 1 degrees of freedom.
    """

    difference: float
    statistic: float
    p_value: float


def diebold_mariano(first: ArrayLike, second: ArrayLike, *, horizon: int = 1) -> DieboldMariano:
    """Test whether two forecasters have the same expected loss.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        Their losses at the same events, in the order of time.
    horizon : int
        How many steps ahead they look: losses up to horizon − 1 steps apart are taken to be correlated.

    Returns
    -------
    DieboldMariano

    Raises
    ------
    ShapeError
        If the arrays differ in length.
    UsageError
        If a loss is not finite, or the horizon is not in 1 … n − 1.
    NotEnoughData
        If the differences have no spread to be measured by.

    References
    ----------
    Diebold, F., Mariano, R. (1995), Comparing predictive accuracy, *Journal of Business and Economic
    Statistics* 13, 253–263; the weights are Bartlett's, Newey, W., West, K. (1987), *Econometrica* 55,
    703–708, so that the variance is never negative; the correction is Harvey, D., Leybourne, S., Newbold, P.
    (1997), Testing the equality of prediction mean squared errors, *International Journal of Forecasting* 13,
    281–291, eq. 9.

    Examples
    --------
    >>> diebold_mariano([1.0, 2.0, 3.0], [0.0, 2.0, 1.0]).statistic  # mean / (sd / √3)
    1.7320508075688772
    """
    difference = paired(first, second)
    count = len(difference)
    if not 1 <= horizon < count:
        raise UsageError(f"horizon must be from 1 to {count - 1}, not {horizon}")
    variance = _long_run_variance(difference, horizon)
    if variance <= 0.0:
        raise NotEnoughData("all losses differ by the same amount: there is no spread to test against")
    correction = (count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count
    mean = float(difference.mean())
    statistic = mean / np.sqrt(variance / count) * np.sqrt(correction)
    from scipy.stats import t  # noqa: PLC0415 - slow to import

    return DieboldMariano(mean, float(statistic), float(2.0 * t.sf(abs(statistic), count - 1)))


def _long_run_variance(difference: Floats, horizon: int) -> float:
    centred = difference - difference.mean()
    lags = range(1, horizon)
    covariances = [float(centred[lag:] @ centred[:-lag]) * (1.0 - lag / horizon) for lag in lags]
    return (float(centred @ centred) + 2.0 * sum(covariances)) / len(difference)
