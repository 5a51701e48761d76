"""The options that several commands share, with how their text is read."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from monps.cli.failures import note


def moment(text: str) -> datetime:
    """Read an ISO 8601 date and time; a naive one is read as UTC, which is said on standard error.

    Raises
    ------
    typer.BadParameter
        If the text is no date.

    Examples
    --------
    >>> moment("2023-05-02T20:00:00+01:00").isoformat()
    '2023-05-02T19:00:00+00:00'
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date; write it as 2023-05-02T19:00:00Z") from error
    if read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
        note(f"{text} has no time zone; it is read as {read.isoformat()}")
    return read.astimezone(UTC)


def money(text: str) -> Decimal:
    """Read an amount of money.

    Raises
    ------
    typer.BadParameter
        If the text is no amount.

    Examples
    --------
    >>> money("12.50")
    Decimal('12.50')
    """
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise typer.BadParameter(f"{text!r} is no amount; write it as 1000.00") from error


DEFAULT_MODEL = "dixon_coles"

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", parser=moment, metavar="MOMENT", help="Look from this moment (default: now)."),
]
Competition = Annotated[str, typer.Option("--competition", "-c", metavar="CODE", help="E0, SP1 ...")]
Model = Annotated[str, typer.Option("--model", metavar="NAME", help="The score model.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse a file whole if anything in it is refused.")]

LineUpFile = Annotated[
    Path | None,
    typer.Option("--lineup", metavar="FILE", help="JSON with the line-ups that are known: see the how-to."),
]
