"""The books, and the record of the rules that were tried."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.ledger import Bankroll, Bet, Settlement


class LedgerRepository(Protocol):
    """Bankrolls and bets: they are added and settled, and otherwise never change."""

    def open_bankroll(self, bankroll: Bankroll) -> None:
        """Add a bankroll.

        Raises
        ------
        ConflictError
            If there is one of this name.
        """
        ...

    def bankrolls(self) -> Sequence[Bankroll]:
        """Every bankroll with its balance now, by name."""
        ...

    def bankroll(self, name: str) -> Bankroll | None:
        """Return one bankroll with its balance now."""
        ...

    def place(self, bet: Bet) -> Bet:
        """Add a bet, and return it with its number.

        Where its ``reference`` was used in this bankroll before, nothing is added and the bet of that time
        is returned.
        """
        ...

    def bets(self, bankroll: str | None = None, *, open_only: bool = False) -> Sequence[Bet]:
        """Bets (of one bankroll) in the order in which they were placed, with their settlements."""
        ...

    def bet(self, bet_id: int) -> Bet | None:
        """Return one bet with its settlement."""
        ...

    def settle(self, bet_id: int, settlement: Settlement) -> None:
        """Settle a bet that is open.

        Raises
        ------
        ConflictError
            If it is settled already: a settlement is never changed.
        """
        ...


class Trial(NamedTuple):
    """A rule that was tried on some matches: what it was, and how many standard errors it gained.

    ``ratio`` is None where too few bets were made to tell.
    """

    digest: str
    description: str
    tried_at: datetime
    bets: int
    ratio: float | None


class TrialRepository(Protocol):
    """Every rule ever tried; who looks at the best of many should know how many there were."""

    def add(self, trial: Trial) -> None:
        """Keep a trial; the same one again is no further trial."""
        ...

    def all(self) -> Sequence[Trial]:
        """Every trial, in the order in which they were made."""
        ...
