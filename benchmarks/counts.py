"""Corners and cards beside a league-average negative binomial: ``python -m benchmarks.counts``.

The yardstick knows each league's mean of the last year and how totals of the last three seasons scattered
around such means. The models know the teams, and for cards the referee where the files name one.
"""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

import monps
from benchmarks.data import five_leagues
from benchmarks.report import Report, show
from monps.models.counts import COUNT_MODELS, Cards, CountModel
from monps.models.shape import fit_shape
from monps.numerics.counts import negative_binomial_log_pmf
from monps.numerics.grid import ScoreGrid
from monps.numerics.resample import Interval, paired_difference
from monps.ratings.counted import counted
from monps.ratings.level import sums_known

LEARNED_SEASONS, WARM_UP_SEASONS = 3, 10
YARDSTICK_HALF_LIFE_DAYS = 365.0
NOTES = (
    "Log loss of the total count, the model's total being that of its grid.",
    "Differences are to the yardstick, below 0 where better; 95 % intervals by a bootstrap of match days.",
)


class Counted(NamedTuple):
    """A table whose goals are what is counted, and which of its matches are judged."""

    table: monps.MatchTable
    season: np.ndarray
    judged: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """What was counted, both sides together."""
        return (self.table.home_goals + self.table.away_goals).astype(int)

    def years(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the rows to learn from, and those to judge, of each season."""
        for year in np.unique(self.season[self.judged]):
            learned = (self.season < year) & (self.season >= year - LEARNED_SEASONS)
            yield np.flatnonzero(learned), np.flatnonzero(self.judged & (self.season == year))


class CardsByTeamsAlone(Cards):
    """Cards whoever the referee is."""

    looks_at_referees: ClassVar[bool] = False


def measure() -> Report:
    """Score both models, and cards without the referee."""
    where, table = five_leagues()
    models = {**COUNT_MODELS, "cards, referee aside": CardsByTeamsAlone}
    rows = [row for name, model in models.items() for row in score(name, model(), table)]
    return Report(f"Corners and cards, {where}", rows, NOTES)


def score(name: str, model: CountModel, table: monps.MatchTable) -> Iterator[dict[str, str | int]]:
    """Yield a line for all leagues together, and one for each."""
    known = counted(table, model.subject)
    season = known.column("season").astype(int)
    league = Counted(known, season, season >= season.min() + WARM_UP_SEASONS)
    mine, theirs = of_model(model, table, league), of_average(league)
    days, codes = np.floor(known.kickoff_days), known.frame["competition"].to_numpy()
    for code in ("all", *np.unique(codes[league.judged])):
        rows = league.judged & ((codes == code) | (code == "all"))
        found = paired_difference(mine[rows], theirs[rows], days[rows], np.random.default_rng(1))
        yield {
            "subject": name,
            "league": code,
            "n": int(rows.sum()),
            "yardstick": f"{theirs[rows].mean():.4f}",
            "model": f"{mine[rows].mean():.4f}",
            "difference": words(found),
        }


def words(found: Interval) -> str:
    """Set an interval in words."""
    return f"{found.mean:+.4f} ({found.low:+.4f} … {found.high:+.4f})"


def of_model(model: CountModel, table: monps.MatchTable, league: Counted) -> np.ndarray:
    """Return the model's log loss of each total, NaN where it is not judged."""
    first = league.season[league.judged].min() - LEARNED_SEASONS
    walked = model.walk(table, table.column("season") >= first)
    places = np.flatnonzero(np.isin(table.frame["match_id"], league.table.frame["match_id"]))
    home, away = walked.home[places], walked.away[places]
    losses = np.full(len(home), np.nan)
    for learned, judged in league.years():
        counts = league.table.home_goals[learned], league.table.away_goals[learned]
        shape = fit_shape(model, counts, (home[learned], away[learned]), np.ones(len(learned)))
        grid = model.scorelines(home[judged], away[judged], shape)
        losses[judged] = -np.log(totals(grid)[np.arange(len(judged)), league.total[judged]])
    return losses


def totals(grid: ScoreGrid) -> np.ndarray:
    """Return the distribution of both sides' sum, shape (n, 2s − 1)."""
    size = grid.size
    found = np.zeros((len(grid), 2 * size - 1))
    for home in range(size):
        found[:, home : home + size] += grid.probabilities[:, home]
    return found


def of_average(league: Counted) -> np.ndarray:
    """Return the yardstick's log loss of each total, NaN where it is not judged."""
    both = np.stack([np.ones(len(league.table)), league.total], axis=1)
    matches, sums = sums_known(league.table, both, YARDSTICK_HALF_LIFE_DAYS).T
    means = sums / np.where(matches > 0, matches, np.nan)
    losses = np.full(len(means), np.nan)
    for learned, judged in league.years():
        spread = dispersion(means[learned], league.total[learned])
        losses[judged] = surprise(means[judged], league.total[judged], spread)
    return losses


def dispersion(means: np.ndarray, counts: np.ndarray) -> float:
    """Find the likeliest dispersion of totals around their means."""
    found = minimize_scalar(lambda d: surprise(means, counts, d).sum(), bounds=(1e-6, 0.5), method="bounded")
    return float(found.x)


def surprise(means: np.ndarray, counts: np.ndarray, spread: float) -> np.ndarray:
    """Return the negative binomial's log loss of counts."""
    table = negative_binomial_log_pmf(means, spread, int(counts.max()))
    return -table[np.arange(len(counts)), counts]


if __name__ == "__main__":
    show(measure(), as_json=False)
