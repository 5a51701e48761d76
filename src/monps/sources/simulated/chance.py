"""Independent streams of chance, one for each purpose, season and tier.

Since nothing shares a stream, a longer history leaves every earlier match as it was, and a change in how
odds are made leaves every score as it was.
"""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a stream is drawn for; the numbers are part of what makes a seed reproducible."""

    CLUBS = 1
    WEALTH = 2
    DRIFT = 3
    SCHEDULE = 4
    NEWS = 5
    PLAY = 6
    ODDS = 7
    SQUADS = 8
    LINE_UPS = 9
    REFEREES = 10
    OUTSIDE = 11


def stream(seed: int, purpose: Purpose, season: int = 0, tier: int = 0) -> np.random.Generator:
    """Return the generator of one purpose in one season of one tier."""
    return np.random.default_rng((seed, purpose, season, tier))
