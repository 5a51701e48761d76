"""When goals fell, by the shots that the store holds: what markets on their order and moments settle on."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from benchmarks.data import Absent
from monps import bootstrap
from monps.errors import MonpsError
from monps.markets.facts import Facts, Goals
from monps.numerics.checks import Bools
from monps.tables.matches import MatchTable
from monps.tables.shots import ShotTable

_KEY = ["competition", "season", "home", "away"]
_BREAK, _END = 45, 90


def facts_in_order(matches: MatchTable, shots: pl.DataFrame) -> tuple[Facts, Bools]:
    """Return what happened in matches with their goals in order, and of which matches all goals are told.

    A source says in which minute a shot was, and goes on counting through stoppage time. Which goals fell
    before the break, the half-time score decides: so many of each side's first ones.

    Parameters
    ----------
    matches : MatchTable
        The n matches.
    shots : polars.DataFrame
        As ``told_shots`` returns them: of these matches, or of more, or of fewer.
    """
    shots = _shots_of(matches.frame.with_row_index("place"), shots)
    told = _goals(shots)
    half = matches.column("home_half_time_goals"), matches.column("away_half_time_goals")
    early = pl.when("home_side").then("home_half_time_goals").otherwise("away_half_time_goals")
    ranked = told.with_columns(nth=pl.int_range(pl.len()).over("place", "home_side"))
    minute = (
        pl.when(pl.col("nth") < early)
        .then(pl.col("minute").clip(1, _BREAK))
        .otherwise(pl.col("minute").clip(_BREAK + 1, _END))
    )
    listed = ranked.with_columns(minute=minute).sort("place", "minute", maintain_order=True)
    goals = Goals(
        listed["place"].to_numpy().astype(np.int64),
        listed["home_side"].to_numpy(),
        listed["minute"].to_numpy().astype(np.float64),
    )
    facts = Facts((matches.home_goals, matches.away_goals), half, goals)
    with_shots = np.isin(np.arange(len(matches)), shots["place"].unique().to_numpy())
    return facts, np.isfinite(facts.first_goal_band()) & with_shots


def _goals(shots: pl.DataFrame) -> pl.DataFrame:
    """Return a row a goal: place, whether it counts for the home side, minute; each match's in order."""
    scored = shots.filter(pl.col("result").is_in(["goal", "own_goal"]))
    return scored.with_columns(
        home_side=pl.col("is_home") ^ (pl.col("result") == "own_goal"), minute=pl.col("minute") + 1
    ).sort("place", "minute", maintain_order=True)


def _shots_of(frame: pl.DataFrame, shots: pl.DataFrame) -> pl.DataFrame:
    """Return the shots of matches, with the place of each match and its score at half-time."""
    columns = ["place", *_KEY, "home_half_time_goals", "away_half_time_goals"]
    return shots.join(frame.select(columns), on=_KEY, how="inner")


def told_shots(codes: Sequence[str]) -> pl.DataFrame:
    """Return the shots that the store holds, of one source a match, with the names of both sides.

    Raises
    ------
    Absent
        If there is no such store.
    """
    application = bootstrap.application()
    try:
        with application.open_work() as work:
            now = application.clock.now()
            known = MatchTable.from_columns(work.matches.columns(codes, now)).frame
            shots = ShotTable.from_columns(work.details.shots(codes, now)).frame
    except MonpsError as reason:
        raise Absent(f"the store does not do: {reason}") from reason
    first = pl.col("source") == pl.col("source").sort().last().over("match_id")
    named = known.select("match_id", "home", "away")
    return shots.filter(first).join(named, on="match_id", how="inner")
