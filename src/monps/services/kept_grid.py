"""The scoreline grid of a kept prediction, read back from its prices."""

import numpy as np
from scipy.special import gammaln

from monps.domain.predictions import EnsemblePrediction
from monps.errors import NotEnoughData
from monps.numerics.checks import Floats
from monps.numerics.grid import GRID_SIZE, ScoreGrid

_SCORE, _FULL_TIME = "correct_score", "full_time"
_LOW = 1
"""Up to here scores have chances of their own (Dixon and Coles's correction); beyond, they follow a law."""

_EXACT = 1e-6


def grid_of(prediction: EnsemblePrediction) -> ScoreGrid:
    """Read a grid back from the correct-score prices, and continue it to the scores that these do not list.

    A pool of grids whose sides' goals are Conway–Maxwell–Poisson follows the same law beyond low scores:
    ``log P(h, a) = c + αh + βa − ν (log h! + log a!)``, which the listed scores determine. Where they do not
    follow it, since prices were set by hand, what is not listed is the grid's tail.

    Raises
    ------
    NotEnoughData
        If the prediction prices no correct score.

    References
    ----------
    Shmueli et al. (2005), A useful distribution for fitting discrete data, *Applied Statistics* 54(1), eq. 1;
    Genest, C., Zidek, J. (1986), Combining probability distributions, *Statistical Science* 1, 114–135: the
    logarithmic pool of members of an exponential family is a member of it.
    """
    cells = {
        tuple(map(int, each.selection.split("-"))): each.probability
        for each in prediction.markets
        if (each.family, each.period) == (_SCORE, _FULL_TIME) and each.selection[0].isdigit()
    }
    if not cells:
        raise NotEnoughData(f"prediction {prediction.prediction_id} has no correct-score prices")
    size = 1 + max(map(max, cells))
    chances = np.zeros((size, size))
    for (home, away), chance in cells.items():
        chances[home, away] = chance
    grid = _continued(chances)[None]
    return ScoreGrid(grid, np.maximum(1.0 - grid.sum(axis=(1, 2)), 0.0))


def _continued(listed: Floats) -> Floats:
    """Continue listed scores, shape (l, l), to a whole grid, shape (s, s), where they follow the law."""
    size = len(listed)
    home, away = np.indices((max(GRID_SIZE, size),) * 2)
    law = np.stack([np.ones(home.shape), home, away, -gammaln(home + 1.0) - gammaln(away + 1.0)], axis=2)
    known = np.zeros(home.shape, dtype=np.bool_)
    known[:size, :size] = (np.maximum(home, away) > _LOW)[:size, :size] & (listed > 0.0)
    wanted = np.log(listed[known[:size, :size]])
    found, *_ = np.linalg.lstsq(law[known], wanted)
    if len(wanted) <= law.shape[2] or np.abs(law[known] @ found - wanted).max() > _EXACT:
        return listed
    grid = np.exp(law @ found)
    grid[:size, :size] = listed
    return np.asarray(grid)
