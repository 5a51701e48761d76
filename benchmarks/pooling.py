"""What pools of 1X2 chances other followers or weights would make: ``python -m benchmarks pooling``.

All members and voices are asked once. Then their chances of home win, draw and away win are pooled, each
season with the weights that the seasons before it taught. The first span was looked at to choose.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from benchmarks import data
from benchmarks.brain import history_of_five
from benchmarks.report import Cell, Report
from monps.agents import History
from monps.backtest import rows_between
from monps.brain import UnifiedBrain
from monps.brain.lessons import log_outcomes, walked_weights, who_speaks
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.scoring import log_loss, ranked_probability_score
from monps.ratings.combination import with_earlier
from monps.ratings.market_memory import fair_prices

FIRST = 2010
SPANS = {"2010/11–2014/15": (2010, 2014), "2015/16–2018/19": (2015, 2018), "2019/20–2022/23": (2019, 2022)}
ALL = "market_memory, goals, style and all five voices"
VOICES = ("long_memory", "recent_results", "results", "recent_shots", "shots")
FOLLOWERS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "market_memory, goals": ("market_memory", "goals"),
    "market_memory, long_memory": ("market_memory", "long_memory"),
    "market_memory, results": ("market_memory", "results"),
    "market_memory, recent_results, results": ("market_memory", "recent_results", "results"),
    "market_memory, results, recent_shots, shots": ("market_memory", "results", "recent_shots", "shots"),
    "market_memory, goals and all five voices": ("market_memory", "goals", *VOICES),
    ALL: ("market_memory", "goals", "style", *VOICES),
}
PRECISIONS = {
    "all alike": 1e12,
    "30,000": 3e4,
    "10,000": 1e4,
    "3,000": 3e3,
    "1,000": 1e3,
    "300": 3e2,
    "100": 1e2,
}
Rule = Callable[[Floats, Ints], Floats]
NOTES = (
    "RPS less that of the leader alone, and gaps to Pinnacle's closing price, in hundred-thousandths.",
    "A precision says how firmly a competition's weights are held to those that all competitions taught.",
)


class Said(NamedTuple):
    """What everybody said of n matches, as log chances of shape (m, n, 3), and what the market closed at."""

    history: History
    names: tuple[str, ...]
    members: int
    logs: Floats
    closing: Floats
    wanted: Bools

    def pooled(self, followers: tuple[str, ...], precision: float) -> Floats:
        """Return the pool's chances, shape (n, 3): the leader's, moved by some followers."""
        chosen = [0, *(self.names.index(name) for name in followers)]
        leading = sum(place < self.members for place in chosen)
        logs = self.logs[chosen]
        speaks = who_speaks(logs, leading)
        weights = walked_weights(
            self.history.matches, logs, speaks, wanted=self.wanted, precision=precision
        ).T[:, :, None]
        moved = np.where(np.isnan(logs), 0.0, logs * np.nan_to_num(weights)).sum(axis=0)
        chances = np.exp(moved - moved.max(axis=1, keepdims=True))
        silent = ~np.isfinite(self.logs[0]).all(axis=1) | ~self.wanted
        return np.where(silent[:, None], np.nan, chances / chances.sum(axis=1, keepdims=True))


def measure() -> Report:
    """Pool with other followers, then with other precisions."""
    data.real_folder()
    said, usual = everybody(), UnifiedBrain().own_precision
    return Report("Pools of 1X2 chances", _rows(said, usual), NOTES)


def everybody() -> Said:
    """Ask all members and voices of every match since 2010/11, and of those before that teach."""
    history, brain = history_of_five(), UnifiedBrain()
    wanted = rows_between(history.matches, data.FIVE, date(FIRST, 7, 1), date(2023, 7, 1))
    agents = (*brain.members, *brain.voices)
    said = brain.consult(history, with_earlier(history.matches, wanted))
    return Said(
        history,
        tuple(agent.name for agent in agents),
        len(brain.members),
        np.stack([log_outcomes(forecast) for forecast in said]),
        fair_prices(history.matches, history.quotes, closing=(True,)).result,
        wanted,
    )


def _rows(said: Said, usual: float) -> Iterator[dict[str, Cell]]:
    alone = said.pooled((), usual)
    for name, followers in FOLLOWERS.items():
        found = said.pooled(followers, usual)
        gains = {
            span: _mean(said, (found, alone), years, ranked_probability_score)
            for span, years in SPANS.items()
        }
        yield {"what": "followers", "pool": name, **gains, **_gaps(said, found)}
    for name, precision in PRECISIONS.items():
        gaps = _gaps(said, said.pooled(FOLLOWERS[ALL], precision))
        yield {"what": "precision", "pool": name, **dict.fromkeys(SPANS, ""), **gaps}


def _gaps(said: Said, found: Floats) -> dict[str, Cell]:
    spans = {"chosen on": (2010, 2014), "later": (2015, 2022)}
    rules = {"log loss": log_loss, "RPS": ranked_probability_score}
    return {
        f"gap, {label}: {name}": _mean(said, (found, said.closing), years, rule)
        for label, years in spans.items()
        for name, rule in rules.items()
    }


def _mean(said: Said, both_say: tuple[Floats, Floats], years: tuple[int, int], rule: Rule) -> str:
    """Return the mean difference of a score over some seasons, where both have forecasts."""
    (ours, theirs), table = both_say, said.history.matches
    season = table.column("season")
    both = np.isfinite(ours).all(axis=1) & np.isfinite(theirs).all(axis=1) & table.is_played
    both &= (season >= years[0]) & (season <= years[1])
    happened = table.outcomes[both]
    return f"{1e5 * (rule(ours[both], happened) - rule(theirs[both], happened)).mean():.1f}"
