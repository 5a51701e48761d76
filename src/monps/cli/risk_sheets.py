"""Stakes and risks in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group

from monps.cli import render
from monps.cli.ledger_sheets import percent
from monps.domain.risk import PortfolioRisk, PositionSize, VaRCalculation


def positions(title: str, found: Iterable[tuple[str, PositionSize]]) -> Group:
    """Return sized bets as a table, with the controls that bit or the reason for no bet."""
    rows = [
        [
            name,
            each.no_bet.detail if each.no_bet else ", ".join(bite.control for bite in each.controls) or "-",
            render.odds(each.odds),
            render.percent(each.probability),
            percent(each.expected_value),
            percent(each.kelly, sign=""),
            each.stake,
        ]
        for name, each in found
    ]
    return render.table(title, ["bet", "limits, or why not"], ["odds", "p", "value", "Kelly", "stake"], rows)


def show_portfolio(console: Console, found: PortfolioRisk, names: Sequence[str]) -> None:
    """Print all bets of a match, sized together."""
    console.print(positions("Stakes", zip(names, found.positions, strict=True)))
    console.print(f"{found.staked} staked ({percent(found.share, sign='')} of {found.bankroll})")
    if found.risk is not None:
        console.print(losses(found.risk))


def show_book(console: Console, found: PortfolioRisk) -> None:
    """Print what is at stake where."""
    rows = [
        [each.kind, each.name, each.bets, each.staked, percent(each.share, sign=""), each.worst]
        for each in found.exposures
    ]
    numbers = ["bets", "staked", "share", "worst"]
    console.print(render.table(f"{found.staked} at stake", ["by", ""], numbers, rows))
    if found.risk is not None:
        console.print(losses(found.risk))


def losses(found: VaRCalculation) -> Group:
    """Return what can be lost as a table."""
    sure = f"{100 * found.confidence:g} %"
    rows: list[list[object]] = [
        [f"not exceeded in {sure}", found.var],
        ["mean of the rest", found.cvar],
        ["at worst", found.worst],
        ["expected profit", found.expected_profit],
        ["chance of a loss", render.percent(found.chance_of_loss)],
    ]
    how = f"{found.outcomes:,} outcomes {'listed' if found.method == 'exact' else 'drawn'}"
    return render.table(f"Losses of {found.bets} bets, {found.staked} staked ({how})", [""], ["loss"], rows)
