"""Histories to forecast from: a simulated country's, and what scrambling the future makes of them."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

import monps
from monps.agents import History
from monps.numerics.checks import Bools
from monps.ratings.market_memory import with_implied_goals
from monps.sources.simulated import SimulatedCountry
from monps.tables.matches import STATISTICS, MatchTable
from monps.tables.quotes import QuoteTable

_SIDES = ("home", "away")
_MARGIN = 1.05


@cache
def simulated(seasons: int = 5, seed: int = 4, sizes: tuple[int, int] = (12, 14)) -> History:
    """Return what the files of a small country hold; the last season is under way."""
    with TemporaryDirectory() as folder:
        SimulatedCountry(seed=seed, seasons=seasons, sizes=sizes).write(Path(folder))
        found = monps.read(Path(folder) / "football-data")
    return history_of(found.matches, found.quotes)


def history_of(matches: MatchTable, quotes: QuoteTable) -> History:
    """Put matches and quotes together, with the goals that prices stood for."""
    return History(with_implied_goals(matches, quotes), quotes)


def last_season(history: History) -> Bools:
    """Mark the matches of the newest season."""
    seasons = history.matches.column("season")
    return seasons == seasons.max()


def delayed(history: History, rng: np.random.Generator) -> History:
    """Let every tenth result become known late, some of them in another season."""
    late = rng.random(len(history.matches)) < 0.1
    known = pl.col("known_at") + pl.duration(days=pl.Series(late * rng.integers(1, 500, len(late))))
    return history_of(MatchTable(history.matches.frame.with_columns(known)), history.quotes)


def scrambled(history: History, morning: float, rng: np.random.Generator, *, all_of_today: bool) -> History:
    """Change every result, statistic and quote that became known after the morning of a day.

    What stays are the early quotes for that day's own matches, which may be collected hours before they
    begin; and all quotes for these matches, closing ones too, if asked for.
    """
    table, quotes = history.matches, history.quotes.frame
    today = table.frame.filter(np.floor(table.kickoff_days) == morning)["match_id"].to_list()
    later = pl.col("known_at").dt.epoch("s") / 86_400 > morning
    own = pl.col("match_id").is_in(today) & (~pl.col("closing") | all_of_today)
    changed = quotes.select(later & ~own).to_series().to_numpy()
    return history_of(
        _other_results(table, table.known_days > morning, rng), _other_odds(quotes, changed, rng)
    )


def with_other_closing(history: History, rng: np.random.Generator) -> History:
    """Change the closing quotes, and them alone, without a trace in what past prices stood for."""
    closing = history.quotes.frame["closing"].to_numpy()
    return History(history.matches, _other_odds(history.quotes.frame, closing, rng))


def without_quotes(history: History) -> History:
    """Forget all odds."""
    return history_of(history.matches, QuoteTable(history.quotes.frame.clear()))


def without_shots(history: History) -> History:
    """Forget all that is known of a match beyond its score."""
    names = [f"{side}_{name}" for side in _SIDES for name in STATISTICS]
    forgotten = [pl.lit(None, pl.Float64).alias(name) for name in names]
    return history_of(MatchTable(history.matches.frame.with_columns(forgotten)), history.quotes)


def _other_results(table: MatchTable, chosen: Bools, rng: np.random.Generator) -> MatchTable:
    goals = {f"{side}_goals": rng.integers(0, 9, len(table)) for side in _SIDES}
    half = {f"{side}_half_time_goals": goals[f"{side}_goals"] // 2 for side in _SIDES}
    shots = {f"{side}_{name}": rng.uniform(0.0, 30.0, len(table)) for side in _SIDES for name in STATISTICS}
    return MatchTable(_replaced(table.frame, chosen, {**goals, **half, **shots}))


def _other_odds(quotes: pl.DataFrame, chosen: Bools, rng: np.random.Generator) -> QuoteTable:
    kinds = 3 - quotes["odds_3"].is_null().to_numpy()
    weights = rng.uniform(0.2, 1.0, (len(quotes), 3)) * (np.arange(3) < kinds[:, None])
    odds = weights.sum(axis=1, keepdims=True) / np.maximum(weights, 0.2) / _MARGIN
    values = {f"odds_{place + 1}": odds[:, place] for place in range(3)}
    third = pl.when(quotes["odds_3"].is_not_null()).then(pl.col("odds_3"))
    return QuoteTable(_replaced(quotes, chosen, values).with_columns(third))


def _replaced(frame: pl.DataFrame, chosen: Bools, values: dict[str, np.ndarray]) -> pl.DataFrame:
    mask = pl.Series(chosen)
    return frame.with_columns(
        pl.when(mask).then(pl.Series(new).cast(frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, new in values.items()
    )
