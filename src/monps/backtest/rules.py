"""A rule to bet by: what to choose, at whose prices, how much to stake, and what never to do.

A choice marks which of k offers to take, shape (k,).
"""

import hashlib
from collections.abc import Callable, Mapping

import numpy as np
from pydantic import Field, SerializeAsAny

from monps.domain.base import Noun
from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM
from monps.domain.risk import Money
from monps.domain.stakes import Limits
from monps.numerics.checks import Bools, Floats
from monps.staking import Flat, StakeRule
from monps.staking.offers import SUMMARIES, Offers
from monps.staking.value import Assessment, ValueRule

BEST, EVERY_BOOK = "best", "books"
PRICES: Mapping[str, str] = {"average": CONSENSUS_AVERAGE, BEST: CONSENSUS_MAXIMUM, "pinnacle": "pinnacle"}
"""From a ``price`` to whose odds it takes; besides, it may be a bookmaker, or ``books``: the best of all."""


class BettingRule(Noun):
    """A frozen recipe to bet by.

    Parameters
    ----------
    stake : StakeRule
        How much to put on each bet.
    choice : str
        What to bet on, a name in ``CHOICES``: ``"value"``, or one of the controls ``"random"``,
        ``"favourite"``, ``"home"`` and ``"everything"``.
    price : str
        ``"average"``, ``"best"``, ``"pinnacle"``, another bookmaker, or ``"books"``.
    markets : tuple of str
        Families that may be bet on.
    value : ValueRule
        What is asked of an offer. Forecasts are of a match's morning; a price that is more than a day older
        no longer stood by then, and is stale.
    limits : Limits
        What one never does.
    initial : Decimal
        The bankroll that one begins with.
    seed : int
        Where the chance of random bets comes from.
    """

    stake: SerializeAsAny[StakeRule] = Flat()
    choice: str = "value"
    price: str = "average"
    markets: tuple[str, ...] = ("match_result", "totals", "asian_handicap")
    value: ValueRule = ValueRule(oldest_hours=24.0)
    limits: Limits = Limits()
    initial: Money = Field(default="1000.00", gt=0, validate_default=True)
    seed: int = 1

    @property
    def label(self) -> str:
        """What it is called in tables."""
        return self.stake.name if self.choice == "value" else self.choice

    @property
    def digest(self) -> str:
        """The same for the same rule, in hexadecimal."""
        return hashlib.sha256(f"{self.stake.name}{self.model_dump_json()}".encode()).hexdigest()

    def may_take(self, offers: Offers) -> Bools:
        """Shape (k,): which offers are at this rule's prices and in its markets."""
        families = [selection.market.family in self.markets for selection in offers.selections]
        if self.price == EVERY_BOOK:
            priced = ~offers.of_bookmakers(SUMMARIES)
        else:
            priced = offers.of_bookmakers([PRICES.get(self.price, self.price)])
        return np.asarray(priced & np.array(families, dtype=np.bool_)[offers.selection])


Choice = Callable[[BettingRule, Offers, Assessment, np.random.Generator], Bools]
"""From a rule, the offers and what they are worth to which to bet on, shape (k,)."""


def of_value(rule: BettingRule, offers: Offers, worth: Assessment, rng: np.random.Generator) -> Bools:  # noqa: ARG001 - a choice's
    """Choose what is of value."""
    return worth.bets


def at_random(rule: BettingRule, offers: Offers, worth: Assessment, rng: np.random.Generator) -> Bools:  # noqa: ARG001 - a choice's
    """Choose one offer of each match by lot: this must lose about the margin."""
    return _first_of_match(offers, rng.random(len(offers)))


def favourites(rule: BettingRule, offers: Offers, worth: Assessment, rng: np.random.Generator) -> Bools:  # noqa: ARG001 - a choice's
    """Choose the shortest odds for a match result."""
    return _first_of_match(offers, np.where(_is_result(offers), offers.odds, np.inf))


def homes(rule: BettingRule, offers: Offers, worth: Assessment, rng: np.random.Generator) -> Bools:  # noqa: ARG001 - a choice's
    """Choose every home side, at its best price."""
    home = np.array([each.name == "home" for each in offers.selections], dtype=np.bool_)[offers.selection]
    return _first_of_match(offers, np.where(home & _is_result(offers), -offers.odds, np.inf))


def everything(rule: BettingRule, offers: Offers, worth: Assessment, rng: np.random.Generator) -> Bools:  # noqa: ARG001 - a choice's
    """Choose all that is on offer."""
    return np.ones(len(offers), dtype=np.bool_)


CHOICES: dict[str, Choice] = {
    "value": of_value,
    "random": at_random,
    "favourite": favourites,
    "home": homes,
    "everything": everything,
}
"""What to bet on, by name."""


def _is_result(offers: Offers) -> Bools:
    result = [each.market.family == "match_result" for each in offers.selections]
    return np.array(result, dtype=np.bool_)[offers.selection]


def _first_of_match(offers: Offers, rank: Floats) -> Bools:
    """Mark the offer of the lowest finite rank of each match."""
    order = np.lexsort((rank, offers.match))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.diff(offers.match[order]) != 0
    chosen = np.zeros(len(order), dtype=np.bool_)
    chosen[order[first]] = True
    return chosen & np.isfinite(rank)
