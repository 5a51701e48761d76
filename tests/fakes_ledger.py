"""The books in lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monps.domain.ledger import Bankroll, Bet, Settlement
from monps.errors import ConflictError
from monps.ports.ledger import LedgerRepository, Trial, TrialRepository

_NOTHING = Decimal("0.00")


@dataclass
class FakeLedgerRepository(LedgerRepository):
    """Bankrolls and bets in lists; balances are summed when asked for."""

    opened: dict[str, Bankroll] = field(default_factory=dict)
    placed: list[Bet] = field(default_factory=list)

    def open_bankroll(self, bankroll: Bankroll) -> None:
        """Add a bankroll of a new name."""
        if bankroll.name in self.opened:
            raise ConflictError(f"there is a bankroll {bankroll.name!r} already")
        self.opened[bankroll.name] = bankroll

    def bankrolls(self) -> Sequence[Bankroll]:
        """Return every bankroll, by name."""
        return [self._balanced(self.opened[name]) for name in sorted(self.opened)]

    def bankroll(self, name: str) -> Bankroll | None:
        """Return one bankroll."""
        return self._balanced(self.opened[name]) if name in self.opened else None

    def place(self, bet: Bet) -> Bet:
        """Add a bet, unless its reference was used before."""
        same = (b for b in self.bets(bet.bankroll) if bet.reference and b.reference == bet.reference)
        if (before := next(same, None)) is not None:
            return before
        self.placed.append(bet.model_copy(update={"bet_id": len(self.placed) + 1}))
        return self.placed[-1]

    def bets(self, bankroll: str | None = None, *, open_only: bool = False) -> Sequence[Bet]:
        """Return bets in the order in which they were placed."""
        mine = [bet for bet in self.placed if bankroll in (None, bet.bankroll)]
        return [bet for bet in mine if bet.is_open or not open_only]

    def bet(self, bet_id: int) -> Bet | None:
        """Return one bet."""
        return next((bet for bet in self.placed if bet.bet_id == bet_id), None)

    def settle(self, bet_id: int, settlement: Settlement) -> None:
        """Settle a bet that is open."""
        bet = self.placed[bet_id - 1]
        if bet.settlement is not None:
            raise ConflictError(f"bet {bet_id} is settled as {bet.settlement.result}")
        self.placed[bet_id - 1] = bet.model_copy(update={"settlement": settlement})

    def _balanced(self, bankroll: Bankroll) -> Bankroll:
        mine = self.bets(bankroll.name)
        staked = sum((bet.stake for bet in mine if bet.is_open), _NOTHING)
        gained = sum((bet.settlement.profit for bet in mine if bet.settlement), _NOTHING)
        balance = bankroll.initial + gained - staked
        return bankroll.model_copy(update={"balance": balance, "open_stakes": staked})


@dataclass
class FakeTrialRepository(TrialRepository):
    """Trials in a dictionary."""

    kept: dict[str, Trial] = field(default_factory=dict)

    def add(self, trial: Trial) -> None:
        """Keep a trial that is new."""
        self.kept.setdefault(trial.digest, trial)

    def all(self) -> Sequence[Trial]:
        """Return every trial."""
        return list(self.kept.values())
