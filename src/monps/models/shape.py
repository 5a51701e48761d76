"""The shape parameters of a score model, by maximum likelihood given the rates."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid


class Shaped(Protocol):
    """Something whose grids depend on named, bounded parameters."""

    @property
    def shape_bounds(self) -> Mapping[str, tuple[float, float]]:
        """Lowest and highest value of each."""
        ...

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return grids of n matches."""
        ...


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
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - slow to import, and most models have no shape

    names, bounds = list(model.shape_bounds), list(model.shape_bounds.values())
    inside = (scores[0] < _size(model)) & (scores[1] < _size(model))
    home, away = (goals[inside].astype(int) for goals in scores)
    rows = np.arange(len(home))

    def surprise(values: Floats) -> float:
        grid = model.scorelines(rates[0][inside], rates[1][inside], dict(zip(names, values, strict=True)))
        return float(-(weights[inside] * np.log(grid.probabilities[rows, home, away])).sum())

    start = [np.clip(0.0, *bound) if bound[0] <= 0 <= bound[1] else sum(bound) / 2 for bound in bounds]
    found = minimize(surprise, start, bounds=bounds, method="L-BFGS-B")
    return dict(zip(names, map(float, found.x), strict=True))


def _size(model: Shaped) -> int:
    one = np.ones(1)
    middle = {name: sum(bound) / 2 for name, bound in model.shape_bounds.items()}
    return model.scorelines(one, one, middle).size
