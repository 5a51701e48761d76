"""Log-probabilities of counts, tabulated from 0 to a highest count for n means at once."""

import numpy as np

from monps.numerics import checks
from monps.numerics.checks import Floats


def log_factorials(highest: int) -> Floats:
    """Shape (highest + 1,): ``log k!`` for every k from 0.

    Examples
    --------
    >>> np.exp(log_factorials(4)).round(9).tolist()
    [1.0, 1.0, 2.0, 6.0, 24.0]
    """
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, highest + 1.0)))])


def poisson_log_pmf(means: Floats, highest: int) -> Floats:
    """Tabulate the Poisson distribution.

    Parameters
    ----------
    means : ndarray, shape (n,)
        Expected counts, above 0.
    highest : int
        The last count of the table.

    Returns
    -------
    ndarray, shape (n, highest + 1)
        ``k log m − m − log k!``.

    Raises
    ------
    UsageError
        If a mean is not above 0.

    Examples
    --------
    >>> np.exp(poisson_log_pmf(np.array([2.0]), 2)).round(4).tolist()
    [[0.1353, 0.2707, 0.2707]]
    """
    m = checks.positive("means", means)[:, None]
    k = np.arange(highest + 1.0)
    table: Floats = k * np.log(m) - m - log_factorials(highest)
    return table


def negative_binomial_log_pmf(means: Floats, dispersion: Floats | float, highest: int) -> Floats:
    """Tabulate the negative binomial with variance ``m + m² · dispersion``.

    Parameters
    ----------
    means : ndarray, shape (n,)
        Expected counts, above 0.
    dispersion : float or ndarray, shape (n,)
        Above 0; towards 0 the distribution becomes Poisson.
    highest : int
        The last count of the table.

    Returns
    -------
    ndarray, shape (n, highest + 1)

    Raises
    ------
    UsageError
        If a mean or a dispersion is not above 0.

    References
    ----------
    Cameron & Trivedi (2013), Regression Analysis of Count Data, eq. 3.26 (NB2).

    Examples
    --------
    >>> np.exp(negative_binomial_log_pmf(np.array([2.0]), 0.5, 1)).round(4).tolist()
    [[0.25, 0.25]]
    """
    m = checks.positive("means", means)[:, None]
    size = 1.0 / np.broadcast_to(checks.positive("dispersion", dispersion), np.shape(means))[:, None]
    k = np.arange(highest + 1.0)
    steps = np.log(size + k[:-1])
    rising = np.concatenate([np.zeros_like(size), np.cumsum(steps, axis=1)], axis=1)
    table: Floats = (
        rising - log_factorials(highest) + k * np.log(m / (m + size)) + size * np.log(size / (m + size))
    )
    return table
