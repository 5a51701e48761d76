"""Open bankrolls, and find them."""

from datetime import datetime
from decimal import Decimal

from pydantic import ValidationError

from monps.domain.audit import AuditEntry
from monps.domain.ledger import Bankroll
from monps.errors import NotFoundError, UsageError
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

DEFAULT_BANKROLL = "main"


def open_bankroll(
    open_work: UnitOfWorkFactory,
    name: str,
    amount: Decimal,
    *,
    now: datetime,
    currency: str = "EUR",
    actor: str = "cli",
) -> Bankroll:
    """Set money aside for betting.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books are.
    name : str
        What it is called.
    amount : Decimal
        To the cent, above 0.
    now : datetime
        The present.
    currency : str
        Three capital letters.
    actor : str
        Who asks.

    Raises
    ------
    UsageError
        If the name, the amount or the currency makes no sense.
    ConflictError
        If there is a bankroll of this name.
    """
    try:
        made = Bankroll(name=name, currency=currency, initial=amount, opened_at=now, balance=amount)
    except ValidationError as error:
        raise UsageError(sentence(error)) from error
    with open_work(write=True) as work:
        work.ledger.open_bankroll(made)
        work.audit.append(
            AuditEntry(
                occurred_at=now,
                event_type="bankroll.opened",
                entity_type="bankroll",
                entity_id=name,
                after=made.model_dump(mode="json"),
                actor=actor,
            )
        )
        work.commit()
    return made


def list_bankrolls(open_work: UnitOfWorkFactory) -> tuple[Bankroll, ...]:
    """Return every bankroll with its balance, by name."""
    with open_work() as work:
        return tuple(work.ledger.bankrolls())


def require_bankroll(work: UnitOfWork, name: str) -> Bankroll:
    """Return a bankroll that must be in the books.

    Raises
    ------
    NotFoundError
        With the names that there are.
    """
    found = work.ledger.bankroll(name)
    if found is None:
        names = ", ".join(each.name for each in work.ledger.bankrolls())
        cure = f"there are {names}" if names else "`monps bankroll open NAME AMOUNT` opens one"
        raise NotFoundError(f"there is no bankroll {name!r}; {cure}")
    return found


def sentence(error: ValidationError) -> str:
    """Say what is wrong with what was given, in a sentence."""
    parts = []
    for problem in error.errors(include_url=False):
        where = ".".join(str(part) for part in problem["loc"])
        parts.append(f"{where + ': ' if where else ''}{problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(parts)
