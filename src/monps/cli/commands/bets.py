"""``monps bet``, ``monps bets``, ``monps settle``, ``monps report``."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.domain.ledger import BetSlip

Bankroll = Annotated[str, typer.Option("--bankroll", "-b", metavar="NAME", help="Whose money.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Place all bets of a CSV or JSON file, or none of them."),
]
MatchId = Annotated[int | None, typer.Option("--match", metavar="ID", min=1, help="The match's number.")]
Code = Annotated[
    str | None, typer.Option("--competition", "-c", metavar="CODE", help="Else its competition,")
]
Home = Annotated[str | None, typer.Option("--home", metavar="TEAM", help="the side at home,")]
Away = Annotated[str | None, typer.Option("--away", metavar="TEAM", help="the visitors,")]
Day = Annotated[
    datetime | None,
    typer.Option("--day", formats=["%Y-%m-%d"], help="and the day (default: the next to come)."),
]
Market = Annotated[str, typer.Option("--market", metavar="FAMILY", help="match_result, totals ...")]
Line = Annotated[float | None, typer.Option("--line", help="2.5, -0.25 ..., where the market has one.")]
Period = Annotated[str, typer.Option("--period", help="full_time, first_half ...")]
Selection = Annotated[str | None, typer.Option("--selection", "-s", help="home, over, yes ...")]
Odds = Annotated[str | None, typer.Option("--odds", help="Decimal odds taken: 2.10.")]
Stake = Annotated[str | None, typer.Option("--stake", help="To the cent: 5.00.")]
Bookmaker = Annotated[str, typer.Option("--bookmaker", metavar="NAME", help="With whom.")]
Commission = Annotated[str, typer.Option("--commission", help="Share of the winnings that is kept: 0.05.")]
Placed = Annotated[
    datetime | None,
    typer.Option(
        "--placed-at", parser=options.moment, metavar="MOMENT", help="When it was placed (default: now)."
    ),
]
Note = Annotated[str, typer.Option("--note", help="A few words of your own.")]
Reference = Annotated[
    str | None, typer.Option("--reference", help="Which bet this is, so that it is not placed twice.")
]


def bet(  # noqa: PLR0913 - options, by name
    *,
    bankroll: Bankroll = "main",
    file: File = None,
    match: MatchId = None,
    competition: Code = None,
    home: Home = None,
    away: Away = None,
    day: Day = None,
    market: Market = "match_result",
    line: Line = None,
    period: Period = "full_time",
    selection: Selection = None,
    odds: Odds = None,
    stake: Stake = None,
    bookmaker: Bookmaker = "by_hand",
    commission: Commission = "0",
    placed_at: Placed = None,
    note: Note = "",
    reference: Reference = None,
    json: options.Json = False,
) -> None:
    """Write down a bet, or all bets of a file. Nothing is sent to any bookmaker.

    Example: monps bet --match 7 --selection home --odds 2.10 --stake 5.00
    """
    from monps import bootstrap
    from monps.cli import ledger_sheets, render
    from monps.services.place import place_bets

    asked = {
        "match_id": match, "competition": competition, "home": home, "away": away,
        "day": day.date() if day else None, "family": market, "line": line, "period": period,
        "selection": selection, "odds": odds, "stake": stake, "bookmaker": bookmaker,
        "commission": commission, "placed_at": placed_at, "note": note, "reference": reference,
    }  # fmt: skip
    application = bootstrap.application()
    slips = _of_file(file) if file else (_slip(asked),)
    placed = place_bets(application.open_work, bankroll, slips, now=application.clock.now())
    if json:
        render.print_json(placed)
    else:
        render.out().print(ledger_sheets.bet_list(f"{len(placed)} placed", placed))


def _slip(asked: Mapping[str, object]) -> "BetSlip":
    from pydantic import ValidationError

    from monps.domain.ledger import BetSlip
    from monps.errors import UsageError
    from monps.services.bankrolls import sentence

    try:
        return BetSlip.model_validate(asked)
    except ValidationError as error:
        raise UsageError(sentence(error)) from error


def _of_file(file: Path) -> "tuple[BetSlip, ...]":
    from monps.errors import UsageError
    from monps.services.slips import read_slips

    if not file.is_file():
        raise UsageError(f"there is no file {file}")
    return read_slips(file.name, file.read_text(encoding="utf-8"))


OpenOnly = Annotated[bool, typer.Option("--open", help="Only bets that are still to be settled.")]
Whose = Annotated[
    str | None, typer.Option("--bankroll", "-b", metavar="NAME", help="Whose bets (default: all).")
]


def bets(*, bankroll: Whose = None, open_only: OpenOnly = False, json: options.Json = False) -> None:
    """List the bets in the books, with how they ended.

    Example: monps bets --open
    """
    from monps import bootstrap
    from monps.cli import ledger_sheets, render

    with bootstrap.application().open_work() as work:
        found = work.ledger.bets(bankroll, open_only=open_only)
    if json:
        render.print_json(found)
    else:
        render.out().print(ledger_sheets.bet_list(f"{len(found)} bets", found))


VoidMatch = Annotated[
    list[int] | None,
    typer.Option("--void-match", metavar="ID", help="Give back all stakes on this match, as if abandoned."),
]
VoidBet = Annotated[
    list[int] | None, typer.Option("--void-bet", metavar="ID", help="Give back the stake of this bet.")
]
Why = Annotated[str, typer.Option("--reason", help="Why stakes are given back.")]


def settle(
    *,
    bankroll: Whose = None,
    void_match: VoidMatch = None,
    void_bet: VoidBet = None,
    reason: Why = "",
    json: options.Json = False,
) -> None:
    """Settle open bets by the results in the store; settling again changes nothing.

    Example: monps settle --void-match 7 --reason abandoned
    """
    from monps import bootstrap
    from monps.cli import failures, ledger_sheets, render
    from monps.errors import UsageError
    from monps.services.settle import Ruling, settle_bets

    rulings = [Ruling("void", reason, match_id=number) for number in void_match or ()]
    rulings += [Ruling("void", reason, bet_id=number) for number in void_bet or ()]
    if rulings and not reason:
        raise UsageError("say with --reason why stakes are given back")
    application = bootstrap.application()
    done = settle_bets(application.open_work, now=application.clock.now(), bankroll=bankroll, rulings=rulings)
    if json:
        render.print_json(done)
        return
    for warning in done.warnings:
        failures.note(warning)
    render.out().print(ledger_sheets.bet_list(f"{len(done.settled)} settled, {done.open} open", done.settled))


Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a page with pictures as well.")
]


def report(*, bankroll: Bankroll = "main", html: Html = None, json: options.Json = False) -> None:
    """Report on a bankroll: profit, yield with its interval, closing line value, drawdown.

    Example: monps report --bankroll main --html report.html
    """
    from monps import bootstrap
    from monps.cli import ledger_sheets, render
    from monps.services.report import report_ledger

    application = bootstrap.application()
    found = report_ledger(application.open_work, bankroll, now=application.clock.now())
    if html is not None:
        from monps.cli.ledger_page import write_page

        write_page(found, html)
    if json:
        render.print_json(found)
    else:
        ledger_sheets.show_report(render.out(), found)
