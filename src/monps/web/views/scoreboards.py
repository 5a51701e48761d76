"""The pictures of what a backtest found, and of the books."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from monps.domain.backtest import BacktestJob
from monps.domain.evaluation import Evaluation, Scorecard
from monps.domain.ledger import EquityPoint
from monps.web.pictures.calibration import Calibration, calibration
from monps.web.pictures.curve import Curve, Series, curve
from monps.web.pictures.intervals import Estimated, Intervals, intervals
from monps.web.pictures.sparkline import Sparkline, sparkline

_FEWEST = 2


def calibration_picture(found: Evaluation) -> Calibration:
    """Draw the reliability of the three outcomes."""
    return calibration(found.reliability)


def gaps_picture(cards: Mapping[str, Scorecard]) -> Intervals | None:
    """Draw the RPS gap to closing of each part; None where no part has one."""
    rows = list(_gaps(cards))
    return intervals(rows) if rows else None


def jobs_picture(jobs: Sequence[BacktestJob]) -> Intervals | None:
    """Draw the RPS gap to closing of each job."""
    cards = {
        f"{job.job_id} {job.request.forecaster.replace('_', ' ')}": job.result for job in jobs if job.result
    }
    return gaps_picture(cards)


def gap_line(found: Evaluation) -> Sparkline | None:
    """Draw the RPS gap season by season; None for fewer than two."""
    gaps = [card.rps_gap.value if card.rps_gap else None for card in found.by_season.values()]
    return sparkline(gaps) if sum(gap is not None for gap in gaps) >= _FEWEST else None


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


def _gaps(cards: Mapping[str, Scorecard]) -> Iterator[Estimated]:
    for name, card in cards.items():
        if card.rps_gap:
            yield Estimated(name, card.rps_gap.value, *card.rps_gap.interval)
