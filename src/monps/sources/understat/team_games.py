"""Tables of every team's games, which do not say against whom: the other side's row tells."""

import polars as pl

from monps.domain.details import SourceMatch, side_measures
from monps.ports.source import Payload
from monps.sources._cells import LINE
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.understat.leagues import LEAGUES

MEASURES = {
    "xG": "expected_goals",
    "npxG": "non_penalty_expected_goals",
    "xpts": "expected_points",
    "ppda_att": "ppda_passes",
    "ppda_def": "ppda_actions",
    "oppda_att": "ppda_allowed_passes",
    "oppda_def": "ppda_allowed_actions",
    "deep": "deep_completions",
    "deep_allowed": "deep_completions_allowed",
}
REQUIRED = ("league", "year", "h_a", "xG", "xGA", "scored", "missed", "date", "team", "deep", "deep_allowed")
NUMBERS = ("year", "scored", "missed", "xGA", "npxGA", *MEASURES)
KNOWN = frozenset(
    {*REQUIRED, *NUMBERS, "result", "wins", "draws", "loses", "pts", "npxGD", "ppda_coef", "oppda_coef"}
    | {"xG_diff", "xGA_diff", "xpts_diff"}
)

_ROUND = 4


def keep(payload: Payload, rows: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    """Keep both sides of every game whose two rows mirror each other, and no other."""
    del payload  # the rows tell everything
    rows = rows.with_columns(pl.col("league").replace_strict(LEAGUES, default=None))
    for line in rows.filter(pl.col("league").is_null() | pl.col("year").is_null())[LINE]:
        drift.refuse(line, "the league is none of Understat's, or the year is missing")
    told = {name: ours for name, ours in MEASURES.items() if name in rows.columns}
    pairs = _pairs(rows.filter(pl.col("league").is_not_null() & pl.col("year").is_not_null()))
    alone = (
        set(rows[LINE])
        - set(pairs[LINE])
        - set(pairs[f"{LINE}_away"])
        - {each.line for each in drift.rejects}
    )
    for line in sorted(alone):
        drift.refuse(line, "no row, or more than one, mirrors this game: its opponent is not told")
    for row in pairs.rows(named=True):
        match = SourceMatch(
            row["league"],
            int(row["year"]),
            row["team"],
            row["team_away"],
            row["day"],
            int(row["scored"]),
            int(row["missed"]),
        )
        place = draft.match(match)
        for suffix, is_home in (("", True), ("_away", False)):
            measures = {ours: row[f"{name}{suffix}"] for name, ours in told.items()}
            draft.side(place, is_home=is_home, measures=side_measures(**measures))


def _pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Join home rows with the away rows of the same moment that say the same from the other side."""
    own = ["league", "year", "date", "scored", "missed", "chances", "conceded", "deep", "deep_allowed"]
    other = ["league", "year", "date", "missed", "scored", "conceded", "chances", "deep_allowed", "deep"]
    rows = rows.with_columns(
        pl.col("xG").round(_ROUND).alias("chances"), pl.col("xGA").round(_ROUND).alias("conceded")
    )
    sides = [rows.filter(pl.col("h_a") == side) for side in ("h", "a")]
    home, away = (side.filter(pl.len().over(key) == 1) for side, key in zip(sides, (own, other), strict=True))
    return home.join(away, left_on=own, right_on=other, suffix="_away", coalesce=False, maintain_order="left")
