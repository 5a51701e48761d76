"""Kelly stakes on any bets at once, however they hang together: the log-optimal portfolio.

Cash is an asset that returns 1, a bet one that returns 1 + x. Over the simplex of shares b ≥ 0, Σ b = 1, the
expected logarithm of wealth S = b · G is concave. Its Lagrange multiplier is 1 whatever the bets, since
Σ_i b_i E[G_i / S] = E[1]; so one maximises E[log S] − Σ b over b ≥ 0 alone. An interior point follows the
conditions of Karush, Kuhn and Tucker with Mehrotra's predictor and corrector: some ten steps of Newton.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import MonpsError, ShapeError
from monps.numerics import checks
from monps.numerics.checks import Floats

_MOST_STEPS = 60
_ENOUGH, _LEVEL = 1e-14, 1e-10
"""Complementarity and slopes that are as good as 0."""

_NOTHING = 1e-10
"""Stakes below this share of wealth are none."""

_LARGEST_GAP = 1e-8
_CASH = 0.75
_TO_THE_WALL = 0.995
_SHORT = 0.5
_TINY = 1e-15


class LogOptimal(NamedTuple):
    """The stakes that make wealth grow fastest.

    Parameters
    ----------
    stakes : ndarray, shape (k,)
        Shares of wealth.
    growth : float
        Expected logarithm of wealth.
    gap : float
        No stakes have a growth above ``growth + gap``.
    steps : int
        Steps of Newton.
    """

    stakes: Floats
    growth: float
    gap: float
    steps: int


def kelly_simultaneous(returns: ArrayLike, probabilities: ArrayLike) -> LogOptimal:
    """Return the shares of wealth to put on k bets at once, all paid for when they are placed.

    Parameters
    ----------
    returns : array_like, shape (k, c)
        What a unit stake gains in each of c outcomes; −1 where it is lost.
    probabilities : array_like, shape (c,)
        Of the outcomes.

    Returns
    -------
    LogOptimal

    Raises
    ------
    ShapeError
        If the shapes do not fit.
    UsageError
        If a return is below −1, or the probabilities are none.
    MonpsError
        If the optimum is not found.

    Notes
    -----
    The certificate ``gap`` is log max(E[1 / S], E[(1 + x_i) / S]), of which no other stakes can gain more.

    References
    ----------
    Cover, T. (1984), An algorithm for maximizing expected log investment return, *IEEE Transactions on
    Information Theory* 30(2), theorems 1 and 2. Mehrotra, S. (1992), On the implementation of a primal–dual
    interior point method, *SIAM Journal on Optimization* 2(4), section 4.

    Examples
    --------
    >>> found = kelly_simultaneous([[1.0, -1.0]], [0.6, 0.4])
    >>> found.stakes.round(9).tolist(), found.gap < 1e-9
    ([0.2], True)
    """
    chance = checks.distributions("probabilities", probabilities)
    gains = checks.finite("returns", returns)
    if gains.ndim != 2 or gains.shape[1:] != chance.shape:  # noqa: PLR2004
        raise ShapeError(f"returns must be (k, {chance.size}), not {gains.shape}")
    checks.non_negative("returns + 1", gains + 1.0)
    possible = chance > 0.0
    if not possible.all():
        gains, chance = gains[:, possible], chance[possible]
    if not (gains @ chance > 0.0).any():
        return LogOptimal(np.zeros(len(gains)), 0.0, 0.0, 0)
    found = _certified(gains, chance, *_solve(np.vstack([np.ones(len(chance)), 1.0 + gains]), chance))
    if found.gap > _LARGEST_GAP:
        raise MonpsError(f"the growth found may fall short by {found.gap:.1e}: these bets defeat the method")
    return found


def _certified(gains: Floats, chance: Floats, shares: Floats, steps: int) -> LogOptimal:
    stakes = np.where(shares[1:] > _NOTHING, shares[1:], 0.0)
    wealth = 1.0 + stakes @ gains
    weight = chance / wealth
    cash = float(weight.sum())
    gap = np.log(max(1.0, cash, cash + float((gains @ weight).max())))
    return LogOptimal(stakes, float(np.log(wealth) @ chance), float(gap), steps)


def _solve(gross: Floats, chance: Floats) -> tuple[Floats, int]:
    """Walk from inside to the optimum; return the shares, cash first, and the number of steps."""
    shares = np.full(len(gross), (1.0 - _CASH) / (len(gross) - 1))
    shares[0] = _CASH
    duals = np.maximum(1.0 - gross @ (chance / (shares @ gross)), 0.1)
    short = False
    for step in range(_MOST_STEPS):
        wealth = shares @ gross
        weight = chance / wealth
        slope = gross @ weight - 1.0
        gap = float(shares @ duals) / len(shares)
        if gap < _ENOUGH and np.abs(slope + duals).max() < _LEVEL:
            return shares, step
        newton = _Newton.at(
            gross * np.sqrt(shares)[:, None], weight / wealth, slope, shares=shares, duals=duals
        )
        move, turn = newton.step(gap * _SHORT) if short else newton.predict_and_correct(gap)
        length = min(1.0, _TO_THE_WALL * newton.room(move, turn))
        short = length < _SHORT
        shares, duals = shares + length * move, duals + length * turn
    return shares, _MOST_STEPS


class _Newton(NamedTuple):
    """The linear system at a point, scaled by the roots of the shares, for they may be very small."""

    bend: Floats
    slope: Floats
    shares: Floats
    duals: Floats

    @classmethod
    def at(cls, scaled: Floats, weight: Floats, slope: Floats, *, shares: Floats, duals: Floats) -> "_Newton":
        """Set it up; ``scaled`` are gross returns times the roots, ``weight`` is p / S²."""
        bend = (scaled * weight) @ scaled.T
        bend.flat[:: len(bend) + 1] += duals + _TINY
        return cls(bend, slope, shares, duals)

    def step(self, centre: Floats | float) -> tuple[Floats, Floats]:
        """Return the moves of shares and duals that bring their products to ``centre``."""
        root = np.sqrt(self.shares)
        move = root * np.linalg.solve(self.bend, root * (self.slope + centre / self.shares))
        return move, (centre - self.duals * move) / self.shares - self.duals

    def predict_and_correct(self, gap: float) -> tuple[Floats, Floats]:
        """Look where the straight way leads, aim as far as that promises, and correct for its bend."""
        move, turn = self.step(0.0)
        reach = min(1.0, self.room(move, turn))
        left = float((self.shares + reach * move) @ (self.duals + reach * turn)) / len(self.shares) / gap
        return self.step(gap * min(1.0, abs(left) ** 3) - reach * reach * move * turn)

    def room(self, move: Floats, turn: Floats) -> float:
        """Return how much of a move leaves all shares and duals above 0."""
        fall = max(float((-move / self.shares).max()), float((-turn / self.duals).max()))
        return 1.0 / max(fall, _TINY)
