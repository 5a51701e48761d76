"""Thinning: where in a match, and in which order, the goals of a given final score fell.

All goals of a match are exchangeable: given the final score, every order of the two sides' goals is equally
likely. So the score of any part of a match needs only the number of goals that fall into it, whose
distribution given the final number is a table here: ``counts[n, x]``, the chance that x of n are inside.

A match is divided into bands (the six quarter-hours). Goals fall into them by shares and, since two goals
seldom come close together, repel each other inside one: a band that holds k goals weighs
``share**k · exp(−repulsion · k(k−1)/2) / k!``. Without repulsion this is binomial thinning.
"""

from dataclasses import dataclass

import numpy as np

from monps.errors import NotEnoughData, UsageError
from monps.numerics import checks
from monps.numerics.checks import Bools, Floats, Ints

_SCALING_STEPS = 1000
_SCALING_TOLERANCE = 1e-13


def window_counts(shares: Floats, inside: Bools, most: int, repulsion: float = 0.0) -> Floats:
    """Return the chance that x of n goals fall into some of the bands.

    Parameters
    ----------
    shares : ndarray, shape (b,)
        Chance that a match's only goal falls into each band; they sum to 1.
    inside : ndarray of bool, shape (b,)
        The bands of the window.
    most : int
        Largest number of goals of a match.
    repulsion : float
        At least 0; ``exp(−repulsion)`` is how much rarer a pair of goals in one band is than by chance.

    Returns
    -------
    ndarray, shape (most + 1, most + 1)
        ``counts[n, x]``; each row sums to 1.

    Examples
    --------
    >>> window_counts(np.array([0.25, 0.75]), np.array([True, False]), most=2)[2].tolist()
    [0.5625, 0.375, 0.0625]
    """
    within = _weights(shares[inside], most, repulsion)
    without = _weights(shares[~inside], most, repulsion)
    goals, part = np.indices((most + 1, most + 1))
    joint = np.where(part <= goals, within[part] * without[np.maximum(goals - part, 0)], 0.0)
    table: Floats = joint / joint.sum(axis=1, keepdims=True)
    return table


def ordered_counts(goals: slice, most: int) -> Floats:
    """Return, as ``window_counts``, how many of n goals a slice of their order holds.

    Parameters
    ----------
    goals : slice
        Places in the order of the goals; negative ones count from the last.
    most : int
        Largest number of goals of a match.

    Returns
    -------
    ndarray, shape (most + 1, most + 1)
        Each row has a single 1.

    Examples
    --------
    The first two goals of a match that has none, one, two or three:

    >>> ordered_counts(slice(2), most=3).argmax(axis=1).tolist()
    [0, 1, 2, 2]
    """
    held = [len(range(*goals.indices(number))) for number in range(most + 1)]
    return np.eye(most + 1)[held]


def exchangeable(counts: Floats, size: int) -> Floats:
    """Return the score inside a window given the final score.

    Parameters
    ----------
    counts : ndarray, shape (2·size − 1, 2·size − 1)
        From ``window_counts`` or ``ordered_counts``.
    size : int
        Scores a side, counting 0.

    Returns
    -------
    ndarray, shape (size, size, size, size)
        ``[h, a, x, y]`` is the chance of x–y inside given h–a in all: which of the h + a goals are inside
        is a draw without replacement, so this is ``counts`` times a hypergeometric probability.

    Examples
    --------
    Who scored first, given that the match ended 2–1?

    >>> first = exchangeable(ordered_counts(slice(1), most=4), size=3)
    >>> first[2, 1, 1, 0].round(12).item(), first[2, 1, 0, 1].round(12).item()
    (0.666666666667, 0.333333333333)
    """
    choose = _binomials(2 * (size - 1))
    home, away, part_home, part_away = np.indices((size,) * 4, sparse=True)
    ways = choose[home, part_home] * choose[away, part_away]
    total, part = home + away, part_home + part_away
    drawn: Floats = counts[total, part] * ways / np.maximum(choose[total, part], 1.0)
    return drawn


def first_goal_counts(shares: Floats, most: int, repulsion: float = 0.0) -> Floats:
    """Return the chance that the first of n goals falls into each band.

    Parameters
    ----------
    shares : ndarray, shape (b,)
        As in ``window_counts``.
    most : int
        Likewise.
    repulsion : float
        Likewise.

    Returns
    -------
    ndarray, shape (most + 1, b + 1)
        The last column is "no goal".

    Examples
    --------
    >>> first_goal_counts(np.array([0.5, 0.5]), most=2).tolist()
    [[0.0, 0.0, 1.0], [0.5, 0.5, 0.0], [0.75, 0.25, 0.0]]
    """
    bands = np.arange(len(shares))
    none_yet = [window_counts(shares, bands < end, most, repulsion)[:, 0] for end in range(len(shares) + 1)]
    return np.stack([*(-np.diff(none_yet, axis=0)), none_yet[-1]], axis=1)


