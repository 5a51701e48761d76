"""Tables that people made of Understat's answers: shots, games of teams, matches and seasons of players."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._cells import LINE, numbers, read_cells, require, retyped
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.understat import player_matches, player_seasons, shots, team_games
from monps.sources.understat.moments import day_of

if TYPE_CHECKING:
    from datetime import date

Keep = Callable[[Payload, pl.DataFrame, Drift, DetailDraft], None]

_KINDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], Keep], ...] = (
    # what it is, columns that tell it, columns that hold numbers, who keeps its rows
    ("shots", shots.REQUIRED, shots.NUMBERS, shots.keep),
    ("player matches", player_matches.REQUIRED, player_matches.NUMBERS, player_matches.keep),
    ("team games", team_games.REQUIRED, team_games.NUMBERS, team_games.keep),
    ("player seasons", player_seasons.REQUIRED, player_seasons.NUMBERS, player_seasons.keep),
)
_KNOWN = {
    "shots": shots.KNOWN,
    "player matches": player_matches.KNOWN,
    "team games": team_games.KNOWN,
    "player seasons": player_seasons.KNOWN,
}


def read_table(payload: Payload, drift: Drift, draft: DetailDraft) -> None:
    """Read a table into a draft; its columns tell which one it is.

    Raises
    ------
    DataRefused
        If it is none that is known, or a column that it needs is missing.
    """
    cells = read_cells(payload)
    cells = cells.rename({name: name.strip() for name in cells.columns})
    kind, required, numeric, keep = max(_KINDS, key=lambda each: _likeness(cells, each[1]))
    if _likeness(cells, required) < 1 / 2:
        columns = ", ".join(name for name in cells.columns[:8] if name != LINE)
        raise DataRefused(f"{payload.name}: this is no table of Understat's (its columns are {columns} …)")
    require(payload, cells, required)
    optional = player_matches.SOME if kind == "player matches" else frozenset()
    drift.compare(kind, set(cells.columns) - {LINE} - optional, _KNOWN[kind])
    for name in retyped(cells, numeric):
        drift.retype(f"{kind}.{name}")
    rows, refused = numbers(cells, numeric)
    for line, reason in refused.rows():
        drift.refuse(line, reason)
    if "date" in rows.columns:
        rows = _with_days(rows, drift)
    keep(payload, rows, drift, draft)


def _likeness(cells: pl.DataFrame, required: tuple[str, ...]) -> float:
    return len(set(required) & set(cells.columns)) / len(required)


def _with_days(rows: pl.DataFrame, drift: Drift) -> pl.DataFrame:
    days: dict[str, date | None] = {text: day_of(text) for text in rows["date"].drop_nulls().unique()}
    read = rows.with_columns(
        pl.col("date").replace_strict(days, default=None, return_dtype=pl.Date).alias("day")
    )
    for line, text in read.filter(pl.col("day").is_null()).select(LINE, "date").rows():
        drift.refuse(line, f"date: {text!r} is no day")
    return read.filter(pl.col("day").is_not_null())
