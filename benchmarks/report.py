"""A benchmark's table, for people and for programs."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.machine import machine

Cell = str | float | int | None


@dataclass(frozen=True)
class Report:
    """What was measured.

    Parameters
    ----------
    title : str
        What it is about.
    rows : iterable of mapping
        All with the same keys, which head the columns; those that are still being measured are shown one by
        one.
    notes : sequence of str
        What one must know to read it.
    """

    title: str
    rows: Iterable[Mapping[str, Cell]]
    notes: Sequence[str] = ()


def markdown(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return a table of Markdown, with the sign that a minus is in print."""
    head = [f"| {' | '.join(rows[0])} |", f"|{'---|' * len(rows[0])}"]
    lines = (f"| {' | '.join(minus(_text(cell)) for cell in row.values())} |" for row in rows)
    return "\n".join([*head, *lines])


def minus(text: str) -> str:
    """Give every number below 0 the sign that it has in print."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", text)


def show(report: Report, *, as_json: bool) -> None:
    """Print a report, with the machine it was measured on."""
    if as_json:
        measured = {"title": report.title, "rows": list(report.rows), "notes": report.notes}
        print(json.dumps({"machine": machine(), **measured}, indent=2, ensure_ascii=False))
        return
    print(f"\n## {report.title}\n\n{', '.join(machine().values())}\n")
    for number, row in enumerate(report.rows):
        if number == 0:
            print(f"| {' | '.join(row)} |\n|{'---|' * len(row)}")
        print(f"| {' | '.join(map(_text, row.values()))} |", flush=True)
    for note in report.notes:
        print(f"\n{note}")


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell
