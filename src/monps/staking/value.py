"""Value: what each offer is worth by the forecast, and why most are not worth a bet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, get_args

import numpy as np

from monps.domain.base import Noun
from monps.domain.risk import Reason
from monps.markets.pricing import price
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.numerics.growth import expected_value, kelly_single, net_odds
from monps.staking.offers import Offers

REASONS: tuple[Reason, ...] = get_args(Reason)
NO_REASON = -1
"""The code of an offer that is worth a bet; any other is a place in ``REASONS``."""

NORMAL_95 = 1.959963984540054
_HOUR = 3_600_000_000
_CROWD = 3


class ValueRule(Noun):
    """What is asked of an offer before one bets.

    Parameters
    ----------
    least_value : float
        Expected value that must be cleared, per unit not given back.
    caution : float
        How many standard errors below the estimate must still clear it: 1.96 is the lower end of the 95 %
        interval, 0 takes the forecast as exact.
    oldest_hours : float
        Quotes older than this when one looks are stale.
    anomalous : float
        Winnings this many times those of the median bookmaker, of three or more, are taken for an error.
    commission : mapping of str to float
        What exchanges keep of the winnings, by bookmaker.
    """

    least_value: float = 0.02
    caution: float = 1.0
    oldest_hours: float = 24.0 * 7
    anomalous: float = 1.5
    commission: Mapping[str, float] = {"betfair_exchange": 0.05}


class Chances(NamedTuple):
    """What the forecast says of k offers.

    Parameters
    ----------
    probability, void : ndarray, shape (k,)
        Chance to win what is not given back, and the expected part that is.
    error : ndarray, shape (k,)
        Standard error of the probability.
    """

    probability: Floats
    void: Floats
    error: Floats

    def where(self, rows: Bools | Ints) -> "Chances":
        """Return those of some of the offers."""
        return Chances(*(column[rows] for column in self))


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What k offers are worth.

    Parameters
    ----------
    probability, void : ndarray, shape (k,)
        Chance to win what is not given back, and the expected part that is.
    error : ndarray, shape (k,)
        Standard error of the probability.
    odds : ndarray, shape (k,)
        Net of commission.
    value : ndarray, shape (k,)
        Expected value per unit not given back.
    kelly : ndarray, shape (k,)
        Share of wealth if it were the only bet.
    stale, anomalous : ndarray of bool, shape (k,)
    reason : ndarray of int, shape (k,)
        ``NO_REASON``, or why not.
    """

    probability: Floats
    void: Floats
    error: Floats
    odds: Floats
    value: Floats
    kelly: Floats
    stale: Bools
    anomalous: Bools
    reason: Ints

    @property
    def bets(self) -> Bools:
        """Shape (k,): which offers are worth a bet."""
        return np.asarray(self.reason == NO_REASON)

    @property
    def value_error(self) -> Floats:
        """Shape (k,): standard error of the value."""
        return self.error * self.odds


def assess(
    offers: Offers,
    grid: ScoreGrid,
    rule: ValueRule,
    *,
    rate_errors: Floats | None = None,
    as_of: Ints | None = None,
) -> Assessment:
    """Hold offers against forecasts.

    Parameters
    ----------
    offers : Offers
        Of n matches.
    grid : ScoreGrid
        Forecasts of these matches.
    rule : ValueRule
        What is asked of an offer.
    rate_errors : ndarray, shape (n, 2), optional
        Standard errors of the logarithms of both sides' goal rates; without them the forecast is exact.
    as_of : ndarray of int, shape (n,), optional
        The moments from which one looks, in microseconds since 1970; without them nothing is stale.

    Returns
    -------
    Assessment
    """
    return weigh(offers, probabilities(offers, grid, rate_errors), rule, as_of=as_of)


