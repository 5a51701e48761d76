"""The books in their tables; ``monps.ports.ledger`` says what each method means."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, case, func, insert, select

from monps.domain.ledger import Bankroll, Bet, Settlement
from monps.domain.moments import from_micros, to_micros
from monps.errors import ConflictError
from monps.ports.ledger import Trial
from monps.storage.orm import bankrolls, bets, competitions, matches, settlements, teams, trials

_CENTS, _MILLIONTHS, _TEN_THOUSANDTHS = Decimal(100), Decimal(1_000_000), Decimal(10_000)
_AS_WRITTEN = ("family", "line", "period", "selection", "bookmaker", "probability", "note", "reference")


class SqlLedgerRepository:
    """Bankrolls and bets: they are added and settled, and otherwise never change.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_bankroll(self, bankroll: Bankroll) -> None:
        """Add a bankroll.

        Raises
        ------
        ConflictError
            If there is one of this name.
        """
        if self.bankroll(bankroll.name) is not None:
            raise ConflictError(f"there is a bankroll {bankroll.name!r} already")
        row = {
            "name": bankroll.name,
            "currency": bankroll.currency,
            "initial": _whole(bankroll.initial, _CENTS),
            "opened_at": to_micros(bankroll.opened_at),
        }
        self._connection.execute(insert(bankrolls).values(row))

    def bankrolls(self) -> tuple[Bankroll, ...]:
        """Every bankroll with its balance now, by name."""
        rows = _balances().order_by(bankrolls.c.name)
        return tuple(map(_bankroll, self._connection.execute(rows)))

    def bankroll(self, name: str) -> Bankroll | None:
        """Return one bankroll with its balance now."""
        row = self._connection.execute(_balances().where(bankrolls.c.name == name)).one_or_none()
        return None if row is None else _bankroll(row)

    def place(self, bet: Bet) -> Bet:
        """Add a bet, and return it with its number; a reference used before returns the bet of that time."""
        if bet.reference is not None and (before := self._referred(bet)) is not None:
            return before
        owner = select(bankrolls.c.id).where(bankrolls.c.name == bet.bankroll).scalar_subquery()
        row = {name: getattr(bet, name) for name in _AS_WRITTEN} | {
            "bankroll_id": owner,
            "match_id": bet.match_id,
            "kickoff": to_micros(bet.kickoff),
            "odds": _whole(bet.odds, _MILLIONTHS),
            "stake": _whole(bet.stake, _CENTS),
            "commission": _whole(bet.commission, _TEN_THOUSANDTHS),
            "placed_at": to_micros(bet.placed_at),
        }
        number = self._connection.execute(insert(bets).values(row).returning(bets.c.id)).scalar_one()
        return bet.model_copy(update={"bet_id": number})

    def bets(self, bankroll: str | None = None, *, open_only: bool = False) -> tuple[Bet, ...]:
        """Bets (of one bankroll) in the order in which they were placed, with their settlements."""
        rows = _bets().order_by(bets.c.id)
        if bankroll is not None:
            rows = rows.where(bankrolls.c.name == bankroll)
        if open_only:
            rows = rows.where(settlements.c.bet_id.is_(None))
        return tuple(map(_bet, self._connection.execute(rows)))

    def bet(self, bet_id: int) -> Bet | None:
        """Return one bet with its settlement."""
        return self._first(bets.c.id == bet_id)

    def settle(self, bet_id: int, settlement: Settlement) -> None:
        """Settle a bet that is open.

        Raises
        ------
        ConflictError
            If it is settled already: a settlement is never changed.
        """
        settled = select(settlements.c.result).where(settlements.c.bet_id == bet_id)
        if (before := self._connection.scalar(settled)) is not None:
            raise ConflictError(f"bet {bet_id} is settled as {before}; a settlement is never changed")
        row = {
            "bet_id": bet_id,
            "result": settlement.result,
            "profit": _whole(settlement.profit, _CENTS),
            "settled_at": to_micros(settlement.settled_at),
            "reason": settlement.reason,
            "fair_closing": settlement.fair_closing,
        }
        self._connection.execute(insert(settlements).values(row))

    def _referred(self, bet: Bet) -> Bet | None:
        return self._first(bankrolls.c.name == bet.bankroll, bets.c.reference == bet.reference)

    def _first(self, *conditions: ColumnElement[bool]) -> Bet | None:
        row = self._connection.execute(_bets().where(*conditions)).one_or_none()
        return None if row is None else _bet(row)


