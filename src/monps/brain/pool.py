"""The logarithmic pool of agents, and how much each of them counts in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monps.agents import GridForecast
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.conditional_logit import WeightPrior, fit_conditional_logit
from monps.numerics.grid import GRID_SIZE, ScoreGrid
from monps.numerics.pools import logarithmic_pool

LEADER_PRECISION, SHIFT_PRECISION, SUM_PRECISION = 1e4, 30.0, 3e4
"""How firmly the leader's weight is held to 1, the others' against each other to 0, and their sum to 0."""

_LEAST = 1e-300
"""A chance too small to be written still has a logarithm."""


def learn_weights(log_probabilities: Floats, happened: Ints) -> Floats:
    """Learn what each member of a pool counts, from matches that have been played.

    The first member leads. The others move it by what they say against each other: beside prices, what the
    market remembers is news only so far as results do not say the same. So their weights, which may be
    negative, are held close to summing to nothing, and the leader's to 1.

    Parameters
    ----------
    log_probabilities : ndarray, shape (m, n, k)
        Of k outcomes, by m members.
    happened : ndarray of int, shape (n,)
        Which outcome it was.

    Returns
    -------
    ndarray, shape (m,)

    References
    ----------
    Genest & Zidek (1986), Combining probability distributions, Statistical Science 1(1), section 2.2.
    """
    basis, prior = _beliefs(len(log_probabilities))
    features = np.tensordot(basis.T, log_probabilities, axes=1)
    return np.asarray(basis @ fit_conditional_logit(features, happened, prior).weights)


def lean_weights(shared: Floats, log_probabilities: Floats, happened: Ints, precision: float) -> Floats:
    """Move weights that several competitions taught together towards what one of them says by itself.

    Parameters
    ----------
    shared : ndarray, shape (m,)
        What all of them taught.
    log_probabilities : ndarray, shape (m, n, k)
        Of k outcomes of the one competition's n matches, by m members.
    happened : ndarray of int, shape (n,)
        Which outcome it was.
    precision : float
        How firmly each weight is held to the shared one: a partial pooling of competitions.

    Returns
    -------
    ndarray, shape (m,)
        The shared weights where there is no match.

    References
    ----------
    Gelman & Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical Models, section 12.2.
    """
    if not len(happened):
        return shared
    prior = WeightPrior(shared, np.full(len(shared), precision))
    return fit_conditional_logit(log_probabilities, happened, prior).weights


def _beliefs(members: int) -> tuple[Floats, WeightPrior]:
    """Return combinations of weights, shape (m, m), in its columns, that are believed in independently."""
    followers = members - 1
    centre = np.eye(members)[0]
    if followers < 1:
        return np.eye(1), WeightPrior(centre, np.array([LEADER_PRECISION]))
    ones = np.full((followers, 1), 1.0 / np.sqrt(followers))
    directions = np.linalg.qr(np.hstack([ones, np.eye(followers)[:, :-1]]))[0]
    basis = np.eye(members)
    basis[1:, 1:] = directions
    precision = np.full(members, SHIFT_PRECISION)
    precision[:2] = LEADER_PRECISION, SUM_PRECISION
    return basis, WeightPrior(centre, precision)


def pool_grids(members: Sequence[GridForecast], weights: Floats, rows: Bools) -> ScoreGrid:
    """Multiply members' grids, with each match's weights as powers.

    Parameters
    ----------
    members : sequence of GridForecast
        The m members, each of n matches.
    weights : ndarray, shape (n, m)
        0 for a member that abstains.
    rows : ndarray of bool, shape (n,)
        The c matches whose grids are wanted.

    Returns
    -------
    ScoreGrid
        Of c matches.
    """
    powers = weights[rows].T
    chances = np.ones((*powers.shape, GRID_SIZE, GRID_SIZE))
    tails = np.zeros(powers.shape)
    for place, member in enumerate(members):
        said = powers[place] != 0.0
        grid = member.grid(rows & (weights[:, place] != 0.0))
        chances[place, said], tails[place, said] = grid.probabilities, grid.tail
    return multiplied(chances, tails, powers)


def multiplied(chances: Floats, tails: Floats, powers: Floats) -> ScoreGrid:
    """Multiply m grids of n matches; the pool's tail is the largest of theirs.

    Parameters
    ----------
    chances : ndarray, shape (m, n, s, s)
        The grids; what stands where the power is 0 does not count.
    tails, powers : ndarray, shape (m, n)
    """
    said = powers != 0.0
    tail = np.where(said, tails, 0.0).max(axis=0, initial=0.0)
    heard = np.where(said[:, :, None, None], np.maximum(chances, _LEAST), 1.0)
    return ScoreGrid((1.0 - tail)[:, None, None] * logarithmic_pool(heard, powers), tail)


def goals_without_each(chances: Floats, powers: Floats) -> Floats:
    """Return what a pool of m grids of n matches would expect without one of them each.

    Parameters
    ----------
    chances : ndarray, shape (m, n, s, s)
        The grids; what stands where the power is 0 does not count.
    powers : ndarray, shape (m, n)

    Returns
    -------
    ndarray, shape (m, 2, n)
        Both sides' expected goals inside the grid; a grid's own where no other has a power.
    """
    heard = np.where((powers != 0.0)[:, :, None, None], np.maximum(chances, _LEAST), 1.0)
    others = powers * ~np.eye(len(powers), dtype=np.bool_)[:, :, None]
    others = np.where((others != 0.0).any(axis=1, keepdims=True), others, powers)
    scores = np.einsum("wmn,mnhg->wnhg", others, np.log(heard))
    cells = np.exp(scores - scores.max(axis=(2, 3), keepdims=True))
    sides = np.stack([cells.sum(axis=axis) for axis in (3, 2)], axis=1)
    return np.asarray(sides @ np.arange(sides.shape[-1]) / sides.sum(axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class PooledForecast:
    """Members' grids, multiplied with each match's weights as powers.

    Parameters
    ----------
    members : tuple of GridForecast
        The m members, each of n matches.
    weights : ndarray, shape (n, m)
        0 for a member that abstained; NaN where there is no pool.
    refits : int
        How many fits it took.
    """

    members: tuple[GridForecast, ...]
    weights: Floats
    refits: int

    @property
    def made(self) -> Bools:
        """Shape (n,): whether there is a forecast."""
        return np.asarray(np.isfinite(self.weights).all(axis=1))

    def grid(self, rows: Bools) -> ScoreGrid:
        """Build the pooled grids of chosen matches."""
        return pool_grids(self.members, self.weights, rows)
