"""Which distribution of goals around given rates forecasts best: ``python -m benchmarks.score_models``.

Every family gets the same rates, walked forward through five leagues, and for each season the shape
parameters that were likeliest in the three seasons before. So only the distributions differ. Then come
strengths that were found in other ways, with Dixon and Coles's distribution.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

import monps
from benchmarks.data import five_leagues
from benchmarks.report import Report, show
from monps.models import SCORE_MODELS, DixonColes, ScoreDriven, ScoreModel
from monps.models.shape import fit_shape
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import bounds, dixon_coles_grid, fit_rho
from monps.numerics.resample import paired_difference
from monps.numerics.scoring import log_loss, ranked_probability_score
from monps.ratings.difference_rates import difference_rates
from monps.ratings.elo import Elo
from monps.ratings.pi import PiRatings
from monps.ratings.walk import WalkedRates

LEARNED_SEASONS, WARM_UP_SEASONS = 3, 10
REFERENCE = "dixon_coles"
NOTES = (
    f"Differences are to {REFERENCE}, in thousandths, below 0 where better; 95 % intervals by match days.",
    "Shapes are those used in the last season.",
)


class Scored(NamedTuple):
    """Scores of n matches."""

    score: np.ndarray
    result: np.ndarray
    rps: np.ndarray
    shape: str = ""

    @classmethod
    def of(cls, grid: ScoreGrid, matches: monps.MatchTable, shape: str = "") -> "Scored":
        """Score the grids of some matches."""
        home, away = (side.astype(int) for side in (matches.home_goals, matches.away_goals))
        happened, outcomes = 1 - np.sign(home - away), grid.outcomes()
        exact = grid.probabilities[np.arange(len(home)), home, away]
        return cls(
            -np.log(exact), log_loss(outcomes, happened), ranked_probability_score(outcomes, happened), shape
        )


class League(NamedTuple):
    """The matches, their seasons, and those that are judged."""

    table: monps.MatchTable
    season: np.ndarray
    judged: np.ndarray

    @classmethod
    def load(cls) -> tuple[str, "League"]:
        """Read five leagues, and say where they come from."""
        where, table = five_leagues()
        season = table.column("season").astype(int)
        return where, cls(table, season, season >= season.min() + WARM_UP_SEASONS)

    def rows(self, chosen: np.ndarray) -> monps.MatchTable:
        """Return some of the matches."""
        return monps.MatchTable(self.table.frame.filter(chosen))


def measure() -> Report:
    """Score the families on the same rates, then the other strengths."""
    where, league = League.load()
    needed = league.season >= league.season[league.judged].min() - LEARNED_SEASONS
    rates = DixonColes().walk(league.table, needed)
    scored = {name: score_family(league, SCORE_MODELS[name](), rates) for name in families()}
    scored |= {name: Scored.of(grid, league.rows(league.judged)) for name, grid in other_strengths(league)}
    days = np.floor(league.table.kickoff_days[league.judged])
    rows = [row(name, scores, scored[REFERENCE], days) for name, scores in scored.items()]
    years = league.season[league.judged]
    return Report(
        f"Distributions of goals, {where}, judged on {years.min()}–{years.max()}: "
        f"{len(days):,} matches, {len(np.unique(days)):,} match days",
        rows,
        NOTES,
    )


def families() -> list[str]:
    """Every model that says something of its own about the distribution."""
    return [name for name in SCORE_MODELS if name != ScoreDriven.name]


def score_family(league: League, model: ScoreModel, rates: WalkedRates) -> Scored:
    """Score one family, its shape learned anew for every season."""
    parts, shape = [], {}
    for year in np.unique(league.season[league.judged]):
        learned = (league.season < year) & (league.season >= year - LEARNED_SEASONS)
        shape = learn_shape(model, league.rows(learned), (rates.home[learned], rates.away[learned]))
        now = league.judged & (league.season == year)
        grid = model.scorelines(rates.home[now], rates.away[now], shape)
        parts.append((np.flatnonzero(now), Scored.of(grid, league.rows(now))))
    order = np.argsort(np.concatenate([rows for rows, _ in parts]))
    columns = [np.concatenate([getattr(s, f) for _, s in parts])[order] for f in ("score", "result", "rps")]
    return Scored(*columns, ", ".join(f"{name} {value:.3f}" for name, value in shape.items()))


def learn_shape(model: ScoreModel, matches: monps.MatchTable, rates: tuple) -> Mapping[str, float]:
    """Find a model's shape on matches whose rates had been said beforehand."""
    goals, weights = (matches.home_goals, matches.away_goals), np.ones(len(matches))
    if model.shape_bounds:
        return fit_shape(model, goals, rates, weights)
    return {"rho": fit_rho(rates, goals, weights)} if model.low_scores else {}


def other_strengths(league: League) -> Iterator[tuple[str, ScoreGrid]]:
    """Yield grids of strengths found in other ways."""
    for label, rates in (
        ("dixon_coles, ρ of the morning", DixonColes().walk(league.table, league.judged)),
        ("dixon_coles, ridge 10", DixonColes(ridge=10.0).walk(league.table, league.judged)),
        ("score_driven", ScoreDriven().walk(league.table, league.judged)),
        ("elo", difference_rates(league.table, Elo(), league.judged)),
        ("pi", difference_rates(league.table, PiRatings(), league.judged)),
    ):
        home, away, rho = (side[league.judged] for side in (rates.home, rates.away, rates.rho))
        low, high = bounds(home, away)
        yield label, dixon_coles_grid(home, away, np.clip(rho, low, high))


def row(name: str, scores: Scored, reference: Scored, days: np.ndarray) -> dict[str, str]:
    """Set one line of the table."""
    said = {"model": name, "shape": scores.shape}
    for column, words in (("score", "score log loss"), ("result", "1X2 log loss"), ("rps", "RPS")):
        mine, theirs = getattr(scores, column), getattr(reference, column)
        said[words] = f"{mine.mean():.5f}"
        if scores is not reference:
            low, high = paired_difference(mine, theirs, days, np.random.default_rng(1))[1:]
            mean = (mine - theirs).mean()
            said[words] += f" ({1000 * mean:+.2f}, {1000 * low:+.2f} … {1000 * high:+.2f})"
    return said


if __name__ == "__main__":
    show(measure(), as_json=False)
