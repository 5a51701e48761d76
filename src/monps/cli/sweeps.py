"""What a sweep found, in a terminal."""

from rich.console import Console

from monps.cli import render
from monps.domain.sweep import Sweep, SweepTotal

_COLUMNS = ["seasons", "n", "log loss", "RPS", "log loss gap", "RPS gap"]
_LEGEND = "lower is better; a gap is a mean score less that of the closing odds on the same matches"


def show_sweep(console: Console, found: Sweep) -> None:
    """Print the totals, a forecaster each, and what there was too little to judge of."""
    console.print(render.table("Sweep, walk-forward", [""], _COLUMNS, map(_row, found.totals)))
    console.print(_LEGEND, style="dim")
    for result in found.results:
        if result.refused:
            season = f"{result.forecaster}, {result.competition} {result.season.label}"
            console.print(f"not judged: {season}: {result.refused}", style="dim")
    console.print(
        f"{found.run:,} tasks run in {found.seconds:.1f} s, {found.kept:,} kept from before", style="dim"
    )


def _row(total: SweepTotal) -> list[str]:
    return [
        total.forecaster,
        f"{total.tasks - total.refused} of {total.tasks}",
        f"{total.n:,}",
        _score(total.log_loss, ".4f"),
        _score(total.rps, ".5f"),
        _score(total.log_loss_gap, "+.4f"),
        _score(total.rps_gap, "+.5f"),
    ]


def _score(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