def weigh(offers: Offers, chances: Chances, rule: ValueRule, *, as_of: Ints | None = None) -> Assessment:
    """Hold offers against chances that are reckoned already.

    Parameters
    ----------
    offers : Offers
        Of n matches.
    chances : Chances
        Of the k offers.
    rule : ValueRule
        What is asked of an offer.
    as_of : ndarray of int, shape (n,), optional
        The moments from which one looks, in microseconds since 1970; without them nothing is stale.

    Returns
    -------
    Assessment
    """
    probability, void, error = chances
    rates = np.array([rule.commission.get(name, 0.0) for name in offers.bookmakers])
    odds = net_odds(offers.odds, rates[offers.bookmaker] if len(offers) else 0.0)
    value = expected_value(probability, odds)
    stale = _stale(offers, rule, as_of)
    anomalous = _anomalous(offers, rule)
    reason = np.full(len(offers), NO_REASON)
    for name, applies in (
        ("no_forecast", ~np.isfinite(value)),
        ("stale_quote", stale),
        ("anomalous_quote", anomalous),
        ("no_edge", value <= max(rule.least_value, 0.0)),
        ("uncertain", value - rule.caution * error * odds <= max(rule.least_value, 0.0)),
    ):
        reason[(reason == NO_REASON) & applies] = REASONS.index(name)
    reason[(reason == NO_REASON) & ~best_offers(offers.bet_key, odds, reason == NO_REASON)] = REASONS.index(
        "better_price"
    )
    return Assessment(
        probability, void, error, odds, value, kelly_single(probability, odds), stale, anomalous, reason
    )


def probabilities(offers: Offers, grid: ScoreGrid, rate_errors: Floats | None = None) -> Chances:
    """Return each offer's probability, void part, and the probability's standard error, each of shape (k,).

    Parameters
    ----------
    offers : Offers
        Of n matches.
    grid : ScoreGrid
        Forecasts of these matches.
    rate_errors : ndarray, shape (n, 2), optional
        Standard errors of the logarithms of both sides' goal rates.
    """
    if not len(offers):
        return Chances(np.zeros(0), np.zeros(0), np.zeros(0))
    at = offers.match, offers.selection
    sheet = price(grid, offers.markets)
    chance, void = sheet.probability[at], sheet.void[at]
    if rate_errors is None or not rate_errors.any():
        return Chances(chance, void, np.zeros(len(offers)))
    nothing = np.zeros(len(grid))
    shifts = ((rate_errors[:, 0], nothing), (nothing, rate_errors[:, 1]))
    moved = [price(tilted(grid, *shift), offers.markets).probability[at] - chance for shift in shifts]
    return Chances(chance, void, np.hypot(*moved))


def tilted(grid: ScoreGrid, home: Floats, away: Floats) -> ScoreGrid:
    """Move the logarithms of both sides' goal rates, each by an amount of shape (n,).

    The grid is tilted exponentially, which is exact for Poisson goals and keeps any other shape.
    """
    goals = np.arange(grid.size)
    tilt = np.exp(home[:, None, None] * goals[:, None] + away[:, None, None] * goals)
    moved = grid.probabilities * tilt
    return ScoreGrid(moved * ((1.0 - grid.tail) / moved.sum(axis=(1, 2)))[:, None, None], grid.tail)


def _stale(offers: Offers, rule: ValueRule, as_of: Ints | None) -> Bools:
    if as_of is None:
        return np.zeros(len(offers), dtype=np.bool_)
    return np.asarray(as_of[offers.match] - offers.quoted_at > rule.oldest_hours * _HOUR)


def _anomalous(offers: Offers, rule: ValueRule) -> Bools:
    with np.errstate(invalid="ignore"):
        far = offers.odds - 1.0 > rule.anomalous * (offers.median - 1.0)
    return np.asarray(far & (offers.count >= _CROWD))


def best_offers(key: Ints, odds: Floats, among: Bools) -> Bools:
    """Mark the first offer with the best odds of each selection, among those that are in question.

    Parameters
    ----------
    key : ndarray of int, shape (k,)
        ``Offers.bet_key``.
    odds : ndarray, shape (k,)
        Net decimal odds.
    among : ndarray of bool, shape (k,)
        Which are in question.
    """
    order = np.lexsort((np.arange(len(odds)), -odds, ~among, key))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.diff(key[order]) != 0
    best = np.zeros(len(order), dtype=np.bool_)
    best[order[first]] = True
    return best & among
