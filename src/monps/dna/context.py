"""What the calendar and earlier meetings say of a match, whoever the sides are."""

import numpy as np
import polars as pl

from monps.numerics.checks import Floats
from monps.ratings.level import sums_known
from monps.tables.matches import MatchTable

LATE, LAST = 0.85, 0.97
"""Shares of a season after which it is late, and nearly over."""

MEETING_HALF_LIFE_DAYS = 2000.0
MEETING_PRIOR = 40.0
"""How firmly a pair is held to what is expected of it: as if so many had been counted just so."""

LATELY_HALF_LIFE_DAYS = 30.0
LATELY_PRIOR = 100.0
"""For how long a league's last matches are remembered, and how firmly they are held to what is expected."""

_USUAL_MATCHES = 38.0


def season_stage(table: MatchTable) -> Floats:
    """Say how much of its season has passed before each match.

    The length of a season is that of the one before, so that nothing to come is looked at.

    Parameters
    ----------
    table : MatchTable
        The n matches, by kick-off.

    Returns
    -------
    ndarray, shape (n, 3)
        The share of its matches that the side with fewer has played, and whether it is late and nearly over.
    """
    rows = table.frame.with_row_index("row").select("row", "competition", "season", "kickoff", "home", "away")
    sides = pl.concat([rows.with_columns(team=pl.col(side)) for side in ("home", "away")]).sort(
        "kickoff", "row"
    )
    season = ("competition", "season")
    # Whatever is listed for the same day is to come for all of it: possible fixtures stand side by side.
    earlier = pl.col("kickoff").dt.date().rank("min").over(*season, "team").cast(pl.Float64) - 1.0
    played = sides.with_columns(played=earlier)
    lengths = played.group_by(season).agg(length=pl.col("played").max() + 1.0)
    before = lengths.with_columns(pl.col("season") + 1)
    told = played.join(before, on=season, how="left").with_columns(pl.col("length").fill_null(_USUAL_MATCHES))
    share = told.group_by("row").agg((pl.col("played").min() / pl.col("length").first()).alias("share"))
    stage = np.minimum(share.sort("row")["share"].to_numpy(), 1.0)
    return np.stack([stage, stage > LATE, stage > LAST], axis=1).astype(np.float64)


def earlier_meetings(table: MatchTable, counts: Floats, rates: Floats) -> Floats:
    """Compare what both sides' earlier meetings brought with what had been expected of them.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    counts, rates : ndarray, shape (n, 2)
        What was counted, and what was expected; NaN where it is not known.

    Returns
    -------
    ndarray, shape (n,)
        Logarithm of the ratio, held to 0; 0 where they have not met.
    """
    names = table.frame.select(
        pl.concat_str(
            "competition", pl.min_horizontal("home", "away"), pl.max_horizontal("home", "away"), separator="|"
        )
    )
    pairs = names.to_series().to_numpy()
    return _held_ratio((table, pairs), counts, rates, (MEETING_HALF_LIFE_DAYS, MEETING_PRIOR))


def lately_in_league(table: MatchTable, counts: Floats, rates: Floats) -> Floats:
    """Compare what a league's last matches brought with what had been expected of them.

    Referees are told to be stricter, or a break ends: all teams move at once, faster than their own effects.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    counts, rates : ndarray, shape (n, 2)
        What was counted, and what was expected; NaN where it is not known.

    Returns
    -------
    ndarray, shape (n,)
        Logarithm of the ratio, held to 0.
    """
    leagues = table.frame["competition"].to_numpy()
    return _held_ratio((table, leagues), counts, rates, (LATELY_HALF_LIFE_DAYS, LATELY_PRIOR))


def _held_ratio(
    grouped: tuple[MatchTable, np.ndarray], counts: Floats, rates: Floats, memory: tuple[float, float]
) -> Floats:
    """Shape (n,): log (counted / expected) in a group's matches; ``memory`` is a half-life and a prior."""
    (table, groups), (half_life, prior) = grouped, memory
    values = np.stack([counts.sum(axis=1), rates.sum(axis=1)], axis=1)
    counted, expected = sums_known(table, values, half_life, groups=groups).T + prior
    return np.asarray(np.log(counted / expected))
