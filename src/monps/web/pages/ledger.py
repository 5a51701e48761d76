"""The books: bankroll, bets, settlements."""

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from monps.bootstrap import Application
from monps.domain.ledger import CENT, Bet, LedgerReport
from monps.domain.market import MarketKey, Selection
from monps.services.bankrolls import DEFAULT_BANKROLL, list_bankrolls, open_bankroll
from monps.services.report import report_ledger
from monps.services.settle import settle_bets
from monps.web.desk import Actor, Desk, Memory, Remembered, Writing
from monps.web.naming import market_name, selection_name
from monps.web.refusals import Refusal
from monps.web.rendering import page
from monps.web.security import CheckedForm
from monps.web.views import scoreboards
from monps.web.writing import Writer

router = APIRouter()
_LISTED = 200


@router.get("/ledger")
def show_ledger(
    request: Request, desk: Desk, memory: Remembered, *, writer: Writing, recorded: int | None = None
) -> HTMLResponse:
    """Show the books, or offer to open them."""
    with desk.open_work() as work:
        bets = work.ledger.bets(DEFAULT_BANKROLL)
    return page(
        request,
        "ledger.html",
        recorded=recorded,
        bets=tuple(reversed(bets))[:_LISTED],
        can_settle=any(bet.is_open for bet in bets),
        selection_of=lambda bet, backed: _selection(bet, backed, writer),
        **book_parts(desk, memory, writer),
    )


@router.post("/ledger/bankroll")
def open_books(form: CheckedForm, desk: Desk, actor: Actor) -> RedirectResponse:
    """Set money aside."""
    amount, currency = money(form.get("initial", "")), form.get("currency", "EUR")
    now = desk.clock.now()
    open_bankroll(desk.open_work, DEFAULT_BANKROLL, amount, now=now, currency=currency, actor=actor)
    return RedirectResponse("/ledger", 303)


@router.post("/ledger/settle")
def settle(form: CheckedForm, desk: Desk, actor: Actor) -> RedirectResponse:  # noqa: ARG001 - it is checked
    """Settle every bet whose result is known."""
    settle_bets(desk.open_work, now=desk.clock.now(), bankroll=DEFAULT_BANKROLL, actor=actor)
    return RedirectResponse("/ledger", 303)


def book_parts(desk: Application, memory: Memory, writer: Writer) -> dict[str, Any]:
    """Return what pages show of the books; nothing where none are kept."""
    report = report_of(desk, memory)
    if report is None:
        return {"report": None, "equity": None, "drawdown": None, "yields": None, "values": None}
    initial, named = float(report.bankroll.initial), partial(_part_name, writer)
    return {
        "report": report,
        "part_name": named,
        "yields": scoreboards.cuts_picture(report.by, "yield_", named),
        "values": scoreboards.cuts_picture(report.by, "clv", named),
        "equity": scoreboards.equity_picture(report.equity, initial),
        "drawdown": scoreboards.drawdown_picture(report.equity),
    }


def report_of(desk: Application, memory: Memory) -> LedgerReport | None:
    """Return the report on the bankroll, if one was opened; it is kept until bets or results change."""
    account = next((each for each in list_bankrolls(desk.open_work) if each.name == DEFAULT_BANKROLL), None)
    if account is None:
        return None
    with desk.open_work() as work:
        version, bets = work.matches.data_version(()), work.ledger.bets(DEFAULT_BANKROLL)
    key = ("books", account, len(bets), sum(bet.is_open for bet in bets), version)
    return memory.answers.get(
        key, lambda: report_ledger(desk.open_work, DEFAULT_BANKROLL, now=desk.clock.now())
    )


def money(text: str) -> Decimal:
    """Read an amount as people type it, to the cent.

    Raises
    ------
    Refusal
        If it is none, or not above 0.

    Examples
    --------
    >>> money("1 000,50")
    Decimal('1000.50')
    """
    plain = "".join(text.split()).replace(",", ".")
    try:
        amount = Decimal(plain).quantize(CENT)
        if amount > 0:
            return amount
    except InvalidOperation:
        pass  # no number, or one that nothing can be compared with: refused like one that is too small
    raise Refusal(422, "An amount is a number above 0, with at most two decimals.")


def _part_name(writer: Writer, cut: str, name: str) -> str:
    """Write the name of a part of a cut: markets have names of their own."""
    return market_name(MarketKey(name), writer) if cut == "market" else name.replace("_", " ")


def _selection(bet: Bet, backed: Selection, writer: Any) -> str:
    return selection_name(backed.name, writer, bet.home, bet.away)
