"""``monps bankroll``."""

from typing import Annotated

import typer

from monps.cli import options

app = typer.Typer(help="Set money aside for betting, and see what is left.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is called: main, cups ...")]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="To the cent: 1000.00.")]
Currency = Annotated[str, typer.Option("--currency", metavar="CODE", help="Three capital letters.")]


@app.command("open")
def open_(name: Name, amount: Amount, *, currency: Currency = "EUR", json: options.Json = False) -> None:
    """Set money aside for betting. Betting loses money on average.

    Example: monps bankroll open main 1000.00
    """
    from monps import bootstrap
    from monps.cli import ledger_sheets, render
    from monps.services.bankrolls import open_bankroll

    application = bootstrap.application()
    made = open_bankroll(
        application.open_work,
        name,
        options.money(amount),
        now=application.clock.now(),
        currency=currency,
    )
    if json:
        render.print_json(made)
    else:
        render.out().print(ledger_sheets.bankrolls([made]))


@app.command("list")
def list_(*, json: options.Json = False) -> None:
    """List every bankroll with what is left of it.

    Example: monps bankroll list
    """
    from monps import bootstrap
    from monps.cli import ledger_sheets, render
    from monps.services.bankrolls import list_bankrolls

    found = list_bankrolls(bootstrap.application().open_work)
    if json:
        render.print_json(found)
    else:
        render.out().print(ledger_sheets.bankrolls(found))
