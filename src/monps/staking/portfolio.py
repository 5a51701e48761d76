"""All bets of several matches at once: the stakes that make wealth grow fastest, from the joint grids."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monps.domain.market import Selection
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.growth import LogOptimal, bet_returns, joint_returns, kelly_simultaneous
from monps.staking.slip import payoffs


class MatchBets(NamedTuple):
    """Bets on one match.

    Parameters
    ----------
    grid : ScoreGrid
        Of this match alone.
    selections : tuple of Selection, length k
        What may be backed.
    odds : ndarray, shape (k,)
        Net decimal odds.
    """

    grid: ScoreGrid
    selections: tuple[Selection, ...]
    odds: Floats

    def outcomes(self) -> tuple[Floats, Floats]:
        """Return what a unit stake gains in each outcome, shape (k, u), and the outcomes' chances, (u,)."""
        settled, outcome = payoffs(self.selections, self.grid.size)
        chance = (self.grid.cells @ outcome)[0]
        return bet_returns(settled, self.odds), chance / chance.sum()


def best_stakes(
    matches: Sequence[MatchBets], generator: np.random.Generator, *, most: int = 4096
) -> LogOptimal:
    """Return the stakes on all bets of some matches that make wealth grow fastest.

    Parameters
    ----------
    matches : sequence of MatchBets
        Independent of each other.
    generator : numpy.random.Generator
        Draws joint outcomes where there are too many to list.
    most : int
        How many joint outcomes are looked at, at most; up to that the answer is exact.
    """
    returns, chances = zip(*(match.outcomes() for match in matches), strict=True)
    return kelly_simultaneous(*joint_returns(returns, chances, generator, most=most))
