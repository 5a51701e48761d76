"""What betting by the brain's forecasts came to on real files, beside favourites, home sides and lots.

``python -m benchmarks betting`` prints the table,
``python -m benchmarks.betting_page`` writes it into the documents.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from benchmarks import data
from benchmarks.report import Cell, Report
from monps.agents import History
from monps.backtest import rows_between
from monps.backtest.arena import Arena, arena_of
from monps.backtest.betting import bet_by
from monps.backtest.kept import KeptForecast, keep, pack_forecast, unpack_forecast
from monps.backtest.rules import BettingRule
from monps.backtest.task import code_version
from monps.brain import FORECASTERS
from monps.domain.betting import BettingReport
from monps.domain.evaluation import Estimate
from monps.domain.stakes import Limits
from monps.evaluation.profit import deflate, ratio_of
from monps.numerics.checks import Bools
from monps.ratings.market_memory import with_implied_goals
from monps.staking import Flat, Kelly, MatchKelly
from monps.staking.value import ValueRule

FIRST, LAST = 2015, 2022
PRICES = ("average", "best", "pinnacle")
UNBOUND = Limits(per_bet=1, per_match=1, per_day=1, per_competition=1, drawdown_stop=1, daily_loss=1)
FLAT = Flat(unit=0.0001)
RESULT = ("match_result",)
BOLD = ValueRule(caution=0.0, oldest_hours=24.0)
NOTE = """Yield and closing line value in per cent, with 95 % intervals from resampling match days. By lot:
the closing line value of all selections of the same markets at the same odds. Luck: how often the best of as
many worthless rules as there are rows would show this much."""


def measure() -> Report:
    """Replay every rule at every price."""
    data.real_folder()
    return Report(f"Betting, five leagues, {FIRST}/{FIRST - 1999}–{LAST}/{LAST - 1999}", rows(), (NOTE,))


def rules() -> Iterator[tuple[str, BettingRule]]:
    """Name each rule: flat stakes of one ten-thousandth and no limits, so that only the choice counts."""
    plain = {"stake": FLAT, "limits": UNBOUND, "initial": "100000.00"}
    for price in PRICES:
        yield "value", BettingRule(price=price, value=BOLD, **plain)
        yield "value, if sure", BettingRule(price=price, **plain)
        for choice in ("favourite", "home", "random"):
            yield choice, BettingRule(choice=choice, price=price, markets=RESULT, **plain)
    for price in PRICES:
        for stake in (Kelly(), MatchKelly()):
            yield f"value, {stake.name}", BettingRule(stake=stake, price=price, value=BOLD)


@cache
def arena() -> Arena:
    """Forecast eight seasons of five leagues by the brain, and set out what was on offer."""
    reading = data.real(data.FIVE, 2005, LAST)
    history = History(with_implied_goals(reading.matches, reading.quotes), reading.quotes)
    wanted = rows_between(history.matches, data.FIVE, date(FIRST, 7, 1), date(LAST + 1, 7, 1))
    return arena_of(history, _forecast(history, wanted), wanted, reading.quotes)


def _forecast(history: History, wanted: Bools) -> KeptForecast:
    """Forecast, or read what was forecast by the same code before."""
    brain = FORECASTERS["brain"]
    name = hashlib.sha256(f"{brain!r} {code_version()} {len(wanted)}".encode()).hexdigest()[:24]
    kept = Path(os.environ.get("MONPS_CACHE_DIR", gettempdir())) / f"monps-brain-{name}.npz"
    if kept.exists():
        return unpack_forecast(kept.read_bytes())
    made = keep(brain.replay(history, wanted), wanted)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pack_forecast(made))
    return made


@cache
def replayed() -> tuple[tuple[str, BettingReport], ...]:
    """Replay every rule, each deflated by the number of them."""
    listed = list(rules())
    found = []
    for name, rule in listed:
        report, played = bet_by(arena(), rule)
        ratio = ratio_of(played.profits, played.stakes, played.days) if report.bets else None
        luck = None if ratio is None else deflate(ratio, len(listed))
        found.append((name, report.model_copy(update={"deflation": luck})))
    return tuple(found)


def rows() -> Iterator[dict[str, Cell]]:
    for name, report in replayed():
        clv = report.closing_line_value
        yield {
            "rule": name,
            "odds": report.price,
            "bets": report.bets,
            "mean odds": f"{report.mean_odds:.2f}" if report.mean_odds else "–",
            "yield": _percent(report.yield_),
            "closing line value": _percent(report.clv),
            "by lot": f"{100 * clv.null:.2f}" if clv and clv.null is not None else "–",
            "deepest fall": f"{100 * report.drawdown.share:.0f} %",
            "luck": f"{report.deflation.p_value:.2f}" if report.deflation else "–",
        }


def _percent(found: Estimate | None) -> str:
    if found is None:
        return "–"
    low, high = (100 * end for end in found.interval)
    return f"{100 * found.value:.1f} [{low:.1f}, {high:.1f}]"
