"""The probability integral transform of counts: where they fell in their forecast distributions."""

import numpy as np
from numpy.typing import ArrayLike

from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.scoring import outcome_indices


def integral_transform(
    distributions: ArrayLike, counts: ArrayLike, generator: np.random.Generator | None = None
) -> Floats:
    """Tell where counts fell in their forecast distributions: uniform on [0, 1] if these were right.

    Parameters
    ----------
    distributions : array_like, shape (n, s)
        Probabilities of the counts 0 … s − 1.
    counts : array_like of int, shape (n,)
        What was counted, each below s.
    generator : numpy.random.Generator, optional
        Draws a point in the count's own mass; the middle of it without one.

    Returns
    -------
    ndarray, shape (n,)
        ``F(x − 1) + u·f(x)`` with u uniform, or ½.

    Raises
    ------
    ShapeError
        If the arrays differ in length.
    UsageError
        If a count has no forecast.

    References
    ----------
    Brockwell, A. (2007), Universal residuals, *Statistics and Probability Letters* 77, 1473–1478
    (randomised); Czado, C., Gneiting, T., Held, L. (2009), Predictive model assessment for count data,
    *Biometrics* 65, 1254–1261.

    Examples
    --------
    >>> integral_transform([[0.2, 0.5, 0.3]], [1]).round(12).tolist()
    [0.45]
    """
    below, mass = _around(distributions, counts)
    share = 0.5 if generator is None else generator.random(len(mass))
    return np.asarray(below + share * mass)


def integral_transform_histogram(distributions: ArrayLike, counts: ArrayLike, *, bins: int = 10) -> Floats:
    """Spread each count's transform over its own mass, and sum up in equal bins of [0, 1].

    Parameters
    ----------
    distributions : array_like, shape (n, s)
        Probabilities of the counts 0 … s − 1.
    counts : array_like of int, shape (n,)
        What was counted, each below s.
    bins : int

    Returns
    -------
    ndarray, shape (bins,)
        Shares that sum to 1; all 1 / bins if the forecasts were right, ∪-shaped if they were too sharp.

    Raises
    ------
    ShapeError
        If the arrays differ in length.
    UsageError
        If a count has no forecast, or one of probability 0.

    References
    ----------
    Czado, C., Gneiting, T., Held, L. (2009), Predictive model assessment for count data, *Biometrics* 65,
    1254–1261, section 2.1 (the histogram that needs no chance).

    Examples
    --------
    >>> integral_transform_histogram([[0.5, 0.5], [0.5, 0.5]], [0, 1], bins=4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    below, mass = _around(distributions, counts)
    checks.positive("the probability of what was counted", mass)
    edges = np.linspace(0.0, 1.0, bins + 1)
    reached = np.clip((edges - below[:, None]) / mass[:, None], 0.0, 1.0).mean(axis=0)
    return np.asarray(np.diff(reached))


def _around(distributions: ArrayLike, counts: ArrayLike) -> tuple[Floats, Floats]:
    """Return the mass below each count, and at it."""
    table = checks.dimensions("distributions", checks.within("distributions", distributions, 0.0, 1.0), 2)
    place = outcome_indices(counts, table.shape[1])
    checks.same_length(distributions=table, counts=place)
    rows = np.arange(len(table))
    mass = table[rows, place]
    return table.cumsum(axis=1)[rows, place] - mass, mass
