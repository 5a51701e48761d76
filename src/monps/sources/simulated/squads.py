"""Squads: 24 players a club, a quarter of them new each summer."""

from dataclasses import dataclass, replace

import numpy as np

from monps.numerics.checks import Floats, Ints

POSITIONS = "GK", "D", "M", "F"
PLACES = 3, 8, 8, 5
"""Players of each position in a squad; the squad's places 0, 1, 2 are its goalkeepers, and so on."""
STARTERS = 1, 4, 4, 2
SQUAD = sum(PLACES)
POSITION = np.repeat(np.arange(len(POSITIONS)), PLACES)

_RENEWED = 0.25
_SCORING = np.array([1e-4, 0.25, 0.9, 2.4])
_CREATING = np.array([0.02, 0.5, 1.3, 1.0])
_TALENT_SPREAD = 0.35
_RANK_SPREAD = 1.2


@dataclass(frozen=True, eq=False)
class Squads:
    """The players of c clubs, every array of shape (c, 24).

    Parameters
    ----------
    number : ndarray
        Each player's own number, kept while the player stays.
    rank : ndarray
        Logarithm of the weight with which the player is picked among those of the position.
    scoring, creating : ndarray
        Share of the goals, and of the assists, per minute on the pitch, up to a factor.
    """

    number: Ints
    rank: Floats
    scoring: Floats
    creating: Floats


def draw_squads(clubs: int, first_number: int, rng: np.random.Generator) -> Squads:
    """Draw new players for every place of every club, numbered from ``first_number``."""
    shape = (clubs, SQUAD)
    talent = np.exp(rng.normal(0.0, _TALENT_SPREAD, (2, *shape)))
    return Squads(
        number=first_number + np.arange(clubs * SQUAD).reshape(shape),
        rank=rng.normal(0.0, _RANK_SPREAD, shape),
        scoring=_SCORING[POSITION] * talent[0],
        creating=_CREATING[POSITION] * talent[1],
    )


def renew(squads: Squads, rng: np.random.Generator) -> Squads:
    """Replace about a quarter of the players by new ones, who take the numbers after the last."""
    leaving = rng.random(squads.number.shape) < _RENEWED
    arriving = draw_squads(len(squads.number), 0, rng)
    number = squads.number.copy()
    number[leaving] = squads.number.max() + 1 + np.arange(leaving.sum())
    merged = {
        name: np.where(leaving, getattr(arriving, name), getattr(squads, name))
        for name in ("rank", "scoring", "creating")
    }
    return replace(squads, number=number, **merged)
