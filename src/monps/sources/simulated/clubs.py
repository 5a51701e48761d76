"""Clubs and their strengths through time.

Each club has a *wealth* that changes from season to season and pulls its attack and defence towards it, and
a *form* – how far attack and defence are from what the wealth would buy – that drifts from week to week
and is forgotten at a steady rate (a first-order autoregression).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from monps.errors import UsageError
from monps.numerics.checks import Floats, Ints
from monps.sources.simulated import names

OUTSIDE = 6
"""Clubs below the last division, three of which come up each summer."""
EXCHANGED = 3
"""Clubs that change places between neighbouring divisions each summer."""
WEEKS = 52

RICHEST = 0.97
"""Quantile of wealth that no club exceeds."""
STRENGTH_BY_WEALTH = 0.24
"""Attack, and defence, for one unit of wealth: both are logarithms of goals."""
WEALTH_KEPT, WEALTH_SHOCK = 0.85, 0.15
PROMOTION_BONUS = 0.25
FORM_KEPT, FORM_SPREAD = 0.98, 0.11
"""What is left of form after a week (half of it after 34 weeks), and its standard deviation."""
OPENNESS_SPREAD, HOME_EDGE_SPREAD, HABIT_SPREAD = 0.03, 0.04, 0.12


@dataclass(frozen=True, eq=False)
class Clubs:
    """What never changes about c clubs.

    Parameters
    ----------
    names : tuple of str
        Invented, all different.
    wealth : ndarray, shape (c,)
        The long-run wealth that each returns to.
    openness : ndarray, shape (c,)
        Added to attack and taken from defence.
    home_edge : ndarray, shape (c,)
        What the own ground adds to the logarithm of goals, beyond the league's home advantage.
    habits : ndarray, shape (c, 4)
        Logarithms of how many corners, fouls, cards and pressing actions are the club's own.
    """

    names: tuple[str, ...]
    wealth: Floats
    openness: Floats
    home_edge: Floats
    habits: Floats

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where every club stands when a season begins.

    Parameters
    ----------
    divisions : tuple of ndarray
        The clubs' numbers in each division, best division first; those outside are in none.
    wealth : ndarray, shape (c,)
    form : ndarray, shape (2, c)
        Deviation of attack and of defence from what the wealth buys.
    """

    divisions: tuple[Ints, ...]
    wealth: Floats
    form: Floats


@dataclass(frozen=True, eq=False)
class Strengths:
    """Attack and defence of c clubs in every week of a season, each of shape (52, c), on one scale.

    A side's goals are expected to be ``exp(base + attack − the other's defence)``.
    """

    attack: Floats
    defence: Floats


def draw_clubs(count: int, rng: np.random.Generator) -> Clubs:
    """Found clubs, the richest first; few are rich, many are not.

    Their wealth has a Gumbel distribution, one draw from each of as many slices of it as there are clubs.

    Raises
    ------
    UsageError
        If there are not so many names.
    """
    if count > len(names.CLUBS):
        raise UsageError(
            f"there are names for {len(names.CLUBS)} clubs, {OUTSIDE} of them outside, not {count}"
        )
    chosen = tuple(names.CLUBS[number] for number in rng.permutation(len(names.CLUBS))[:count])
    quantiles = RICHEST * (np.arange(count, 0, -1) - rng.random(count)) / count
    wealth = -np.log(-np.log(quantiles))
    openness, home_edge = rng.normal(0.0, OPENNESS_SPREAD, count), rng.normal(0.0, HOME_EDGE_SPREAD, count)
    return Clubs(chosen, wealth, openness, home_edge, rng.normal(0.0, HABIT_SPREAD, (count, 4)))


def first_standing(clubs: Clubs, sizes: Sequence[int], rng: np.random.Generator) -> Standing:
    """Begin history: the divisions are filled by wealth, form is drawn from its steady state."""
    edges = np.cumsum(sizes)
    divisions = tuple(np.split(np.arange(len(clubs)), edges)[: len(sizes)])
    return Standing(divisions, clubs.wealth, rng.normal(0.0, FORM_SPREAD, (2, len(clubs))))


def drift(form: Floats, rng: np.random.Generator) -> Floats:
    """Let form drift through a season, shape (52, 2, c): ``f ← 0.98 f + shock``, its spread kept."""
    shocks = rng.normal(0.0, FORM_SPREAD * np.sqrt(1.0 - FORM_KEPT**2), (WEEKS, *form.shape))
    path = np.empty_like(shocks)
    for week, shock in enumerate(shocks):
        form = FORM_KEPT * form + shock
        path[week] = form
    return path


def strengths(clubs: Clubs, wealth: Floats, path: Floats) -> Strengths:
    """Add what wealth, shape (clubs,), buys, the club's openness and the drifting form, shape (clubs, 2)."""
    bought = STRENGTH_BY_WEALTH * wealth
    return Strengths(bought + clubs.openness + path[:, 0], bought - clubs.openness + path[:, 1])


def next_standing(
    clubs: Clubs, before: Standing, ranked: Sequence[Ints], *, form: Floats, rng: np.random.Generator
) -> Standing:
    """Promote, relegate and let wealth move over the summer.

    Parameters
    ----------
    clubs : Clubs
    before : Standing
        As the season began.
    ranked : sequence of ndarray
        Each division's clubs, champions first.
    form : ndarray, shape (2, c)
        As the season ended.
    rng : numpy.random.Generator
    """
    outside = np.setdiff1d(np.arange(len(clubs)), np.concatenate(list(ranked)))
    below = outside[
        np.argsort(-before.wealth[outside] - rng.gumbel(0.0, WEALTH_SHOCK, len(outside)), kind="stable")
    ]
    divisions = exchange((*ranked, below))[:-1]
    moved = _steps(len(clubs), divisions) - _steps(len(clubs), before.divisions)
    shock = rng.normal(0.0, WEALTH_SHOCK, len(clubs)) - PROMOTION_BONUS * moved
    wealth = clubs.wealth + WEALTH_KEPT * (before.wealth - clubs.wealth) + shock
    return Standing(divisions, wealth, form)


def exchange(ranked: Sequence[Ints]) -> tuple[Ints, ...]:
    """Swap the last three of each division with the first three of the one below, in arrays of one shape.

    Examples
    --------
    >>> [clubs.tolist() for clubs in exchange([np.arange(5), np.arange(5, 10)])]
    [[0, 1, 5, 6, 7], [2, 3, 4, 8, 9]]
    """
    divisions = [clubs.copy() for clubs in ranked]
    for upper, lower in pairwise(divisions):
        down, up = upper[-EXCHANGED:].copy(), lower[:EXCHANGED].copy()
        upper[-EXCHANGED:], lower[:EXCHANGED] = up, down
    return tuple(divisions)


def _steps(count: int, divisions: Sequence[Ints]) -> Ints:
    """Each club's tier, counted from 0; the outside is the last."""
    tier = np.full(count, len(divisions))
    for number, clubs in enumerate(divisions):
        tier[clubs] = number
    return tier
