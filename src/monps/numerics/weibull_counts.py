"""Counts of events whose waiting times follow the Weibull distribution: Poisson is the case of shape 1."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.counts import log_factorials

_TERMS = 80
_MAX_STEPS = 50
HIGHEST_MEAN = 8.0
"""Beyond this mean, the alternating series loses the digits that are wanted."""
LOWEST_SHAPE, HIGHEST_SHAPE = 0.8, 1.4


def weibull_count_pmf(means: Floats, shape: float, highest: int) -> Floats:
    """Tabulate the Weibull count distribution, its scale set so that the mean is what is asked.

    Parameters
    ----------
    means : ndarray, shape (n,)
        Expected counts, above 0 and up to ``HIGHEST_MEAN``.
    shape : float
        Of the waiting times: 1 is Poisson, above 1 the counts spread less, below 1 more.
    highest : int
        The last count of the table.

    Returns
    -------
    ndarray, shape (n, highest + 1)

    Raises
    ------
    UsageError
        If a mean is not in the range, or the shape is not from ``LOWEST_SHAPE`` to ``HIGHEST_SHAPE``.

    References
    ----------
    McShane, Adrian, Bradlow & Fader (2008), Count models based on Weibull interarrival times, Journal of
    Business & Economic Statistics 26(3), eq. 6; Boshnakov, Kharrat & McHale (2017), A bivariate Weibull
    count model for forecasting association football scores, International Journal of Forecasting 33(2).

    Examples
    --------
    >>> weibull_count_pmf(np.array([2.0]), 1.0, 2).round(4).tolist()
    [[0.1353, 0.2707, 0.2707]]
    """
    checks.within("shape", shape, LOWEST_SHAPE, HIGHEST_SHAPE)
    asked = checks.within("means", checks.positive("means", means), 0.0, HIGHEST_MEAN)
    series = _series(float(shape))
    powers = _powers(_log_scales(asked, series))
    # The series alternates: rounding may leave a far count at −1e−15.
    return np.maximum(powers @ series[: highest + 1].T, 0.0)


def _powers(log_scales: Floats) -> Floats:
    return np.asarray(np.exp(np.outer(log_scales, np.arange(_TERMS))), dtype=np.float64)


def _log_scales(means: Floats, series: Floats) -> Floats:
    """Find the scales of these means: Newton on the logarithms of both, between which the curve is mild."""
    order = np.arange(float(_TERMS))
    of_mean, scales = order @ series, np.log(means)
    for _ in range(_MAX_STEPS):
        powers = _powers(scales)
        mean = powers @ of_mean
        step = np.log(means / mean) * mean / (powers @ (of_mean * order))
        scales = scales + step
        if np.abs(step).max(initial=0.0) < 1e-12:  # noqa: PLR2004 - rounding
            break
    return scales


@lru_cache(maxsize=16)
def _series(shape: float) -> Floats:
    """Return the coefficients of the powers of the scale, a row for each count, shape (terms, terms)."""
    order = np.arange(_TERMS)
    ratios = np.exp(_log_gammas(1.0 + shape * order) - log_factorials(_TERMS - 1))
    lag = np.subtract.outer(order, order)
    steps = np.where(lag > 0, ratios[np.maximum(lag, 0)], 0.0)
    rows = [ratios]
    for count in range(1, _TERMS):
        rows.append(steps @ np.where(order >= count - 1, rows[-1], 0.0))
    signs = np.where(lag % 2 == 0, 1.0, -1.0)
    return np.where(lag.T >= 0, signs * np.stack(rows) * np.exp(-_log_gammas(1.0 + shape * order)), 0.0)


def _log_gammas(values: NDArray[np.floating]) -> Floats:
    from scipy.special import gammaln  # noqa: PLC0415 - slow to import, and one model needs it

    return np.asarray(gammaln(values), dtype=np.float64)
