"""Two counts hung together by a copula: each keeps its own distribution."""

import numpy as np

from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid

_NEARLY_INDEPENDENT = 1e-4
"""Below this the copula's first-order form is exact to nine digits, and its closed form is not."""


def frank(u: Floats, v: Floats, dependence: float) -> Floats:
    """Return the Frank copula C(u, v), for arrays that broadcast.

    Parameters
    ----------
    u, v : ndarray
        Probabilities.
    dependence : float
        κ: 0 is independence, above 0 both tend to be large together, below 0 one at the other's cost.

    References
    ----------
    Nelsen (2006), An Introduction to Copulas, family 5 of table 4.1; McHale & Scarf (2011), Modelling the
    dependence of goals scored by opposing teams, Statistical Modelling 11(3).

    Examples
    --------
    >>> frank(np.array([0.5]), np.array([0.5]), 0.0).tolist()
    [0.25]
    """
    if abs(dependence) < _NEARLY_INDEPENDENT:
        nearly: Floats = u * v * (1.0 + dependence / 2.0 * (1.0 - u) * (1.0 - v))
        return nearly
    product = np.expm1(-dependence * u) * np.expm1(-dependence * v)
    linked: Floats = -np.log1p(product / np.expm1(-dependence)) / dependence
    return linked


def frank_grid(home: Floats, away: Floats, dependence: float) -> ScoreGrid:
    """Join two distributions of counts into grids by the Frank copula.

    Parameters
    ----------
    home, away : ndarray, shape (n, s)
        Chances of 0 to s − 1; what is missing to 1 is the tail.
    dependence : float
        As for ``frank``.

    Returns
    -------
    ScoreGrid

    Raises
    ------
    UsageError
        If a chance is negative.

    Examples
    --------
    >>> half = np.array([[0.5, 0.5]])
    >>> frank_grid(half, half, 2.0).probabilities[0].round(3).tolist()
    [[0.31, 0.19], [0.19, 0.31]]
    """
    below = [
        np.pad(np.cumsum(checks.non_negative(name, side), axis=1), ((0, 0), (1, 0)))
        for name, side in (("home", home), ("away", away))
    ]
    cumulative = frank(below[0][:, :, None], below[1][:, None, :], dependence)
    cells = np.diff(np.diff(cumulative, axis=1), axis=2)
    # Differences of nearly equal numbers: rounding may leave a far cell at −1e−17.
    return ScoreGrid(np.maximum(cells, 0.0), np.maximum(1.0 - cumulative[:, -1, -1], 0.0))
