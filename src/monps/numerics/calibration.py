"""Whether probabilities mean what they say: reliability and calibration error."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints
from monps.numerics.scoring import outcome_indices


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Forecasts in bins of equal mass against what happened.

    Parameters
    ----------
    forecast, observed : ndarray, shape (b,)
        Mean probability and share of events in each bin, from the lowest probabilities up.
    error : ndarray, shape (b,)
        Standard deviation that the observed share has when the forecasts are right.
    count : ndarray of int, shape (b,)
        Forecasts in each bin.
    """

    forecast: Floats
    observed: Floats
    error: Floats
    count: Ints

    @property
    def calibration_error(self) -> float:
        """Mean distance of observed shares from forecasts, each bin by its count."""
        return float(np.average(np.abs(self.observed - self.forecast), weights=self.count))


def reliability(probabilities: ArrayLike, events: ArrayLike, *, bins: int = 10) -> Reliability:
    """Sort forecasts of yes-or-no events into bins with the same number of forecasts.

    Parameters
    ----------
    probabilities : array_like, shape (n,)
    events : array_like, shape (n,)
        1 or true where the event happened.
    bins : int
        How many; no more than n.

    Returns
    -------
    Reliability

    Raises
    ------
    ShapeError
        If the arrays differ in length.
    UsageError
        If a probability is outside [0, 1], an event is neither 0 nor 1, or there are more bins than
        forecasts.

    References
    ----------
    DeGroot, M., Fienberg, S. (1983), The comparison and evaluation of forecasters, *The Statistician* 32,
    12–22.

    Examples
    --------
    >>> bars = reliability([0.1, 0.3, 0.6, 0.8], [0, 0, 1, 1], bins=2)
    >>> bars.forecast.tolist(), bars.observed.tolist(), round(bars.calibration_error, 12)
    ([0.2, 0.7], [0.0, 1.0], 0.25)
    """
    chances = checks.dimensions("probabilities", checks.within("probabilities", probabilities, 0.0, 1.0), 1)
    happened = outcome_indices(events, 2).astype(np.float64)
    size = checks.same_length(probabilities=chances, events=happened)
    if not 1 <= bins <= size:
        raise UsageError(f"bins must be from 1 to the number of forecasts, {size}, not {bins}")
    rank = np.empty(size, dtype=np.int64)
    rank[np.argsort(chances, kind="stable")] = np.arange(size)
    place = rank * bins // size
    count = np.bincount(place, minlength=bins)
    forecast = np.bincount(place, chances) / count
    variance = np.bincount(place, chances * (1.0 - chances)) / count
    return Reliability(forecast, np.bincount(place, happened) / count, np.sqrt(variance / count), count)


def expected_calibration_error(probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 10) -> float:
    """Return the calibration error of each outcome against all others, averaged over the outcomes.

    Parameters
    ----------
    probabilities : array_like, shape (n, k)
        Each row sums to 1.
    outcomes : array_like of int, shape (n,)
        Index of what happened.
    bins : int
        Bins of equal mass for each outcome.

    Returns
    -------
    float
        In [0, 1]. Above 0 even for perfect forecasts, by chance, and the more so the more bins there are.

    Raises
    ------
    ShapeError, UsageError
        As :func:`reliability`.

    References
    ----------
    Kull, M. et al. (2019), Beyond temperature scaling, *NeurIPS* 32 ("classwise ECE"); bins of equal mass:
    Nixon, J. et al. (2019), Measuring calibration in deep learning, *CVPR workshops*.

    Examples
    --------
    >>> expected_calibration_error([[0.75, 0.25]] * 4, [0, 0, 0, 1], bins=1)
    0.0
    """
    forecast = checks.dimensions("probabilities", checks.distributions("probabilities", probabilities), 2)
    happened = outcome_indices(outcomes, forecast.shape[1])
    errors = [
        reliability(chances, happened == index, bins=bins).calibration_error
        for index, chances in enumerate(forecast.T)
    ]
    return float(np.mean(errors))
