"""Bet by a rule, day by day: choose, stake, keep to the limits, settle."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monps.backtest.arena import Arena
from monps.backtest.rules import CHOICES, BettingRule
from monps.numerics.checks import Floats, Ints
from monps.numerics.growth import bet_returns
from monps.staking.controls import Account, Slate, control
from monps.staking.offers import Offers
from monps.staking.slip import Slip
from monps.staking.value import REASONS, Assessment, weigh

CENTS = 100
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """k bets that were placed, in the order of their days.

    Parameters
    ----------
    offers : Offers
        Which prices were taken.
    probability : ndarray, shape (k,)
        The forecasts.
    odds : ndarray, shape (k,)
        Net of commission.
    stakes, profits : ndarray, shape (k,)
        In money, to the cent.
    settled : ndarray, shape (k,)
        In {-1, -½, 0, ½, 1}.
    days : ndarray of int, shape (k,)
        Match days, since 1970.
    wealth_days, wealth : ndarray, shape (d,)
        The days with bets, and the bankroll after each.
    offered : Offers
        All that the rule might have taken.
    offered_odds : ndarray
        Of these offers, net of commission.
    not_taken, controls : dict of str to int
        Offers without a bet by reason; bets that a control made smaller.
    """

    offers: Offers
    probability: Floats
    odds: Floats
    stakes: Floats
    profits: Floats
    settled: Floats
    days: Ints
    wealth_days: Ints
    wealth: Floats
    offered: Offers
    offered_odds: Floats
    not_taken: dict[str, int]
    controls: dict[str, int]


def play(arena: Arena, rule: BettingRule) -> Played:
    """Replay a rule.

    Parameters
    ----------
    arena : Arena
        What there was to bet on.
    rule : BettingRule
        How to bet. Bets on matches whose result is not known are not placed.
    """
    known = np.isfinite(arena.settled[arena.offers.selection, arena.offers.match])
    rows = np.flatnonzero(rule.may_take(arena.offers) & known)
    offers = arena.offers.where(rows)
    worth = weigh(offers, arena.chances.where(rows), rule.value, as_of=arena.as_of)
    chosen = np.flatnonzero(CHOICES[rule.choice](rule, offers, worth, np.random.default_rng(rule.seed)))
    taken, slip = offers.where(chosen), _slip(arena, offers, worth, chosen)
    settled = arena.settled[taken.selection, taken.match]
    walked = _walk(arena, rule, slip, bet_returns(settled[:, None], slip.odds)[:, 0])
    placed = walked.stakes > 0
    kept = chosen[placed]
    return Played(
        offers.where(kept),
        worth.probability[kept],
        worth.odds[kept],
        walked.stakes[placed] / CENTS,
        walked.profits[placed] / CENTS,
        settled[placed],
        arena.days[offers.match[kept]],
        walked.days,
        walked.wealth / CENTS,
        offers,
        worth.odds,
        _not_taken(worth, chosen, len(placed) - len(kept)),
        walked.bites,
    )


def _slip(arena: Arena, offers: Offers, worth: Assessment, chosen: Ints) -> Slip:
    return Slip(
        offers.selections,
        arena.grid,
        offers.match[chosen],
        offers.selection[chosen],
        offers.market[chosen],
        worth.odds[chosen],
        worth.probability[chosen],
        worth.error[chosen],
    )


class _Walk(NamedTuple):
    """Stakes and profits of all bets, and wealth after each day, in whole cents."""

    stakes: Ints
    profits: Ints
    days: Ints
    wealth: Ints
    bites: dict[str, int]


def _walk(arena: Arena, rule: BettingRule, slip: Slip, returns: Floats) -> _Walk:
    """Go from day to day: what was won yesterday can be staked today."""
    shares, days = rule.stake.shares(slip), arena.days[slip.match]
    competition = arena.competition[slip.match]
    stakes, profits = np.zeros((2, len(slip)), dtype=np.int64)
    wealth = peak = initial = round(float(rule.initial) * CENTS)
    path, bites = [], dict[str, int]()
    starts = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
    for day in np.split(np.arange(len(days)), starts[1:]) if len(days) else ():
        rows = slice(int(day[0]), int(day[-1]) + 1)
        asked = shares[rows] * ((initial if rule.stake.of_initial else wealth) / CENTS)
        account = Account(wealth / CENTS, wealth / CENTS, peak / CENTS)
        found = control(Slate(asked, slip.match[rows], competition[rows], account), rule.limits)
        for name, taken in found.bites.items():
            bites[name] = bites.get(name, 0) + int((taken > 0).sum())
        stakes[rows] = np.floor(found.stakes * CENTS + _ROUNDING)
        profits[rows] = np.rint(stakes[rows] * returns[rows])
        wealth += int(profits[rows].sum())
        peak = max(peak, wealth)
        path.append(wealth)
    return _Walk(stakes, profits, days[starts], np.array(path, dtype=np.int64), bites)


def _not_taken(worth: Assessment, chosen: Ints, stopped: int) -> dict[str, int]:
    """Count offers without a bet by reason; what was chosen and got no stake was stopped by a control."""
    left = np.ones(len(worth.reason), dtype=np.bool_)
    left[chosen] = False
    codes, counts = np.unique(worth.reason[left & ~worth.bets], return_counts=True)
    found = {str(REASONS[code]): int(count) for code, count in zip(codes, counts, strict=True)}
    return found | ({"control": stopped} if stopped else {})
