"""Pictures of what commands find; matplotlib draws them, and is asked for only here."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monps.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from monps.domain.betting import BettingReport
    from monps.domain.evaluation import Evaluation, ReliabilityBin

_COLOURS = {"home": "#1f77b4", "draw": "#7f7f7f", "away": "#d62728"}


def figure(rows: int, columns: int, size: tuple[float, float], *, polar: bool = False) -> "Figure":
    """Return an empty figure with a grid of axes, on request polar ones.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("pictures need matplotlib: pip install 'monps[plot]'") from error
    made = Figure(figsize=size, layout="constrained")
    made.subplots(rows, columns, subplot_kw={"polar": polar})
    return made


def require_picture(path: Path) -> None:
    """Refuse a file that cannot become a picture, before the work that it is to show.

    Raises
    ------
    UsageError
        If it is neither PNG nor SVG, or its folder is not there.
    """
    if path.suffix not in {".png", ".svg"}:
        raise UsageError(f"{path.name}: a picture is a .png or an .svg file")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}")


def save(drawn: "Figure", path: Path) -> None:
    """Write a figure as its file's ending says.

    Raises
    ------
    UsageError
        As :func:`require_picture`.
    """
    require_picture(path)
    drawn.savefig(path, dpi=150)


def draw_evaluation(found: "Evaluation", path: Path) -> None:
    """Draw calibration of the three outcomes, and the log-loss gap to the closing odds by season."""
    drawn = figure(1, 2, (10.0, 4.5))
    calibration, gaps = drawn.axes
    _draw_reliability(calibration, found.reliability)
    _draw_gaps(gaps, found)
    drawn.suptitle(f"{found.forecaster}, {found.first_day} to {found.last_day}, n = {found.n:,}")
    save(drawn, path)


def draw_betting(found: "BettingReport", path: Path) -> None:
    """Draw the bankroll from match day to match day, and how often bets won by what was forecast for them."""
    drawn = figure(1, 2, (10.0, 4.5))
    money, calibration = drawn.axes
    days, wealth = [point.day for point in found.equity], [float(point.equity) for point in found.equity]
    money.plot(days, wealth, color=_COLOURS["home"])  # type: ignore[arg-type]
    money.axhline(float(found.initial), color="black", linewidth=0.8, linestyle=":")
    money.tick_params(axis="x", rotation=45)
    money.set(title="Bankroll", ylabel="money")
    calibration.plot([0, 1], [0, 1], color="black", linewidth=0.8, linestyle=":")
    points = [(each.forecast, each.observed) for each in found.calibration]
    if points:
        calibration.plot(*zip(*points, strict=True), marker="o", markersize=4, color=_COLOURS["home"])
    calibration.set(xlabel="forecast", ylabel="how often the bet won", title="Calibration of the bets taken")
    drawn.suptitle(f"{found.rule} at {found.price} odds, {found.bets:,} bets")
    save(drawn, path)


def _draw_reliability(axes: "Axes", bins: Sequence["ReliabilityBin"]) -> None:
    axes.plot([0, 1], [0, 1], color="black", linewidth=0.8, linestyle=":")
    for outcome, colour in _COLOURS.items():
        points = [(each.forecast, each.observed) for each in bins if each.outcome == outcome]
        axes.plot(*zip(*points, strict=True), marker="o", markersize=4, color=colour, label=outcome)
    axes.set(xlabel="forecast", ylabel="how often it happened", xlim=(0, 1), ylim=(0, 1), title="Calibration")
    axes.legend(frameon=False)


def _draw_gaps(axes: "Axes", found: "Evaluation") -> None:
    gaps = {label: card.log_loss_gap for label, card in found.by_season.items() if card.log_loss_gap}
    values = [gap.value for gap in gaps.values()]
    axes.bar(list(gaps), values, color="#9ecae1")
    axes.axhline(0, color="black", linewidth=0.8)
    for place, gap in enumerate(gaps.values()):
        axes.vlines(place, *gap.interval, color="black", linewidth=1)
    axes.tick_params(axis="x", rotation=60)
    axes.set(title="Log loss less that of the closing odds", ylabel="nats a match (lower is better)")
