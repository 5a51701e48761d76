"""Forecasts scored by how bets settled: with stakes given back, several winners and quarter lines, too."""

import numpy as np

from monps.errors import ShapeError
from monps.numerics import checks
from monps.numerics.calibration import reliability
from monps.numerics.checks import Bools, Floats

_BINS = 10
_LEAST = 1e-15


def settled_losses(probabilities: Floats, settled: Floats) -> Floats:
    """Return the log loss of each match by the settlement of a unit stake on each selection.

    Parameters
    ----------
    probabilities : ndarray, shape (n, k)
        The chance that a selection wins the part of the stake that is not given back.
    settled : ndarray, shape (k, n)
        In {-1, -½, 0, ½, 1}; NaN where not known.

    Returns
    -------
    ndarray, shape (n,)
        Where one selection wins and all others lose in every match: minus the logarithm of the winner's
        chance. Else each selection is a question of its own, its log loss weighs as much of the stake as
        was won or lost, and the mean over the selections is told. NaN where nothing was decided, and where
        a chance or a settlement is missing.

    Raises
    ------
    ShapeError
        If the two are not of the same matches and selections.

    Examples
    --------
    >>> half_lost = np.array([[-0.5], [0.5]])
    >>> float(settled_losses(np.array([[0.5, 0.5]]), half_lost)[0] / np.log(2.0))
    0.5
    """
    if probabilities.shape != settled.T.shape:
        raise ShapeError(
            f"chances {probabilities.shape} and settlements {settled.shape} do not belong together"
        )
    told = np.isfinite(settled).all(axis=0) & np.isfinite(probabilities).all(axis=1)
    won, lost = np.maximum(settled, 0.0).T, np.maximum(-settled, 0.0).T
    chances = np.clip(probabilities, _LEAST, 1.0)
    if one_wins(settled):
        losses = -(won * np.log(chances)).sum(axis=1)
    else:
        against = np.clip(1.0 - probabilities, _LEAST, 1.0)
        losses = -(won * np.log(chances) + lost * np.log(against)).mean(axis=1)
    return np.where(told & ((won + lost).sum(axis=1) > 0.0), losses, np.nan)


def settled_shares(settled: Floats) -> Floats:
    """Return how much of the stakes that were decided each selection won, shape (k,).

    Parameters
    ----------
    settled : ndarray, shape (k, n)
        As in ``settled_losses``.
    """
    won, lost = (np.nansum(np.maximum(side * settled, 0.0), axis=1) for side in (1.0, -1.0))
    return checks.floats("shares", won / (won + lost))


def settled_calibration(probabilities: Floats, settled: Floats) -> float | None:
    """Return the calibration error, averaged over the selections; None where stakes can be half won or lost.

    Parameters
    ----------
    probabilities : ndarray, shape (n, k)
    settled : ndarray, shape (k, n)
        As in ``settled_losses``; matches whose stakes are given back are left out.
    """
    if (np.abs(settled) == 0.5).any():  # noqa: PLR2004 - half a stake
        return None
    errors = [
        reliability(chances[decided], each[decided] > 0.0, bins=_BINS).calibration_error
        for chances, each in zip(probabilities.T, settled, strict=True)
        if (decided := _decided(chances, each)).sum() >= _BINS
    ]
    return float(np.mean(errors)) if errors else None


def one_wins(settled: Floats) -> bool:
    """Whether in every match that is settled one selection wins and all others lose.

    Parameters
    ----------
    settled : ndarray, shape (k, n)
        As in ``settled_losses``.
    """
    known = settled[:, np.isfinite(settled).all(axis=0)]
    return bool(((known == 1.0).sum(axis=0) == 1).all() and (np.abs(known) == 1.0).all())


def _decided(chances: Floats, settled: Floats) -> Bools:
    decided: Bools = np.isfinite(chances) & (np.abs(settled) == 1.0)
    return decided
