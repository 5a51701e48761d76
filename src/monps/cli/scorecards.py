"""How good forecasts were, in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group

from monps.cli import render
from monps.domain.evaluation import Estimate, Evaluation, MarketScore, Scorecard

_COLUMNS = ["n", "log loss", "RPS", "Brier", "ECE"]
_GAPS = ["log loss gap [95 %]", "RPS gap [95 %]"]
_LEGEND = "lower is better; a gap is a score less that of the closing odds on the same matches"
_SHOWN = ("match_result", "totals", "both_teams_to_score", "asian_handicap -0.5", "correct_score")
"""Of several hundred markets, those that the terminal shows begin like this."""


def show_evaluation(console: Console, found: Evaluation) -> None:
    """Print a backtest: the total, each competition and season, and every market."""
    title = f"{found.forecaster}, walk-forward, {found.first_day} to {found.last_day}"
    console.print(score_table(title, [("all", found)]))
    console.print(_LEGEND, style="dim")
    for heading, parts in (("By competition", found.by_competition), ("By season", found.by_season)):
        console.print(score_table(heading, parts.items()))
    if found.markets:
        console.print(_markets(found.markets))
    spent = f"{found.refits:,} refits in {found.seconds:.1f} s"
    console.print(f"{spent}; no forecast for {found.abstained:,} of {found.wanted:,} matches", style="dim")


def show_side_by_side(console: Console, found: Sequence[Evaluation]) -> None:
    """Print the totals of several backtests over the same matches, a forecaster a row."""
    if found:
        title = f"Scorecard, walk-forward, {found[0].first_day} to {found[0].last_day}"
        console.print(score_table(title, [(evaluation.forecaster, evaluation) for evaluation in found]))
        console.print(_LEGEND, style="dim")


def score_table(title: str, cards: Iterable[tuple[str, Scorecard]]) -> Group:
    """Return scorecards, one a row, with the distance to the closing odds."""
    rows = [
        [
            label,
            f"{card.n:,}",
            f"{card.log_loss:.4f}",
            f"{card.rps:.5f}",
            f"{card.brier:.4f}",
            f"{card.ece:.4f}",
            _gap(card.log_loss_gap, 4),
            _gap(card.rps_gap, 5),
        ]
        for label, card in cards
    ]
    return render.table(title, [""], _COLUMNS, rows, intervals=_GAPS)


def _gap(gap: Estimate | None, digits: int) -> str:
    if gap is None:
        return "-"
    value, low, high = (f"{number:+.{digits}f}" for number in (gap.value, *gap.interval))
    return f"{value} [{low}, {high}]"


def _markets(scores: Iterable[MarketScore]) -> Group:
    rows = [
        [s.market, f"{s.n:,}", f"{s.log_loss:.4f}", f"{s.log_loss - s.base_log_loss:+.4f}", f"{s.ece:.4f}"]
        for s in scores
        if s.market.startswith(_SHOWN)
    ]
    title = "Markets (all in --json); gain: log loss less that of the market's base rate"
    return render.table(title, ["market"], ["n", "log loss", "gain", "ECE"], rows)