def fit_shares(
    goals: Ints, groups: Ints, prior_shares: Floats, *, repulsion: float = 0.0, prior_matches: float = 0.0
) -> Floats:
    """Fit the bands' shares by maximum likelihood, with shrinkage.

    Parameters
    ----------
    goals : ndarray of int, shape (n, g)
        Goals of each match in each group of bands.
    groups : ndarray of int, shape (b,)
        The group each band belongs to; bands of one group keep their proportions.
    prior_shares : ndarray, shape (b,)
        Where to start, and what to shrink towards.
    repulsion : float
        As in ``window_counts``.
    prior_matches : float
        The prior counts as much as this many matches that split as it says.

    Returns
    -------
    ndarray, shape (b,)

    Raises
    ------
    NotEnoughData
        If a group has no goal and there is no prior.

    Notes
    -----
    The likelihood given the final numbers is an exponential family, whose maximum makes expected and observed
    goals of every group equal; iterative scaling gets there (Darroch and Ratcliff, 1972, *Ann. Math.
    Statist.* 43, 1470–1480).
    """
    observed = goals.sum(axis=0)
    if not observed.all() and prior_matches <= 0:
        raise NotEnoughData("a share needs a goal in every part of the match, or a prior")
    if not observed.any():
        return prior_shares
    sample = _Sample(groups, np.bincount(goals.sum(axis=1)) / len(goals), repulsion)
    prior = sample.expected(prior_shares)
    target = (observed + prior_matches * prior) / (len(goals) + prior_matches)
    return _scale(prior_shares, target, sample)


def fit_half_share(
    first_half_goals: Ints,
    goals: Ints,
    prior_shares: Floats,
    *,
    repulsion: float = 0.0,
    prior_matches: float = 0.0,
) -> float:
    """Fit the first half's share to half-time and final numbers of goals.

    Parameters
    ----------
    first_half_goals, goals : ndarray of int, shape (n,)
        Both sides' goals together.
    prior_shares : ndarray, shape (b,)
        As in ``fit_shares``; the first half of the bands is the first half of the match.
    repulsion : float
        Likewise.
    prior_matches : float
        Likewise.

    Raises
    ------
    UsageError
        If a first half has fewer goals than none, or more than its match.

    Examples
    --------
    Without repulsion and prior it is the share of the goals:

    >>> half = np.array([0.5, 0.5])
    >>> fit_half_share(np.array([1, 0, 2]), np.array([2, 1, 2]), half).__round__(12)
    0.6

    A prior that counts as three more matches like these pulls it half of the way:

    >>> fit_half_share(np.array([1, 0, 2]), np.array([2, 1, 2]), half, prior_matches=3).__round__(12)
    0.55
    """
    if ((first_half_goals < 0) | (first_half_goals > goals)).any():
        raise UsageError("goals of the first half must be at least 0 and at most those of the match")
    groups = np.repeat([0, 1], len(prior_shares) // 2)
    halves = np.stack([first_half_goals, goals - first_half_goals], axis=1)
    shares = fit_shares(halves, groups, prior_shares, repulsion=repulsion, prior_matches=prior_matches)
    return float(shares[groups == 0].sum())


@dataclass(frozen=True)
class _Sample:
    """Matches whose goals are counted by groups of bands; ``weight[n]`` of them have n goals."""

    groups: Ints
    weight: Floats
    repulsion: float

    def expected(self, shares: Floats) -> Floats:
        """Goals a match in each group."""
        most = len(self.weight) - 1
        windows = (
            window_counts(shares, self.groups == group, most, self.repulsion)
            for group in range(self.groups.max() + 1)
        )
        return np.array([self.weight @ counts @ np.arange(most + 1) for counts in windows])


def _scale(shares: Floats, target: Floats, sample: _Sample) -> Floats:
    for _ in range(_SCALING_STEPS):
        ratio = target / sample.expected(shares)
        shares = shares * ratio[sample.groups]
        shares = shares / shares.sum()
        if np.abs(ratio - 1.0).max() < _SCALING_TOLERANCE:
            return shares
    raise NotEnoughData("the shares of the goals cannot be told from so lopsided a sample")


def _weights(shares: Floats, most: int, repulsion: float) -> Floats:
    """Weight of 0 … most goals in some bands together: the convolution of the bands' own weights."""
    goals = np.arange(most + 1)
    factorials = np.cumprod(np.maximum(goals, 1), dtype=np.float64)
    apart = np.exp(-repulsion * goals * (goals - 1) / 2) / factorials
    weights = np.eye(1, most + 1)[0]
    for share in shares:
        weights = np.convolve(weights, share**goals * apart)[: most + 1]
    return checks.floats("weights", weights)


def _binomials(most: int) -> Floats:
    """Pascal's triangle, shape (most + 1, most + 1)."""
    table = np.eye(1, most + 1)
    for _ in range(most):
        above = table[-1]
        table = np.vstack([table, above + np.append(0.0, above[:-1])])
    return checks.floats("binomials", table)
