"""Which method of removing a bookmaker's margin leaves the best forecast, on real odds of five leagues."""

from collections.abc import Iterator

import numpy as np

from benchmarks import data
from benchmarks.report import Cell, Report
from monps import MatchTable, Reading, remove_margin
from monps.numerics.checks import Floats, Ints
from monps.numerics.overround import MARGIN_METHODS
from monps.numerics.resample import paired_difference
from monps.numerics.scoring import log_loss

FIRST, LAST = 2012, 2022
REFERENCE = "power"
BOOKS = (
    ("match_result", "pinnacle", True),
    ("match_result", "pinnacle", False),
    ("match_result", "bet365", True),
    ("match_result", "bet365", False),
    ("match_result", "william_hill", False),
    ("match_result", "average", True),
    ("totals", "pinnacle", True),
    ("totals", "pinnacle", False),
    ("totals", "bet365", True),
    ("totals", "average", True),
)
LINES = {"match_result": None, "totals": 2.5}
NOTE = f"""For {REFERENCE}, the mean log loss; for the others the difference to it on the same matches, in
hundred-thousandths, below 0 where better; a star where the 95 % interval (match days resampled) leaves 0
out. Matches on whose odds a method gives no probabilities are left out for all."""


def measure() -> Report:
    """Score every method on every book."""
    return Report(
        f"Margin removal, five leagues {FIRST}/13–{LAST}/23",
        _rows(data.real(data.FIVE, FIRST, LAST)),
        (NOTE,),
    )


def _rows(reading: Reading) -> Iterator[dict[str, Cell]]:
    days = np.floor(reading.matches.kickoff_days)
    for market, bookmaker, closing in BOOKS:
        odds = reading.quotes.odds(reading.matches, market, bookmaker, closing=closing, line=LINES[market])
        when = "closing" if closing else "earlier"
        scored = _scores(odds, happened(reading.matches, market), days)
        yield {"odds": f"{market}, {bookmaker}, {when}", **scored}


def happened(matches: MatchTable, market: str) -> Ints:
    """Return which selection of a market won."""
    goals = matches.home_goals + matches.away_goals
    return matches.outcomes if market == "match_result" else (goals < LINES["totals"]).astype(np.int64)


def _scores(odds: Floats, won: Ints, days: Floats) -> dict[str, Cell]:
    freed = {method: remove_margin(odds, method) for method in MARGIN_METHODS}
    usable = np.all([free.valid for free in freed.values()], axis=0)
    losses = {method: log_loss(free.probabilities[usable], won[usable]) for method, free in freed.items()}
    overround = freed[REFERENCE].overround[usable].mean()
    return {
        "n": int(usable.sum()),
        "overround": f"{100 * overround:.1f} %",
        REFERENCE: f"{losses[REFERENCE].mean():.5f}",
        **{
            method: difference(loss, losses[REFERENCE], days[usable])
            for method, loss in losses.items()
            if method != REFERENCE
        },
    }


def difference(ones: Floats, others: Floats, days: Floats) -> str:
    """Compare two forecasts' scores, in hundred-thousandths."""
    found = paired_difference(ones, others, days, np.random.default_rng(1))
    star = "*" if found.low > 0 or found.high < 0 else ""
    return f"{1e5 * found.mean:+.1f}{star}"
