"""What betting by a rule came to, in a terminal."""

from collections.abc import Sequence

from rich.console import Console, Group

from monps.cli import render
from monps.cli.ledger_sheets import cut_table, estimate, percent
from monps.domain.betting import BettingReport

_CUTS = ("competition", "season", "market", "bookmaker")


def show_betting(console: Console, found: BettingReport) -> None:
    """Print a report: totals, parts, what was not bet on and why, and which limits bit."""
    clv, fall = found.closing_line_value, found.drawdown
    spread = f" [{', '.join(f'{100 * end:.0f}' for end in fall.interval)}]" if fall.interval else ""
    rows = [
        ["bets", f"{found.bets:,} of {found.offers:,} offers on {found.matches:,} matches"],
        ["bankroll", f"{found.initial} → {found.final} (profit {found.profit:+})"],
        ["yield", estimate(found.yield_)],
        ["closing line value", f"{estimate(clv.value)}, n = {clv.n:,}" if clv else "-"],
        ["that of bets by lot", percent(clv.null) if clv and clv.null is not None else "-"],
        ["deepest fall", f"{percent(fall.share, sign='')}{spread}"],
        ["rules ever tried", _luck(found)],
    ]
    title = f"Betting by {found.rule} at {found.price} odds"
    console.print(render.table(title, ["", ""], [], rows))
    for kind in _CUTS:
        console.print(cut_table(f"By {kind}", found.by.get(kind, {})))
    for title, counted in (("Not bet on", found.not_taken), ("Limits that bit", found.controls)):
        named = ", ".join(f"{count:,} × {name.replace('_', ' ')}" for name, count in counted.items())
        console.print(f"{title}: {named or 'nothing'}", style="dim")
    console.print("Betting loses money on average.", style="dim")


def rule_table(title: str, found: Sequence[BettingReport]) -> Group:
    """Return rules side by side, one a row."""
    rows = [
        [
            report.rule,
            report.price,
            f"{report.bets:,}",
            estimate(report.yield_),
            estimate(report.clv),
            _null(report),
            percent(report.drawdown.share, sign=""),
        ]
        for report in found
    ]
    columns = ["yield [95 %]", "CLV [95 %]", "CLV by lot", "deepest fall"]
    return render.table(title, ["rule", "odds"], ["bets"], rows, intervals=columns)


def _null(report: BettingReport) -> str:
    clv = report.closing_line_value
    return "-" if clv is None or clv.null is None else percent(clv.null)


def _luck(found: BettingReport) -> str:
    if found.deflation is None:
        return "-"
    chance = percent(found.deflation.p_value, sign="")
    return f"{found.deflation.variants}; the best of as many worthless ones shows this much in {chance}"
