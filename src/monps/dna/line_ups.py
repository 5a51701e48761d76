"""What line-ups say of a side in a match: how much it changed, and on whom it leans."""

import polars as pl

from monps.tables.appearances import AppearanceTable

FEWEST_STARTERS = 7
"""A match of which fewer starters are known says nothing of changes."""

_KEY = ("match_id", "is_home")
_TEAM = ("competition", "team")
_SEASON = (*_TEAM, "season")
_ROLES = {"leader": "non_penalty_expected_goals", "creator": "expected_assists"}


def of_appearances(appearances: AppearanceTable) -> pl.DataFrame:
    """Count each side's changes, and what those did who had done most before.

    Parameters
    ----------
    appearances : AppearanceTable
        Of whole matches; where several sources list a player, what any of them says counts once.

    Returns
    -------
    polars.DataFrame
        A row for each match and side: ``starters``, ``changes`` (starters who did not start the match
        before), and for ``leader`` and ``creator`` what was done by the one who, of those who play, had
        most expected goals or assists in the season before, and by all.
    """
    played = _once(appearances.frame)
    told = played.group_by(_KEY, maintain_order=True).agg(
        pl.col("source").drop_nulls().unique().sort().str.join("+")
    )
    for part in (_changes(played), *(_leaning(played, role, by) for role, by in _ROLES.items())):
        told = told.join(part, on=_KEY, how="left", maintain_order="left")
    return told


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each player of a match."""
    first = pl.col("kickoff", *_SEASON).first()
    who = pl.col("source").drop_nulls().unique().sort().str.join("+")
    done = pl.col("started", "minutes", *_ROLES.values()).max()
    keys = (*_KEY, "player_id")
    return (
        frame.group_by(keys, maintain_order=True)
        .agg(first, who, done)
        .sort("kickoff", "match_id", "player_id")
    )


def _changes(played: pl.DataFrame) -> pl.DataFrame:
    starters = played.filter(pl.col("started"))
    number = pl.col("kickoff").rank("dense").over(_TEAM).cast(pl.Int64)
    numbered = starters.with_columns(number=number)
    before = pl.col("number").shift(1).over(*_TEAM, "player_id")
    counted = numbered.with_columns(changed=before.ne_missing(pl.col("number") - 1))
    known = pl.len() >= FEWEST_STARTERS
    return counted.group_by(_KEY).agg(
        starters=pl.when(known & (pl.col("number").first() > 1)).then(pl.len()).cast(pl.Float64),
        changes=pl.when(known & (pl.col("number").first() > 1))
        .then(pl.col("changed").sum())
        .cast(pl.Float64),
    )


def _leaning(played: pl.DataFrame, role: str, by: str) -> pl.DataFrame:
    known = played.filter(pl.col(by).is_not_null())
    before = (pl.col(by).cum_sum() - pl.col(by)).over(*_SEASON, "player_id")
    ranked = known.with_columns(before=before)
    first = pl.col(by).sort_by("before").last()
    return ranked.group_by(_KEY).agg(
        pl.when(pl.col("before").max() > 0).then(first).alias(f"{role}_done"),
        pl.when(pl.col("before").max() > 0).then(pl.col(by).sum()).alias(f"{role}_all"),
    )
