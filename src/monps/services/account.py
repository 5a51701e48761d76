"""A bankroll as the controls see it: what is open where, what was staked and lost today."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import numpy as np

from monps.domain.ledger import Bankroll, Bet
from monps.numerics.checks import Floats
from monps.ports.unit_of_work import UnitOfWork
from monps.staking.controls import Account, Slate

_NOTHING = Decimal("0.00")


def slate_of(
    work: UnitOfWork,
    bankroll: Bankroll,
    places: Sequence[tuple[int, str]],
    stakes: Floats,
    *,
    now: datetime,
) -> Slate:
    """Set out stakes that are about to be placed, beside what the bankroll has open already.

    Parameters
    ----------
    work : UnitOfWork
        Where the books are.
    bankroll : Bankroll
        Whose money.
    places : sequence of (int, str), length k
        Each bet's match and competition.
    stakes : ndarray, shape (k,)
        In money.
    now : datetime
        The present, whose day is today.
    """
    bets = work.ledger.bets(bankroll.name)
    matches, competitions = [match for match, _ in places], [code for _, code in places]
    codes = sorted(set(competitions))
    still = [bet for bet in bets if bet.is_open]
    return Slate(
        stakes,
        np.array(matches, dtype=np.int64),
        np.array([codes.index(code) for code in competitions], dtype=np.int64),
        account_of(bankroll, bets, now),
        np.array([_staked(bet for bet in still if bet.match_id == match) for match in matches]),
        np.array([_staked(bet for bet in still if bet.competition == code) for code in competitions]),
    )


def account_of(bankroll: Bankroll, bets: Sequence[Bet], now: datetime) -> Account:
    """Return a bankroll in the controls' terms.

    Parameters
    ----------
    bankroll : Bankroll
        With its balance.
    bets : sequence of Bet
        All of it.
    now : datetime
        The present, whose day is today.
    """
    today = now.date()
    settled = sorted(
        (bet.settlement.settled_at, bet.settlement.profit) for bet in bets if bet.settlement is not None
    )
    wealth = peak = bankroll.initial
    for _, profit in settled:
        wealth += profit
        peak = max(peak, wealth)
    lost = -sum((profit for moment, profit in settled if moment.date() == today), _NOTHING)
    return Account(
        balance=float(bankroll.balance),
        wealth=float(wealth),
        peak=float(peak),
        lost_today=float(max(lost, _NOTHING)),
        staked_today=_staked(bet for bet in bets if bet.placed_at.date() == today),
    )


def _staked(bets: Iterable[Bet]) -> float:
    return float(sum((bet.stake for bet in bets), _NOTHING))
