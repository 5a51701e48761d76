"""Everything that is known of each side of each match, in one row."""

from collections.abc import Sequence

import polars as pl

from monps.tables.matches import STATISTICS, MatchTable
from monps.tables.team_matches import MEASURES, TeamMatchTable

OF_RESULTS = "results"
"""What ``source`` says of measures that came with the result."""

_KEY = ["match_id", "is_home"]


def side_by_side(
    matches: MatchTable, details: TeamMatchTable, preference: Sequence[str] = ()
) -> TeamMatchTable:
    """Join what came with results and what other sources say: one row for each match and side.

    Parameters
    ----------
    matches : MatchTable
        The n matches; what came with their results goes before what other sources say.
    details : TeamMatchTable
        Rows of any sources; those of other matches are left out.
    preference : sequence of str
        Sources from the most trusted on; those not named come last, by name.

    Returns
    -------
    TeamMatchTable
        With 2 n rows. ``known_at`` is the moment from which all that a row says was known.
    """
    base = pl.concat([_side(matches, home=True), _side(matches, home=False)])
    rank = {source: place for place, source in enumerate(preference)}
    ranked = details.frame.sort(
        pl.col("source").replace_strict(rank, default=len(rank), return_dtype=pl.Int32), "source"
    )
    spoken = ranked.group_by(_KEY, maintain_order=True).agg(
        pl.col("known_at").max().alias("details_known_at"),
        pl.col("source").unique(maintain_order=True).alias("spoke"),
        *(pl.col(name).drop_nulls().first().alias(f"{name}_told") for name in MEASURES),
    )
    joined = base.join(spoken, on=_KEY, how="left")
    return TeamMatchTable.from_dataframe(
        joined.with_columns(
            pl.max_horizontal("known_at", "details_known_at").alias("known_at"),
            pl.concat_list(pl.lit([OF_RESULTS]), pl.col("spoke").fill_null([]))
            .list.join("+")
            .alias("source"),
            *(pl.coalesce(name, f"{name}_told").alias(name) for name in MEASURES),
        )
    )


def _side(matches: MatchTable, *, home: bool) -> pl.DataFrame:
    own, other = ("home", "away") if home else ("away", "home")
    told = {name: pl.col(f"{own}_{name}") for name in STATISTICS}
    return matches.frame.select(
        *("match_id", "competition", "season", "kickoff", "known_at"),
        pl.col(own).alias("team"),
        pl.col(other).alias("opponent"),
        pl.lit(value=home).alias("is_home"),
        pl.col(f"{own}_goals").alias("goals"),
        pl.col(f"{other}_goals").alias("goals_against"),
        *(told.get(name, pl.lit(None, pl.Float64)).alias(name) for name in MEASURES),
    )
