"""``monps markets``."""

from collections import Counter
from typing import Annotated

import typer

from monps.cli import options

Listed = Annotated[bool, typer.Option("--list", help="Every market, with the rule that settles it.")]


def markets(*, listed: Listed = False, json: options.Json = False) -> None:
    """Say which markets are priced.

    Example: monps markets --list
    """
    from monps.cli import render
    from monps.domain.market import MarketKey
    from monps.markets.catalogue import catalogue

    rows = catalogue()
    selections = sum(len(row.selections) for row in rows)
    title = f"{len(rows)} markets with {selections:,} selections"
    if listed:
        answer: list[object] = list(rows)
        lines = [[str(MarketKey(*row[:3])), ", ".join(row.selections), row.rule] for row in rows]
        shown = render.table(title, ["market", "selections", "settled"], [], lines)
    else:
        counts = Counter(row.family for row in rows)
        answer = [{"family": family, "markets": count} for family, count in counts.items()]
        shown = render.table(f"{title} (--list shows them)", ["family"], ["markets"], list(counts.items()))
    if json:
        render.print_json(answer)
    else:
        render.out().print(shown)
