"""The pictures of what a backtest found, and of the books."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Literal

from monps.domain.backtest import BacktestJob
from monps.domain.evaluation import Estimate, Evaluation, MarketScore, Scorecard
from monps.domain.ledger import EquityPoint, LedgerCut
from monps.web.pictures.bars import Bars, bars
from monps.web.pictures.calibration import Calibration, calibration
from monps.web.pictures.curve import Curve, Series, curve
from monps.web.pictures.intervals import Estimated, Intervals, intervals
from monps.web.pictures.sparkline import Sparkline, sparkline

_FEWEST = 2
_MAIN = {
    "match_result", "first_half match_result", "totals 1.5", "totals 2.5", "totals 3.5", "home_totals 1.5",
    "away_totals 1.5", "first_half totals 0.5", "both_teams_to_score", "asian_handicap -0.5",
    "asian_handicap 0.5", "winning_margin", "correct_score", "half_time_full_time", "first_to_score",
    "match_result_and_both_teams_to_score",
}  # fmt: skip
"""Those of which the picture tells; the table tells of all."""
Gap = Literal["rps_gap", "log_loss_gap"]
Part = Literal["yield_", "clv"]
Cuts = Mapping[str, Mapping[str, LedgerCut]]


def calibration_picture(found: Evaluation) -> Calibration:
    """Draw the reliability of the three outcomes."""
    return calibration(found.reliability)


def gaps_picture(cards: Mapping[str, Scorecard], gap: Gap = "rps_gap") -> Intervals | None:
    """Draw the gap to closing of each part; None where no part has one."""
    rows = list(_gaps(cards, gap))
    return intervals(rows) if rows else None


def parts_of(found: Evaluation) -> dict[str, Scorecard]:
    """Return the scorecards of all matches, of each competition if there are several, and of each season."""
    several = found.by_competition if len(found.by_competition) > 1 else {}
    return {"all together": found, **several, **found.by_season}


def gains_picture(markets: Sequence[MarketScore], name: Callable[[str], str]) -> Bars | None:
    """Draw by how much the main markets' log loss is below that of their base rates, if they were scored.

    ``name`` writes a market's name.
    """
    main = [each for each in markets if each.market in _MAIN and each.base_log_loss]
    gains = [(name(each.market), 1.0 - each.log_loss / each.base_log_loss) for each in main]
    return bars(gains, "log loss saved") if gains else None


def cuts_picture(by: Cuts, part: Part, name: Callable[[str, str], str]) -> Intervals | None:
    """Draw the yield or the closing line value of each cut of the bets; None where none has an interval.

    ``name`` writes the name of a part of a cut.
    """
    rows = [
        Estimated(name(cut, label), found.value, *found.interval)
        for cut, parts in by.items()
        for label, each in parts.items()
        if (found := getattr(each, part)) is not None
    ]
    return intervals(rows, "signed_percent") if rows else None


def jobs_picture(jobs: Sequence[BacktestJob]) -> Intervals | None:
    """Draw the RPS gap to closing of each job."""
    cards = {
        f"{job.job_id} {job.request.forecaster.replace('_', ' ')}": job.result for job in jobs if job.result
    }
    return gaps_picture(cards)


def gap_line(found: Evaluation) -> Sparkline | None:
    """Draw the RPS gap season by season; None for fewer than two."""
    gaps = {name: card.rps_gap.value if card.rps_gap else None for name, card in found.by_season.items()}
    return sparkline(gaps, "season") if sum(gap is not None for gap in gaps.values()) >= _FEWEST else None


def equity_picture(points: Sequence[EquityPoint], initial: float) -> Curve | None:
    """Draw the bankroll day by day; None for fewer than two days."""
    if len(points) < _FEWEST:
        return None
    values = tuple(float(point.equity) for point in points)
    return curve([point.day for point in points], [Series("bankroll", "plain", values)], level=initial)


def drawdown_picture(points: Sequence[EquityPoint]) -> Curve | None:
    """Draw the fall from the highest bankroll so far, as a share of it; None for fewer than two days."""
    if len(points) < _FEWEST:
        return None
    values = [float(point.equity) for point in points]
    peaks = accumulate(values, max)
    falls = tuple(value / peak - 1.0 if peak > 0 else None for value, peak in zip(values, peaks, strict=True))
    days = [point.day for point in points]
    return curve(days, [Series("drawdown", "bad", falls)], level=0.0, form="percent", height=240.0)


def _gaps(cards: Mapping[str, Scorecard], gap: Gap) -> Iterator[Estimated]:
    for name, card in cards.items():
        found: Estimate | None = getattr(card, gap)
        if found:
            yield Estimated(name, found.value, *found.interval)
