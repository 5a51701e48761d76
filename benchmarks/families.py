"""Every family of markets beside its base rate and, where there are quotes, beside the market's fair price.

Five first divisions, 2015/16–2022/23, walk-forward as in ``python -m benchmarks brain``: goals by the brain,
corners and cards by the agent of style.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from benchmarks import data
from benchmarks.accuracy import FIRST, LAST
from benchmarks.brain import five, pools
from benchmarks.extra_prices import COLUMNS, beside, extra_prices, fair_chances
from benchmarks.family_lines import main_markets, quarter_hours
from benchmarks.family_picture import draw
from benchmarks.goal_times import facts_in_order, told_shots
from benchmarks.report import Cell, Report
from monps.agents import History
from monps.agents.style import StyleForecast
from monps.brain import UnifiedBrain
from monps.brain.pool import PooledForecast
from monps.domain.market import MarketKey
from monps.evaluation.settled import settled_calibration, settled_losses, settled_shares
from monps.markets import MARKETS
from monps.markets.catalogue import market
from monps.markets.facts import Facts
from monps.markets.pricing import price
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.overround import remove_margin
from monps.numerics.resample import paired_difference
from monps.ratings.market_memory import MAIN_LINE, SHARPEST_FIRST, fair_prices
from monps.tables.matches import MatchTable

NOTES = (
    """Log loss in nats. Differences are the forecast's less the other's, in hundred-thousandths, with 95 %
intervals from resampling match days: below 0 the forecast is better.""",
    "Base rates are the shares in which the selections won in these matches, known beforehand by nobody.",
    "Stakes given back do not count, half stakes count half; ECE is not told where stakes can be half won.",
)
EARLY, BLIND, LATE, STYLE, ORDER = (
    "brain, early prices",
    "brain, no price of the match",
    "brain, last prices",
    "style",
    "brain, early prices, goals in order",
)
DRAWN = {
    "over 1.5": MarketKey("totals", 1.5),
    "over 2.5": MarketKey("totals", 2.5),
    "over 3.5": MarketKey("totals", 3.5),
    "both teams to score": MarketKey("both_teams_to_score"),
}
QUARTER, SETTLED = 0.25, 0.99
_SEED = 11


@dataclass(frozen=True, eq=False)
class Judged:
    """Forecasts of n matches and what happened in them; of goals, corners or cards."""

    forecaster: str
    matches: MatchTable
    grid: ScoreGrid
    facts: Facts

    @property
    def days(self) -> Floats:
        """Shape (n,): when they were played."""
        return np.floor(self.matches.kickoff_days)

    def told(self, key: MarketKey) -> tuple[Floats, Floats]:
        """Return a market's chances, shape (n, k), and how its selections settled, shape (k, n)."""
        return price(self.grid, [key]).probability, market(key).settle(self.facts)

    def told_at(self, lines: Floats) -> tuple[Floats, Floats]:
        """Return the same of the Asian handicap on each match's own line."""
        chances, settled = np.full((len(lines), 2), np.nan), np.full((2, len(lines)), np.nan)
        for line in np.unique(lines[np.isfinite(lines)]):
            rows, (priced, happened) = lines == line, self.told(MarketKey("asian_handicap", float(line)))
            chances[rows], settled[:, rows] = priced[rows], happened[:, rows]
        return chances, settled


def measure() -> Report:
    """Replay the brain, and score all families."""
    data.real_folder()
    title = f"Families of markets, {FIRST}/{FIRST + 1 - 2000}–{LAST}/{LAST + 1 - 2000}"
    return Report(title, _rows(), NOTES)


def _rows() -> Iterator[dict[str, Cell]]:
    (history, wanted), brain = five(), UnifiedBrain()
    said, pooled = pools(history, wanted, brain)
    style = said[[agent.name for agent in brain.members].index(STYLE)]
    if not isinstance(style, StyleForecast):
        raise TypeError(f"{STYLE} should forecast corners and cards, and gave {type(style).__name__}")
    yield from all_rows(history, of_goals(history, wanted, pooled), of_counts(history, wanted, style))


def of_goals(history: History, wanted: Bools, pooled: Mapping[str, PooledForecast]) -> dict[str, Judged]:
    """Return the pools' forecasts of the matches that all of them have."""
    rows = wanted & history.matches.is_played & np.all([pool.made for pool in pooled.values()], axis=0)
    table = MatchTable(history.matches.frame.filter(rows))
    half = table.column("home_half_time_goals"), table.column("away_half_time_goals")
    facts = Facts((table.home_goals, table.away_goals), half)
    return {name: Judged(name, table, pool.grid(rows), facts) for name, pool in pooled.items()}


def of_counts(history: History, wanted: Bools, style: StyleForecast) -> dict[str, Judged]:
    """Return the forecasts of corners and of cards, where style has one and the files tell what happened."""
    found = {}
    for subject, parts in (("corners", ["corners"]), ("cards", ["yellow_cards", "red_cards"])):
        counts = [
            np.sum([history.matches.column(f"{side}_{part}") for part in parts], axis=0)
            for side in ("home", "away")
        ]
        rows = wanted & np.isfinite(counts).all(axis=0) & np.isfinite(style.counts(subject)).all(axis=1)
        table, facts = (
            MatchTable(history.matches.frame.filter(rows)),
            Facts((counts[0][rows], counts[1][rows])),
        )
        found[subject] = Judged(STYLE, table, style.count_grid(subject, rows), facts)
    return found


