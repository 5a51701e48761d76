"""The scoreline grid of a kept prediction, read back from its prices."""

import numpy as np

from monps.domain.predictions import EnsemblePrediction
from monps.errors import NotEnoughData
from monps.numerics.grid import ScoreGrid

_SCORE, _FULL_TIME = "correct_score", "full_time"


def grid_of(prediction: EnsemblePrediction) -> ScoreGrid:
    """Read a grid back from the correct-score prices; the scores that these do not list are its tail.

    Raises
    ------
    NotEnoughData
        If the prediction prices no correct score.
    """
    cells = {
        tuple(map(int, each.selection.split("-"))): each.probability
        for each in prediction.markets
        if (each.family, each.period) == (_SCORE, _FULL_TIME) and each.selection[0].isdigit()
    }
    if not cells:
        raise NotEnoughData(f"prediction {prediction.prediction_id} has no correct-score prices")
    size = 1 + max(map(max, cells))
    chances = np.zeros((1, size, size))
    for (home, away), chance in cells.items():
        chances[0, home, away] = chance
    return ScoreGrid(chances, np.maximum(1.0 - chances.sum(axis=(1, 2)), 0.0))
