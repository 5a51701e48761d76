"""What shots say of a side in a match: where they came from, when, and at what score."""

import polars as pl

from monps.tables.shots import ShotTable

BOX_X, BOX_Y = 0.843, 0.204
"""Where the penalty area begins: 16.5 of 105 metres from the goal line, 13.84 of 68 from either touchline."""

_HALF_TIME, _LATE = 45, 75
_KEY = ("match_id", "is_home")
_IS_GOAL, _IS_OWN = pl.col("result").eq_missing("goal"), pl.col("result").eq_missing("own_goal")
_IS_HOME = pl.col("is_home")
_KINDS: dict[str, pl.Expr] = {
    "counted_shots": pl.lit(1.0),
    "shot_quality": pl.col("expected_goals"),
    "set_piece_shots": pl.col("situation").is_in(("corner", "set_piece", "free_kick")),
    "headers": pl.col("shot_type") == "head",
    "box_shots": (pl.col("x") >= BOX_X) & pl.col("y").is_between(BOX_Y, 1 - BOX_Y),
    "first_half_shots": pl.col("minute") <= _HALF_TIME,
    "late_shots": pl.col("minute") > _LATE,
    "shots_ahead": pl.col("lead") > 0,
    "shots_behind": pl.col("lead") < 0,
}


def of_shots(shots: ShotTable) -> pl.DataFrame:
    """Count each side's shots by kind; penalties and own goals are left out.

    Parameters
    ----------
    shots : ShotTable
        Of whole matches.

    Returns
    -------
    polars.DataFrame
        A row for each match and side that shot, with a float for each kind of shot.
    """
    chosen = _with_lead(shots.frame).filter(
        pl.col("result").ne_missing("own_goal"), pl.col("situation").ne_missing("penalty")
    )
    kinds = [kind.cast(pl.Float64).alias(name) for name, kind in _KINDS.items()]
    told = chosen.select(*_KEY, "source", *kinds)
    return told.group_by(_KEY, maintain_order=True).agg(pl.col(*_KINDS).sum(), pl.col("source").last())


def _with_lead(frame: pl.DataFrame) -> pl.DataFrame:
    """Add by how many goals the shooting side was ahead before each shot."""
    for_home = (_IS_GOAL & _IS_HOME) | (_IS_OWN & ~_IS_HOME)
    for_away = (_IS_GOAL & ~_IS_HOME) | (_IS_OWN & _IS_HOME)
    change = for_home.cast(pl.Int32) - for_away.cast(pl.Int32)
    before = (change.cum_sum() - change).over("match_id")
    first_source = pl.col("source").eq_missing(pl.col("source").first().over("match_id"))
    ordered = frame.filter(first_source).sort("match_id", "minute", maintain_order=True)
    return ordered.with_columns(lead=pl.when(_IS_HOME).then(before).otherwise(-before))