def all_rows(
    history: History, goals: Mapping[str, Judged], counts: Mapping[str, Judged]
) -> Iterator[dict[str, Cell]]:
    """Score all families beside base rates, then those that are quoted beside the market."""
    draw({words: goals[EARLY].told(key) for words, key in DRAWN.items()})
    for subject, judged in {"goals": goals[EARLY], **counts}.items():
        yield from beside_base_rates(judged, decided(judged, main_markets(subject)))
    yield from beside_base_rates(*in_order(goals[EARLY]))
    yield from beside_quotes(history, goals)
    yield from beside_extra_prices(goals, counts)


def decided(judged: Judged, keys: Iterable[MarketKey]) -> tuple[MarketKey, ...]:
    """Return the markets that final scores settle: without goals' times, only matches without goals do."""
    return tuple(key for key in keys if np.isfinite(judged.told(key)[1]).all(axis=0).mean() >= SETTLED)


def in_order(judged: Judged) -> tuple[Judged, tuple[MarketKey, ...]]:
    """Return the matches whose goals are told in their order, and the markets that it takes to settle."""
    shots = told_shots(judged.matches.frame["competition"].unique().to_list())
    _, known = facts_in_order(judged.matches, shots)
    by_score = decided(judged, keys := (*main_markets("goals"), *quarter_hours()))
    table = MatchTable(judged.matches.frame.filter(known))
    facts, _ = facts_in_order(table, shots)
    told = replace(judged, forecaster=ORDER, matches=table, grid=judged.grid[known], facts=facts)
    return told, tuple(key for key in keys if key not in by_score)


def beside_base_rates(judged: Judged, keys: tuple[MarketKey, ...]) -> Iterator[dict[str, Cell]]:
    """Score markets beside the shares in which their selections won."""
    for key in keys:
        chances, settled = told = judged.told(key)
        base = np.broadcast_to(settled_shares(settled), chances.shape)
        row = _compared(judged, str(key), told, base)
        yield row | {"beside": "base rate"}


def beside_quotes(history: History, goals: Mapping[str, Judged]) -> Iterator[dict[str, Cell]]:
    """Score match results, totals and quoted handicaps beside football-data's early and last prices."""
    for when, closing, names in (("early", False, (EARLY, BLIND)), ("last", True, (LATE, EARLY, BLIND))):
        table = goals[EARLY].matches
        fair = fair_prices(table, history.quotes, closing=(closing,))
        totals = np.column_stack([fair.over, 1.0 - fair.over])
        lines, handicaps = quoted_handicaps(history, table, closing=closing)
        for judged in (goals[name] for name in names):
            for key, theirs in (
                (MarketKey("match_result"), fair.result),
                (MarketKey("totals", MAIN_LINE), totals),
            ):
                yield _compared(judged, str(key), judged.told(key), theirs) | {"beside": f"{when} price"}
            row = _compared(judged, "asian_handicap, line as quoted", judged.told_at(lines), handicaps)
            yield row | {"beside": f"{when} price"}


def quoted_handicaps(history: History, table: MatchTable, *, closing: bool) -> tuple[Floats, Floats]:
    """Return the sharpest book's line of each match, shape (n,), and its fair chances, shape (n, 2)."""
    lines, chances = np.full(len(table), np.nan), np.full((len(table), 2), np.nan)
    for name in SHARPEST_FIRST:
        offered, odds = history.quotes.handicaps(table, name, closing=closing)
        fair = remove_margin(odds).probabilities
        better = np.isnan(lines) & np.isfinite(fair).all(axis=1) & (np.mod(offered, QUARTER) == 0.0)
        lines[better], chances[better] = offered[better], fair[better]
    return lines, chances


def beside_extra_prices(
    goals: Mapping[str, Judged], counts: Mapping[str, Judged]
) -> Iterator[dict[str, Cell]]:
    """Score the markets of the folder extra-markets beside its prices."""
    prices = extra_prices()
    for key in COLUMNS:
        subject = MARKETS[key.family].subject
        for judged in (goals[EARLY], goals[BLIND]) if subject == "goals" else (counts[subject],):
            theirs = fair_chances(beside(judged.matches, prices), key)
            yield _compared(judged, str(key), judged.told(key), theirs) | {"beside": "extra-markets"}


def _compared(judged: Judged, name: str, told: tuple[Floats, Floats], theirs: Floats) -> dict[str, Cell]:
    ours, settled = told
    both = np.isfinite(theirs).all(axis=1) & np.isfinite(ours).all(axis=1) & np.isfinite(settled).all(axis=0)
    ours, theirs, settled = ours[both], theirs[both], settled[:, both]
    mine, other = settled_losses(ours, settled), settled_losses(theirs, settled)
    decided, error = np.isfinite(mine), settled_calibration(ours, settled)
    mine, other, days = mine[decided], other[decided], judged.days[both][decided]
    mean, low, high = (
        1e5 * each for each in paired_difference(mine, other, days, np.random.default_rng(_SEED))
    )
    return {
        "market": name,
        "forecast": judged.forecaster,
        "beside": "",
        "n": len(mine),
        "log loss": f"{mine.mean():.5f}",
        "the other's": f"{other.mean():.5f}",
        "difference": f"{mean:.1f} [{low:.1f}, {high:.1f}]",
        "ECE": "" if error is None else f"{error:.4f}",
    }
