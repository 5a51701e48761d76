"""Bookmakers: what each believes of a match, and the odds that it offers.

All see the clubs' strengths, through one error that they share and one of their own; before kick-off they
also hear the news, so closing odds are sharper. Beliefs are goal rates, so that all markets of one book
follow from one distribution of scores.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.grid import GRID_SIZE
from monps.sources.simulated.play import Outlook
from monps.sources.simulated.scores import Rates, goal_difference, outcomes, under

LINES = np.arange(-3.0, 3.25, 0.25)
SHARED_ERROR, EARLY_ERROR = 0.015, 0.025
"""Spread of the error that all share at closing, and of what is added to it days before."""
TWO_WAY_MARGIN = 0.85
"""Margin of a market of two selections for each unit of margin on the match result."""
TIER_MARGIN = 1.1
"""How much larger margins are one tier further down."""
SHORTEST_ODDS = 1.02
"""No book offers less, whatever it believes."""
_NEWTON_STEPS = 7


class Bookmaker(NamedTuple):
    """A book by its column prefix: overround on the match result, and the spread of its own early error.

    The prefixes are those of real columns, since the reader knows them; the prices behind them are not.
    """

    code: str
    overround: float
    error: float


BOOKMAKERS = (
    Bookmaker("B365", 1.053, 0.020),
    Bookmaker("BW", 1.054, 0.025),
    Bookmaker("IW", 1.057, 0.030),
    Bookmaker("PS", 1.026, 0.008),
    Bookmaker("WH", 1.058, 0.025),
    Bookmaker("VC", 1.056, 0.022),
)


class Prices(NamedTuple):
    """Odds to two decimals of b books on n matches at one stage, and the handicap that all offer.

    ``match_result`` is (b, n, 3), ``totals`` (b, n, 2) over and under 2.5, ``handicap`` (b, n, 2) home and
    away with ``line`` (n,) given to the home side.
    """

    match_result: Floats
    totals: Floats
    handicap: Floats
    line: Floats


class Quotes(NamedTuple):
    """Prices days before kick-off, and the last before it."""

    early: Prices
    closing: Prices


def quote(view: Outlook, rho: float, tier: int, rng: np.random.Generator) -> Quotes:
    """Price a season before and at closing.

    Parameters
    ----------
    view : Outlook
        Of n matches; the surprise is not looked at.
    rho : float
        Dixon–Coles dependence, which the books know.
    tier : int
        1 for the first division; margins grow with it.
    rng : numpy.random.Generator
    """
    shape = view.usual.shape
    shared = view.usual + rng.normal(0.0, SHARED_ERROR, shape)
    before = shared + rng.normal(0.0, EARLY_ERROR, shape)
    own = np.array([book.error for book in BOOKMAKERS])[:, None, None]
    errors = rng.normal(0.0, own, (2, len(BOOKMAKERS), *shape))
    margins = np.array([book.overround - 1.0 for book in BOOKMAKERS]) * TIER_MARGIN ** (tier - 1)
    early = _price(before + errors[0], before, rho, margins)
    return Quotes(early, _price(shared + view.news + errors[1] / 2, shared + view.news, rho, margins))


def add_margin(probabilities: Floats, overround: Floats) -> Floats:
    """Return implied probabilities ``p^k`` that sum to the overround, by Newton's method on k.

    Powers below 1 burden outsiders more than favourites, as bookmakers do.

    Parameters
    ----------
    probabilities : ndarray, shape (…, k)
    overround : ndarray, shape (…)

    Examples
    --------
    >>> add_margin(np.array([0.25, 0.25, 0.5]), np.array(1.0)).tolist()
    [0.25, 0.25, 0.5]
    """
    logs = np.log(probabilities)
    power = np.ones(probabilities.shape[:-1])
    for _ in range(_NEWTON_STEPS):
        implied = np.exp(power[..., None] * logs)
        power -= (implied.sum(axis=-1) - overround) / (implied * logs).sum(axis=-1)
    return np.exp(power[..., None] * logs)


def handicap_probabilities(difference: Floats, lines: Floats) -> Floats:
    """Return the chance that each side wins a handicap bet given that the stake is not returned.

    Parameters
    ----------
    difference : ndarray, shape (n, 29)
        Distribution of home minus away goals, from −14 to 14.
    lines : ndarray, shape (n,)
        Goals given to the home side, in quarters; a quarter line is half a bet on each neighbour.

    Returns
    -------
    ndarray, shape (n, 2)

    Examples
    --------
    >>> level = goal_difference(Rates(np.array([1.4]), np.array([1.4])), 0.0)
    >>> handicap_probabilities(level, np.array([0.0])).round(6).tolist()
    [[0.5, 0.5]]
    """
    goals = np.arange(1.0 - GRID_SIZE, GRID_SIZE)
    halves = np.stack([np.floor(2.0 * lines), np.ceil(2.0 * lines)]) / 2.0
    sides = np.sign(goals + halves[:, :, None])
    won = (difference * (sides > 0)).sum(axis=(0, 2))
    lost = (difference * (sides < 0)).sum(axis=(0, 2))
    chances: Floats = np.stack([won, lost], axis=1) / (won + lost)[:, None]
    return chances


def even_lines(difference: Floats) -> Floats:
    """Return the handicap on which both sides are nearest to evens, shape (n,)."""
    home = [handicap_probabilities(difference, np.full(len(difference), line))[:, 0] for line in LINES]
    nearest: Floats = LINES[np.abs(np.stack(home) - 0.5).argmin(axis=0)]
    return nearest


def _price(beliefs: Floats, consensus: Floats, rho: float, margins: Floats) -> Prices:
    """Price beliefs (b, n, 2), logarithms of rates, on the consensus' handicaps."""
    books, matches, _ = beliefs.shape
    rates = _rates(beliefs.reshape(-1, 2))
    lines = even_lines(goal_difference(_rates(consensus), rho))
    difference = goal_difference(rates, rho)
    low = under(2, rates)
    three = outcomes(difference).reshape(books, matches, 3)
    two = np.stack([1.0 - low, low], axis=1).reshape(books, matches, 2)
    handicap = handicap_probabilities(difference, np.tile(lines, books)).reshape(books, matches, 2)
    return Prices(*_odds((three, two, handicap), margins), lines)


def _odds(markets: Sequence[Floats], margins: Floats) -> tuple[Floats, Floats, Floats]:
    three, two, handicap = markets
    narrow = 1.0 + TWO_WAY_MARGIN * margins
    return _offer(three, 1.0 + margins), _offer(two, narrow), _offer(handicap, narrow)


def _offer(probabilities: Floats, overround: Floats) -> Floats:
    implied = add_margin(probabilities, np.broadcast_to(overround[:, None], probabilities.shape[:2]))
    return np.maximum(np.round(1.0 / implied, 2), SHORTEST_ODDS)


def _rates(logarithms: Floats) -> Rates:
    rates = np.exp(logarithms)
    return Rates(rates[:, 0], rates[:, 1])
