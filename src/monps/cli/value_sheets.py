"""Value in a terminal."""

from collections import Counter

from rich.console import Console

from monps.cli import render
from monps.cli.ledger_sheets import percent
from monps.domain.risk import Value, ValueSheet


def show_value(console: Console, found: ValueSheet, *, every_offer: bool = False) -> None:
    """Print the bets of a sheet (or all its offers), and why the others are none."""
    shown = found.values if every_offer else found.bets
    title = f"Value in {found.competition} as of {found.as_of:%Y-%m-%d %H:%M} UTC, by {found.forecaster}"
    if shown:
        numbers = ["odds", "fair", "p", "value", "stake"]
        console.print(
            render.table(
                title, ["match", "selection", "bookmaker"], numbers, map(_row, shown), intervals=["95 %"]
            )
        )
    else:
        console.print(title, style="bold")
    console.print(f"{len(found.bets)} bets among {len(found.values)} offers on {found.matches} matches")
    if found.abstained:
        console.print(f"no forecast for {found.abstained} of the matches", style="dim")
    reasons = Counter(value.no_bet.reason for value in found.values if value.no_bet)
    for reason, count in reasons.most_common():
        console.print(f"{count} × {reason.replace('_', ' ')}", style="dim")
    console.print("Betting loses money on average.", style="dim")


def _row(value: Value) -> list[object]:
    low, high = value.interval
    line = "" if value.line is None else f" {value.line:g}"
    stake = "-" if value.stake is None else f"{value.stake}{'*' if value.controls else ''}"
    return [
        f"{value.home} – {value.away}",
        f"{value.family}{line}: {value.selection}",
        value.bookmaker,
        render.odds(value.odds),
        render.odds(value.fair_odds),
        render.percent(value.probability),
        percent(value.expected_value),
        stake,
        f"[{100 * low:+.1f}, {100 * high:+.1f}]",
    ]
