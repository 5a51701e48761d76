"""The books in a terminal."""

from collections.abc import Sequence

from rich.console import Console, Group

from monps.cli import render
from monps.domain.evaluation import Estimate
from monps.domain.ledger import Bankroll, Bet, LedgerCut, LedgerReport

_CUTS = ("market", "competition", "bookmaker", "month")


def bankrolls(found: Sequence[Bankroll]) -> Group:
    """Return bankrolls as a table."""
    rows = [
        [each.name, each.currency, f"{each.opened_at:%Y-%m-%d}", each.initial, each.balance, each.open_stakes]
        for each in found
    ]
    numbers = ["began with", "free", "on open bets"]
    return render.table("Bankrolls", ["name", "currency", "opened"], numbers, rows)


def bet_list(title: str, found: Sequence[Bet]) -> Group:
    """Return bets as a table."""
    rows = [
        [
            f"{bet.kickoff:%Y-%m-%d}",
            f"{bet.home} – {bet.away}",
            str(bet.backed),
            bet.bookmaker,
            bet.settlement.result if bet.settlement else "open",
            bet.bet_id,
            f"{bet.odds.normalize():f}",
            bet.stake,
            bet.settlement.profit if bet.settlement else "",
        ]
        for bet in found
    ]
    text = ["day", "match", "backed", "bookmaker", "result"]
    return render.table(title, text, ["bet", "odds", "stake", "profit"], rows)


def show_report(console: Console, found: LedgerReport) -> None:
    """Print a report on a bankroll."""
    account = found.bankroll
    clv = found.closing_line_value
    rows = [
        ["bankroll", f"{account.initial} → {found.final} {account.currency} (profit {found.profit:+})"],
        ["settled", f"{found.bets}: {_results(found)}; {found.open} open"],
        ["staked", f"{found.staked}"],
        ["yield", estimate(found.yield_)],
        ["closing line value", f"{estimate(clv.value)}, n = {clv.n}" if clv else "-"],
        [
            "that of bets by lot",
            f"{percent(clv.null)}, n = {clv.null_n}" if clv and clv.null is not None else "-",
        ],
        ["deepest fall", f"{found.drawdown.amount} ({percent(found.drawdown.share, sign='')})"],
    ]
    console.print(render.table(f"Bankroll {account.name}, {found.as_of:%Y-%m-%d}", ["", ""], [], rows))
    for kind in _CUTS:
        console.print(cut_table(f"By {kind}", found.by.get(kind, {})))
    for warning in found.warnings:
        console.print(warning, style="dim")
    console.print("Betting loses money on average.", style="dim")


def cut_table(title: str, cuts: dict[str, LedgerCut]) -> Group:
    """Return parts of the books, one a row."""
    rows = [
        [name, cut.bets, cut.staked, f"{cut.profit:+}", estimate(cut.yield_), estimate(cut.clv)]
        for name, cut in cuts.items()
    ]
    return render.table(
        title, [""], ["bets", "staked", "profit"], rows, intervals=["yield [95 %]", "CLV [95 %]"]
    )


def estimate(found: Estimate | None) -> str:
    """Write an estimate with its interval: ``-3.1 % [-7.0, 0.9]``."""
    if found is None:
        return "-"
    low, high = (100 * end for end in found.interval)
    return f"{percent(found.value)} [{low:+.1f}, {high:+.1f}]"


def percent(share: float, sign: str = "+") -> str:
    """Write a share as a percentage with one decimal and its sign."""
    return f"{100 * share:{sign}.1f} %"


def _results(found: LedgerReport) -> str:
    names = ("won", "half_won", "void", "half_lost", "lost")
    return ", ".join(f"{getattr(found, name)} {name.replace('_', ' ')}" for name in names)