class SqlTrialRepository:
    """Every rule ever tried.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, trial: Trial) -> None:
        """Keep a trial; the same one again is no further trial."""
        same = select(trials.c.id).where(trials.c.digest == trial.digest)
        if self._connection.scalar(same) is None:
            row = trial._asdict() | {"tried_at": to_micros(trial.tried_at)}
            self._connection.execute(insert(trials).values(row))

    def all(self) -> tuple[Trial, ...]:
        """Every trial, in the order in which they were made."""
        columns = (trials.c[name] for name in Trial._fields)
        rows = self._connection.execute(select(*columns).order_by(trials.c.id))
        return tuple(Trial(*row)._replace(tried_at=from_micros(row.tried_at)) for row in rows)


def _whole(amount: Decimal, parts: Decimal) -> int:
    return int(amount * parts)


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / _CENTS).quantize(Decimal("0.01"))


def _sums() -> Subquery:
    """Sum the open stakes and the profits of each bankroll."""
    is_open = settlements.c.bet_id.is_(None)
    joined = bets.outerjoin(settlements, settlements.c.bet_id == bets.c.id)
    return (
        select(
            bets.c.bankroll_id,
            func.sum(case((is_open, bets.c.stake), else_=0)).label("staked"),
            func.sum(func.coalesce(settlements.c.profit, 0)).label("gained"),
        )
        .select_from(joined)
        .group_by(bets.c.bankroll_id)
        .subquery()
    )


def _balances() -> Select[Any]:
    sums = _sums()
    columns = (bankrolls.c[name] for name in ("name", "currency", "initial", "opened_at"))
    return select(*columns, sums.c.staked, sums.c.gained).select_from(
        bankrolls.outerjoin(sums, sums.c.bankroll_id == bankrolls.c.id)
    )


def _bankroll(row: Any) -> Bankroll:
    staked, gained = int(row.staked or 0), int(row.gained or 0)
    return Bankroll(
        name=row.name,
        currency=row.currency,
        initial=_money(row.initial),
        opened_at=from_micros(row.opened_at),
        balance=_money(row.initial + gained - staked),
        open_stakes=_money(staked),
    )


def _bets() -> Select[Any]:
    home, away = teams.alias("home"), teams.alias("away")
    tables = (
        bets.join(bankrolls, bankrolls.c.id == bets.c.bankroll_id)
        .join(matches, matches.c.id == bets.c.match_id)
        .join(competitions, competitions.c.id == matches.c.competition_id)
        .join(home, home.c.id == matches.c.home_id)
        .join(away, away.c.id == matches.c.away_id)
        .outerjoin(settlements, settlements.c.bet_id == bets.c.id)
    )
    return select(
        bets,
        bankrolls.c.name.label("bankroll"),
        competitions.c.code.label("competition"),
        home.c.name.label("home"),
        away.c.name.label("away"),
        *(settlements.c[name] for name in ("result", "profit", "settled_at", "reason", "fair_closing")),
    ).select_from(tables)


def _bet(row: Any) -> Bet:
    return Bet(
        bet_id=row.id,
        match_id=row.match_id,
        **{name: getattr(row, name) for name in (*_AS_WRITTEN, "bankroll", "competition", "home", "away")},
        kickoff=from_micros(row.kickoff),
        odds=Decimal(row.odds) / _MILLIONTHS,
        stake=_money(row.stake),
        commission=Decimal(row.commission) / _TEN_THOUSANDTHS,
        placed_at=from_micros(row.placed_at),
        settlement=None if row.result is None else _settlement(row),
    )


def _settlement(row: Any) -> Settlement:
    return Settlement(
        result=row.result,
        profit=_money(row.profit),
        settled_at=from_micros(row.settled_at),
        reason=row.reason,
        fair_closing=row.fair_closing,
    )
