"""Answers as JSON, or as tables that fit the terminal and survive a pipe."""

from __future__ import annotations

import os
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson
from rich.console import Console, Group
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_JSON = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_WIDEST = 120
_BAR_WIDTH = 16


def print_json(answer: Any) -> None:
    """Print nouns, or lists and dicts of them, as UTF-8 JSON on standard output."""
    text = orjson.dumps(answer, default=_to_plain, option=_JSON)
    if binary := getattr(sys.stdout, "buffer", None):
        sys.stdout.flush()
        binary.write(text)
        binary.flush()
    else:
        sys.stdout.write(text.decode())


def _to_plain(value: Any) -> Any:
    from pydantic import BaseModel  # noqa: PLC0415 - help needs none

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "_asdict"):
        return value._asdict()
    raise TypeError(f"{type(value).__name__} is not JSON")


def out() -> Console:
    """Return the console for answers: as wide as the terminal, or as a page where there is none."""
    console = Console(highlight=False)
    paged = not console.is_terminal and "COLUMNS" not in os.environ
    console.width = _WIDEST if paged else min(console.width, _WIDEST)
    return console


def table(
    title: str,
    text: Sequence[str],
    numbers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    intervals: Sequence[str] = (),
) -> Group:
    """Set rows out below a title: text on the left, then numbers; text and intervals may break into lines."""
    made = Table(header_style="dim", box=None, show_header=any((*text, *numbers)))
    for name in text:
        made.add_column(name, overflow="fold")
    for name in numbers:
        made.add_column(name, justify="right", no_wrap=True)
    for name in intervals:
        made.add_column(name, justify="right")
    for row in rows:
        made.add_row(*map(_cell, row))
    return Group(Text(title, "bold"), made)


def _cell(value: Any) -> Text | ProgressBar:
    return value if isinstance(value, Text | ProgressBar) else Text(str(value))


def bar(share: float, width: int = _BAR_WIDTH) -> ProgressBar:
    """Return a bar of which this share is filled."""
    return ProgressBar(total=1.0, completed=share, width=width, complete_style="cyan", finished_style="cyan")


def percent(probability: float) -> str:
    """Write a probability with one decimal: ``44.6 %``."""
    return f"{100 * probability:.1f} %"


def odds(value: float | None) -> str:
    """Write decimal odds with two decimals, a dash where there are none."""
    return "-" if value is None else f"{value:,.2f}"


def signed(value: float) -> str:
    """Write a number with its sign and two decimals."""
    return f"{value:+.2f}"
