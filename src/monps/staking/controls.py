"""Controls: small rules that make the stakes of k bets, shape (k,), smaller; each says where it bit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from monps.domain.stakes import Limits
from monps.numerics.checks import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """The bankroll as the controls see it, in money.

    Parameters
    ----------
    balance : float
        What is free to be staked.
    wealth : float
        The balance, and what is staked on open bets.
    peak : float
        The most that the wealth has been.
    lost_today : float
        What bets settled today have lost, on balance.
    staked_today : float
        What was staked today before.
    """

    balance: float
    wealth: float
    peak: float
    lost_today: float = 0.0
    staked_today: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """k stakes that are about to be placed.

    Parameters
    ----------
    stakes : ndarray, shape (k,)
        In money.
    match, competition : ndarray of int, shape (k,)
        Numbers; bets with the same one belong together.
    on_match, on_competition : ndarray or float, shape (k,)
        What is staked there on open bets already.
    account : Account
    """

    stakes: Floats
    match: Ints
    competition: Ints
    account: Account
    on_match: Floats | float = 0.0
    on_competition: Floats | float = 0.0


class Controlled(NamedTuple):
    """Stakes after all controls.

    Parameters
    ----------
    stakes : ndarray, shape (k,)
    bites : mapping of str to ndarray, shapes (k,)
        What each control that bit took away.
    """

    stakes: Floats
    bites: Mapping[str, Floats]


Control = Callable[[Slate, Limits], Floats]
"""From stakes about to be placed, and the limits, to smaller ones, shape (k,)."""


def drawdown_stop(slate: Slate, limits: Limits) -> Floats:
    """Stop betting for good once the wealth has fallen so far from its peak."""
    return _stop(slate, slate.account.wealth <= (1.0 - limits.drawdown_stop) * slate.account.peak)


def daily_loss(slate: Slate, limits: Limits) -> Floats:
    """Stop betting for today once so much was lost today."""
    account = slate.account
    return _stop(slate, account.lost_today >= limits.daily_loss * (account.wealth + account.lost_today) > 0.0)


def per_bet(slate: Slate, limits: Limits) -> Floats:
    """Put no more than so much on one bet."""
    most = limits.per_bet * slate.account.wealth
    return slate.stakes if slate.stakes.max(initial=0.0) <= most else np.minimum(slate.stakes, most)


def per_match(slate: Slate, limits: Limits) -> Floats:
    """Put no more than so much on one match, bets that are open included."""
    return _scaled(slate.stakes, slate.match, limits.per_match * slate.account.wealth - slate.on_match)


def per_competition(slate: Slate, limits: Limits) -> Floats:
    """Have no more than so much open in one competition."""
    room = limits.per_competition * slate.account.wealth - slate.on_competition
    return _scaled(slate.stakes, slate.competition, room)


def per_day(slate: Slate, limits: Limits) -> Floats:
    """Stake no more than so much in one day."""
    room = limits.per_day * slate.account.wealth - slate.account.staked_today
    return _scaled(slate.stakes, np.zeros(len(slate.stakes), dtype=np.int64), room)


def bankroll(slate: Slate, limits: Limits) -> Floats:  # noqa: ARG001 - a control's
    """Stake no more than there is."""
    return _scaled(slate.stakes, np.zeros(len(slate.stakes), dtype=np.int64), slate.account.balance)


def least_stake(slate: Slate, limits: Limits) -> Floats:
    """Place no stake that is too small to be taken."""
    small = slate.stakes < float(limits.least_stake)
    return np.where(small, 0.0, slate.stakes) if small.any() else slate.stakes


CONTROLS: dict[str, Control] = {
    control.__name__: control
    for control in (
        drawdown_stop,
        daily_loss,
        per_bet,
        per_match,
        per_competition,
        per_day,
        bankroll,
        least_stake,
    )
}
"""Every control by name, in the order in which they run."""

_TOO_LITTLE = 1e-9


def control(slate: Slate, limits: Limits) -> Controlled:
    """Run all controls, each on what the one before left.

    Parameters
    ----------
    slate : Slate
        What is about to be placed.
    limits : Limits
        What one never does.
    """
    bites: dict[str, Floats] = {}
    for name, rule in CONTROLS.items():
        left = rule(slate, limits)
        if left is slate.stakes:
            continue
        taken = slate.stakes - left
        if (taken > _TOO_LITTLE).any():
            bites[name] = taken
            slate = replace(slate, stakes=left)
    return Controlled(slate.stakes, bites)


def _stop(slate: Slate, stopped: bool) -> Floats:
    return np.zeros_like(slate.stakes) if stopped else slate.stakes


def _scaled(stakes: Floats, group: Ints, room: Floats | float) -> Floats:
    """Scale the stakes of each group so that together they fit into its room."""
    if stakes.sum() <= (room if isinstance(room, float) else room.min(initial=np.inf)):
        return stakes
    places = np.unique(group, return_inverse=True)[1].ravel()
    together = np.bincount(places, weights=stakes)[places]
    room = np.maximum(room, 0.0)
    over = together > room
    return stakes * np.divide(room, together, out=np.ones_like(stakes), where=over)
