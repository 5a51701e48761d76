"""Remove a bookmaker's margin from decimal odds, by any of the field's methods."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import ShapeError, UnknownNameError
from monps.numerics import checks
from monps.numerics.checks import Bools, Floats
from monps.numerics.overround import closed, jensen_shannon, solved
from monps.numerics.overround.closed import Book

MARGIN_METHODS: Mapping[str, Callable[[Floats], Book]] = {
    "multiplicative": closed.multiplicative,
    "additive": closed.additive,
    "power": solved.power,
    "shin": solved.shin,
    "odds_ratio": solved.odds_ratio,
    "logarithmic": solved.logarithmic,
    "differential_margin": closed.differential_margin,
    "balanced_books": closed.balanced_books,
    "jensen_shannon": jensen_shannon.jensen_shannon,
    "goto": closed.goto,
}
"""From a method's name to its formula, which takes inverse odds of shape (k, n)."""

_ROUNDING = 1e-12
_FEWEST_OUTCOMES = 2


@dataclass(frozen=True, slots=True, eq=False)
class MarginFree:
    """What is left of a book when its margin is gone.

    Parameters
    ----------
    probabilities : ndarray, shape (..., k)
        Fair probabilities that sum to 1; NaN where the book is not valid.
    overround : ndarray, shape (...)
        Sum of the inverse odds, less 1; NaN where an odds is missing or at most 1.
    parameter : ndarray, shape (...), or None
        What the method estimated (see each method); NaN where the book is not valid.
    valid : ndarray of bool, shape (...)
        False where an odds is missing or at most 1, where the inverse odds sum to less than 1, and where the
        method leaves an outcome without a probability in (0, 1).
    """

    probabilities: Floats
    overround: Floats
    parameter: Floats | None
    valid: Bools


def remove_margin(odds: ArrayLike, method: str = "power") -> MarginFree:
    """Turn decimal odds into fair probabilities.

    Parameters
    ----------
    odds : array_like, shape (..., k)
        Decimal odds of the k ≥ 2 outcomes of each book, exactly one of which will come about. One book (k,),
        n books (n, k), or n matches at b bookmakers (n, b, k).
    method : str
        A name in :data:`MARGIN_METHODS`.

    Returns
    -------
    MarginFree
        Bad books are flagged there, never raised and never repaired.

    Raises
    ------
    ShapeError
        If there are fewer than two outcomes.
    UnknownNameError
        If there is no such method.

    Examples
    --------
    >>> remove_margin([[1.9, 1.9], [1.5, 3.0], [1.5, 0.9]], "multiplicative").probabilities.round(4).tolist()
    [[0.5, 0.5], [0.6667, 0.3333], [nan, nan]]
    """
    quoted = checks.floats("odds", odds)
    if quoted.ndim == 0 or quoted.shape[-1] < _FEWEST_OUTCOMES:
        raise ShapeError(f"odds must be (..., k) with k of at least 2 outcomes, not {quoted.shape}")
    if method not in MARGIN_METHODS:
        raise UnknownNameError("margin method", method, tuple(MARGIN_METHODS))
    inverse, overround, fit = _inverse(quoted)
    probabilities, parameter = MARGIN_METHODS[method](inverse)
    valid = fit & (probabilities > 0.0).all(axis=0) & (probabilities < 1.0).all(axis=0)
    if not valid.all():
        probabilities = np.where(valid, probabilities, np.nan)
        parameter = None if parameter is None else np.where(valid, parameter, np.nan)
    books = quoted.shape[:-1]
    return MarginFree(
        np.ascontiguousarray(probabilities.T).reshape(quoted.shape),
        overround.reshape(books),
        None if parameter is None else parameter.reshape(books),
        valid.reshape(books),
    )


def _inverse(quoted: Floats) -> tuple[Floats, Floats, Bools]:
    """Return inverse odds (k, n), fair ones in the place of unfit books, the overround, and who is fit."""
    outcomes = quoted.shape[-1]
    rows = np.ascontiguousarray(quoted.reshape(-1, outcomes).T)
    sound = ((rows > 1.0) & (rows < np.inf)).all(axis=0)
    inverse = 1.0 / np.where(sound, rows, float(outcomes))
    overround = np.where(sound, inverse.sum(axis=0) - 1.0, np.nan)
    fit = sound & (overround >= -_ROUNDING)
    return np.where(fit, inverse, 1.0 / outcomes), overround, fit
