"""The shape parameters of a score model, by maximum likelihood given the rates."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid

NEGLIGIBLE_WEIGHT = 2.0**-6
"""Matches that weigh less than this share of the heaviest are not looked at."""


class Shaped(Protocol):
    """Something whose grids depend on named, bounded parameters."""

    @property
    def shape_bounds(self) -> Mapping[str, tuple[float, float]]:
        """Lowest and highest value of each."""
        ...

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return grids of n matches."""
        ...


_STEP = 1e-5
"""For slopes by differences, as a share of each range: with less, rounding leads the search astray."""


def fit_shape(
    model: Shaped, scores: tuple[Floats, Floats], rates: tuple[Floats, Floats], weights: Floats
) -> dict[str, float]:
    """Find the most likely shape parameters.

    Parameters
    ----------
    model : Shaped
        Whose parameters.
    scores : pair of ndarray, shape (n,)
        Goals of both sides; a score beyond the grid is not looked at.
    rates : pair of ndarray, shape (n,)
        Both sides' expected goals.
    weights : ndarray, shape (n,)

    Returns
    -------
    dict of str to float
        Each within its bounds; with no score to look at, in the middle between them.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - slow to import, and most models have no shape

    low, high = np.array(list(model.shape_bounds.values())).T
    size = _grid(model, np.ones((2, 1)), (low + high) / 2).size
    seen = (np.maximum(*scores) < size) & (weights > NEGLIGIBLE_WEIGHT * weights.max(initial=0.0))
    chosen, w = np.stack(rates)[:, seen], weights[seen]
    cells = (np.arange(seen.sum()), *(goals[seen].astype(int) for goals in scores))

    def surprise(place: Floats) -> float:
        chances = _grid(model, chosen, low + place * (high - low)).probabilities[cells]
        # A model may call what happened impossible up to rounding; the search still needs a slope there.
        return float(-(w * np.log(np.maximum(chances, np.finfo(float).tiny))).sum() / max(w.sum(), 1.0))

    middle = np.full(len(low), 0.5)
    found = minimize(
        surprise, middle, bounds=[(0.0, 1.0)] * len(low), method="L-BFGS-B", options={"eps": _STEP}
    )
    return dict(zip(model.shape_bounds, map(float, low + found.x * (high - low)), strict=True))


def _grid(model: Shaped, rates: Floats, values: Floats) -> ScoreGrid:
    return model.scorelines(
        rates[0], rates[1], dict(zip(model.shape_bounds, map(float, values), strict=True))
    )
