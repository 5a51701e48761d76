"""Every forecaster walk-forward on real files, beside the closing prices of the same matches.

Top divisions, then second (and lower) ones, 2015/16–2022/23; earlier seasons are only learned from. What a
forecaster chooses for a season it chooses from the seasons before.
"""

import gc
from collections.abc import Iterator
from datetime import date
from time import perf_counter

import numpy as np

from benchmarks import data
from benchmarks.report import Cell, Report
from monps.agents import Agent, History
from monps.backtest import rows_between
from monps.brain import FORECASTERS
from monps.domain.evaluation import Estimate
from monps.domain.market import MarketKey
from monps.evaluation import Outcomes, score
from monps.markets.pricing import price
from monps.numerics.calibration import expected_calibration_error
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.ratings.market_memory import fair_prices, with_implied_goals

FIRST, LAST = 2015, 2022
GROUPS = {"top five": data.FIVE, "second and lower": data.SECOND}
NOTE = """Gaps are differences, in ten-thousandths, to Pinnacle's closing price (power method) on the matches
that have one, with 95 % intervals from resampling match days; below 0 is better than the market. ECE:
expected calibration error over ten bins. Seconds: all forecasts, refits included."""


def measure() -> Report:
    """Judge all forecasters on both groups of divisions."""
    data.real_folder()
    return Report(f"Accuracy, {FIRST}/{FIRST + 1 - 2000}–{LAST}/{LAST + 1 - 2000}", _rows(), (NOTE,))


def _rows() -> Iterator[dict[str, Cell]]:
    for group, divisions in GROUPS.items():
        history = _history(divisions)
        wanted = rows_between(history.matches, divisions, date(FIRST, 7, 1), date(LAST + 1, 7, 1))
        closing = fair_prices(history.matches, history.quotes, closing=(True,)).result
        for name, agent in FORECASTERS.items():
            yield {"divisions": group, "forecaster": name, **_judged(agent, history, wanted, closing)}
            gc.collect()


def _history(divisions: tuple[str, ...]) -> History:
    reading = data.real(divisions, 2005, LAST)
    return History(with_implied_goals(reading.matches, reading.quotes), reading.quotes)


def _judged(agent: Agent, history: History, wanted: Bools, closing: Floats) -> dict[str, Cell]:
    begun = perf_counter()
    forecast = agent.replay(history, wanted)
    judged = wanted & forecast.made
    grid = forecast.grid(judged)
    seconds, table = perf_counter() - begun, history.matches
    outcomes = table.outcomes[judged]
    card = score(Outcomes(grid.outcomes(), outcomes, closing[judged], np.floor(table.kickoff_days[judged])))
    home, away = table.home_goals[judged], table.away_goals[judged]
    return {
        "n": card.n,
        "abstained": int(wanted.sum()) - card.n,
        "log loss": f"{card.log_loss:.5f}",
        "gap in log loss": _gap(card.log_loss_gap),
        "RPS": f"{card.rps:.5f}",
        "gap in RPS": _gap(card.rps_gap),
        "ECE 1X2": f"{card.ece:.4f}",
        "ECE over 2.5": _calibration(grid, MarketKey("totals", 2.5), (home + away < 2.5).astype(int)),
        "ECE both score": _calibration(
            grid, MarketKey("both_teams_to_score"), (home * away == 0).astype(int)
        ),
        "seconds": f"{seconds:.1f}",
    }


def _calibration(grid: ScoreGrid, market: MarketKey, won: Ints) -> str:
    return f"{expected_calibration_error(price(grid, [market]).probability, won, bins=10):.4f}"


def _gap(gap: Estimate | None) -> str:
    if gap is None:
        return "–"
    low, high = gap.interval
    return f"{1e4 * gap.value:.1f} [{1e4 * low:.1f}, {1e4 * high:.1f}]"
