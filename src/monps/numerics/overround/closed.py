"""Margin removal by formula: the methods that need no equation solved.

Every function takes inverse odds with the outcomes on the first axis, shape (k, n), and returns a
:class:`Book`.
"""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats


class Book(NamedTuple):
    """Probabilities of one book without its margin.

    Parameters
    ----------
    probabilities : ndarray, shape (k, n)
        They sum to 1 over the outcomes; a closed formula may leave [0, 1].
    parameter : ndarray, shape (n,), or None
        What the method estimated about the book, for example its share of insiders.
    """

    probabilities: Floats
    parameter: Floats | None


def multiplicative(inverse: Floats) -> Book:
    """Scale all inverse odds alike: ``p = r / Σr``.

    The usual, and the least accurate, way: it leaves the favourite-longshot bias where it is.

    References
    ----------
    Štrumbelj, E. (2014), On determining probability forecasts from betting odds, *International Journal of
    Forecasting* 30, 934–943 ("basic normalisation").

    Examples
    --------
    >>> multiplicative(np.array([[0.60], [0.60]])).probabilities.ravel().tolist()
    [0.5, 0.5]
    """
    return Book(inverse / inverse.sum(axis=0), None)


def additive(inverse: Floats) -> Book:
    """Take the same amount from all inverse odds: ``p = r − m``, ``m = (Σr − 1) / k``.

    The parameter is m. A longshot with r < m gets a negative probability.

    References
    ----------
    Clarke, S., Kovalchik, S., Ingram, M. (2017), Adjusting bookmaker's odds to allow for overround,
    *American Journal of Sports Science* 5 (6), 45–49, section 2.1.

    Examples
    --------
    >>> additive(np.array([[0.75], [0.5]])).probabilities.ravel().tolist()
    [0.625, 0.375]
    """
    margin = (inverse.sum(axis=0) - 1.0) / len(inverse)
    return Book(inverse - margin, margin)


def differential_margin(inverse: Floats) -> Book:
    """Weigh the margin in proportion to the odds: fair odds ``k·o / (k − M·o)``, ``M = Σr − 1``.

    Inverted, this is ``r − M / k``: the additive method, which see, reached from the margin of each outcome.

    References
    ----------
    Buchdahl, J. (2015), *Using the wisdom of the crowd to find value in a football match betting market*,
    "margin weights proportional to the odds".
    """
    return additive(inverse)


def balanced_books(inverse: Floats) -> Book:
    """Remove what a bookmaker adds who wants to lose least to insiders: ``p = (r − z) / (1 − z)``.

    The parameter is z, the share of insiders, ``z = (Σr − 1) / (k − 1)``. A longshot with r < z gets a
    negative probability.

    References
    ----------
    Fingleton, J., Waldron, P. (1999), *Optimal determination of bookmakers' betting odds: theory and tests*,
    Trinity Economic Papers 96/9, section 4, without operating costs.

    Examples
    --------
    >>> balanced_books(np.array([[0.75], [0.5]])).probabilities.ravel().round(4).tolist()
    [0.6667, 0.3333]
    """
    insiders = (inverse.sum(axis=0) - 1.0) / (len(inverse) - 1)
    return Book((inverse - insiders) / (1.0 - insiders), insiders)


def goto(inverse: Floats) -> Book:
    """Step back from all inverse odds by the same number of standard errors: ``p = r − z·√(1 − r)``.

    The standard error is that of a share, ``√(r(1 − r) / r)``; the parameter is z. A longshot can get a
    negative probability.

    References
    ----------
    Goto, K. (2023), *goto_conversion*, https://github.com/gotoConversion/goto_conversion.

    Examples
    --------
    >>> goto(np.array([[0.75], [0.75]])).probabilities.ravel().tolist()
    [0.5, 0.5]
    """
    errors = np.sqrt(1.0 - inverse)
    steps = (inverse.sum(axis=0) - 1.0) / errors.sum(axis=0)
    return Book(inverse - steps * errors, steps)
