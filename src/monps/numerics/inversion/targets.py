"""Fair probabilities as equations on the marginals of a scoreline grid."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.numerics.inversion.marginals import Margin

_QUARTER = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One fair probability per match that a grid should give to one selection.

    Parameters
    ----------
    margin : str
        The marginal distribution the selection is settled on.
    won, staked : ndarray, shape (m, n) or (m, 1)
        Share of the stake that wins, and that is not handed back, at each value of the margin.
    fair : ndarray, shape (n,)
        The probability wanted, that is expected share won over expected share staked.
    weight : ndarray, shape (n,)
        What the squared error counts; 0 where there is no quote.
    """

    margin: Margin
    won: Floats
    staked: Floats
    fair: Floats
    weight: Floats

    def take(self, rows: Ints) -> "Target":
        """Keep some of the matches."""
        won, staked = (part[:, rows] if part.shape[1] > 1 else part for part in (self.won, self.staked))
        return Target(self.margin, won, staked, self.fair[rows], self.weight[rows])

    def probability(self, margins: Mapping[Margin, Floats]) -> Floats:
        """Return the probability that grids give, and its derivatives in λ, μ, ρ: shape (4, n)."""
        margin = margins[self.margin]
        won = _expected(margin, self.won)
        if (self.staked == 1.0).all():
            return won
        staked = _expected(margin, self.staked)
        won[0] /= staked[0]
        won[1:] = (won[1:] - won[0] * staked[1:]) / staked[0]
        return won

    def error(self, margins: Mapping[Margin, Floats]) -> Floats:
        """Return the weighted error and its derivatives: shape (4, n)."""
        error = self.probability(margins)
        error[0] -= self.fair
        return np.asarray(error * np.sqrt(self.weight))


def result_targets(result: Floats, strength: float, size: int) -> list[Target]:
    """Ask for the probabilities of home win, draw and away win, shape (n, 3), NaN where missing.

    The three weights 1/p make the sum of squares Pearson's χ², to second order twice the Kullback–Leibler
    divergence of the grid from the market.
    """
    difference = np.arange(1.0 - size, size)[:, None]
    return [
        _target("difference", ((np.sign(difference) == side) * 1.0, np.ones_like(difference)), fair, strength)
        for side, fair in zip((1, 0, -1), result.T, strict=True)
    ]


def handicap_target(home: Floats, lines: Floats, strength: float, size: int) -> Target:
    """Ask for the home side's probability, shape (n,), at an Asian handicap line given to it, shape (n,)."""
    settled = _settle(np.arange(1.0 - size, size)[:, None] + np.nan_to_num(lines), lines)
    return _two_way("difference", settled, np.where(np.isnan(lines), np.nan, home), strength)


def total_target(over: Floats, lines: Floats, strength: float, size: int) -> Target:
    """Ask for the probability of more goals than a line, both of shape (n,)."""
    settled = _settle(np.arange(2.0 * size - 1)[:, None] - np.nan_to_num(lines), lines)
    return _two_way("total", settled, np.where(np.isnan(lines), np.nan, over), strength)


def both_score_target(both: Floats, strength: float) -> Target:
    """Ask for the probability, shape (n,), that both sides score."""
    return _two_way("both", np.array([[1.0], [-1.0]]), both, strength)


def _settle(beyond: Floats, lines: Floats) -> Floats:
    """Settle a stake by the sign of what is beyond the line; at quarter lines, half of it each side."""
    quarter = np.where(np.mod(lines, 2.0 * _QUARTER) == _QUARTER, _QUARTER, 0.0)
    return np.asarray((np.sign(beyond - quarter) + np.sign(beyond + quarter)) / 2.0)


def _two_way(margin: Margin, settled: Floats, fair: Floats, strength: float) -> Target:
    known = np.where(np.isnan(fair), 0.5, fair)
    return _target(margin, (np.maximum(settled, 0.0), np.abs(settled)), fair, strength / (1.0 - known))


def _target(margin: Margin, shares: tuple[Floats, Floats], fair: Floats, strength: Floats | float) -> Target:
    missing = np.isnan(fair)
    known = np.where(missing, 0.5, fair)
    return Target(margin, *shares, known, np.where(missing, 0.0, strength / known))


def _expected(margin: Floats, shares: Floats) -> Floats:
    return np.asarray(np.einsum("jmn,mn->jn", margin, np.broadcast_to(shares, margin.shape[1:])))
