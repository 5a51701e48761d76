"""The brain walk-forward beside its members: in total, and by league, season and month.

Five first divisions, 2015/16–2022/23; weights from the seasons before each. All agents are asked once, and
pooled with the match's early prices, with its last ones, and with none.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from benchmarks import data
from benchmarks.accuracy import FIRST, LAST
from benchmarks.report import Cell, Report
from monps.agents import GridForecast, History
from monps.backtest import rows_between
from monps.brain import UnifiedBrain
from monps.brain.lessons import log_outcomes, walked_weights, who_speaks
from monps.brain.pool import PooledForecast
from monps.domain.identifiers import Season
from monps.numerics.checks import Bools, Floats
from monps.numerics.resample import paired_difference
from monps.numerics.scoring import log_loss, ranked_probability_score
from monps.ratings.combination import with_earlier
from monps.ratings.market_memory import fair_prices, with_implied_goals

NOTE = """Differences are to Pinnacle's closing price (power method), or to the member that is named, in
hundred-thousandths, with 95 % intervals from resampling match days: below 0 the first is better."""
_SEED = 11


def measure() -> Report:
    """Pool three times, and compare."""
    data.real_folder()
    return Report(f"The brain, {FIRST}/{FIRST + 1 - 2000}–{LAST}/{LAST + 1 - 2000}", _rows(), (NOTE,))


def five() -> tuple[History, Bools]:
    """Return five leagues' history, and which matches are judged."""
    history = history_of_five()
    return history, rows_between(history.matches, data.FIVE, date(FIRST, 7, 1), date(LAST + 1, 7, 1))


def history_of_five() -> History:
    """Return matches and quotes of five leagues, with the goals that closing prices stood for."""
    reading = data.real(data.FIVE, 2005, LAST)
    return History(with_implied_goals(reading.matches, reading.quotes), reading.quotes)


def pools(
    history: History, wanted: Bools, brain: UnifiedBrain
) -> tuple[tuple[GridForecast, ...], dict[str, PooledForecast]]:
    """Return what members and voices say, and three pools of it."""
    asked = with_earlier(history.matches, wanted)
    said, late = brain.consult(history, asked), brain.late.replay(history, asked)
    variants = {
        "brain, early prices": said,
        "brain, no price of the match": said[1:],
        "brain, last prices": (late, *said[1:]),
    }
    members = len(brain.members)
    return said, {
        name: _pool(history, wanted, agents, members - ("no price" in name))
        for name, agents in variants.items()
    }


def _pool(history: History, wanted: Bools, said: tuple[GridForecast, ...], members: int) -> PooledForecast:
    logs = np.stack([log_outcomes(forecast) for forecast in said])
    speaks, precision = who_speaks(logs, members), UnifiedBrain().own_precision
    weights = walked_weights(history.matches, logs, speaks, wanted=wanted, precision=precision)
    return PooledForecast(said, weights, 0)


def _rows() -> Iterator[dict[str, Cell]]:
    (history, wanted), brain = five(), UnifiedBrain()
    said, pooled = pools(history, wanted, brain)
    closing = fair_prices(history.matches, history.quotes, closing=(True,)).result
    named = {agent.name: forecast for agent, forecast in zip(brain.members, said, strict=False)}
    chances = {name: _chances(forecast, wanted) for name, forecast in (pooled | named).items()}
    best = chances["brain, early prices"]
    for name, found in chances.items():
        yield {"what": name, **_compared(history, found, closing)}
    for name in named:
        yield {"what": f"brain, early prices, less {name}", **_compared(history, best, chances[name])}
    for label, rows in _parts(history, wanted):
        part = np.where(rows[:, None], best, np.nan)
        yield {"what": f"brain, early prices: {label}", **_compared(history, part, closing)}


def _chances(forecast: GridForecast, wanted: Bools) -> Floats:
    rows = wanted & forecast.made
    found = np.full((len(wanted), 3), np.nan)
    found[rows] = forecast.grid(rows).outcomes()
    return found


def _compared(history: History, ours: Floats, theirs: Floats) -> dict[str, Cell]:
    table = history.matches
    both = np.isfinite(ours).all(axis=1) & np.isfinite(theirs).all(axis=1)
    happened, days = table.outcomes[both], np.floor(table.kickoff_days[both])
    scores = [(rule(ours[both], happened), rule(theirs[both], happened)) for rule in _RULES]
    return {
        "n": int(both.sum()),
        "log loss": f"{scores[0][0].mean():.5f}",
        "difference": _interval(*scores[0], days),
        "RPS": f"{scores[1][0].mean():.5f}",
        "difference in RPS": _interval(*scores[1], days),
    }


_RULES = (log_loss, ranked_probability_score)


def _interval(ours: Floats, theirs: Floats, days: Floats) -> str:
    mean, low, high = paired_difference(ours, theirs, days, np.random.default_rng(_SEED))
    return f"{1e5 * mean:.1f} [{1e5 * low:.1f}, {1e5 * high:.1f}]"


def _parts(history: History, wanted: Bools) -> Iterator[tuple[str, Bools]]:
    frame = history.matches.frame
    columns = {
        "league": frame["competition"].to_numpy(),
        "season": np.array([Season(start=year).label for year in frame["season"]]),
        "month": frame["kickoff"].dt.strftime("%m").to_numpy(),
    }
    for values in columns.values():
        for value in np.unique(values[wanted]):
            yield str(value), wanted & (values == value)
