"""Who played and scored in the Premier League: Fantasy Premier League's files, with Understat's shots linked.

Fantasy Premier League counts minutes, goals and own goals of every player; Understat knows how good the shots
were, and which were penalties. A player is the same where his name is alike, among his side's of that season.
"""

import gzip
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from benchmarks.data import Absent, real, real_folder
from monps.players.records import POSITIONS
from monps.tables.appearances import AppearanceTable

FIRST, LAST = 2016, 2022
ALIKE = 72
SHORT_NAME = 2
_NAMES = {
    "Manchester United": "Man United",
    "Manchester City": "Man City",
    "Newcastle United": "Newcastle",
    "West Bromwich Albion": "West Brom",
    "Wolverhampton Wanderers": "Wolves",
}
"""Understat's names of sides where football-data's differ."""
_COUNTS = {
    "minutes": "minutes",
    "goals_scored": "goals",
    "own_goals": "own_goals",
    "penalties_missed": "penalties_missed",
}
_GAME = ["season", "day", "team"]
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i"})


def appearances() -> AppearanceTable:
    """Read all seasons; every row of a squad is there, minutes or not."""
    base = real_folder().parent / "fpl"
    if not base.is_dir():
        raise Absent("the folder fpl of the real data is needed")
    rows = pl.concat(_season(base, year) for year in range(FIRST, LAST + 1))
    named = _with_teams(rows)
    told = _told_by_shots(_shots(base.parent), named)
    known = told.select(*_GAME, told=pl.lit(value=True)).unique()
    joined = named.join(known, on=_GAME, how="left").join(told, on=[*_GAME, "player_id"], how="left")
    measures = ("penalties_scored", "non_penalty_expected_goals")
    return AppearanceTable.from_dataframe(
        joined.with_columns(
            pl.when("told").then(pl.col(name).fill_null(0.0)).alias(name) for name in measures
        )
    )


def _season(base: Path, year: int) -> pl.DataFrame:
    folder = base / f"{year}-{(year + 1) % 100:02d}"
    weeks = [_week(path) for path in sorted(folder.glob("gws/gw*.csv.gz"))]
    players = _csv(folder / "players_raw.csv.gz").select(
        "web_name",
        element="id",
        player_id="code",
        player=pl.col("first_name") + " " + pl.col("second_name"),
        position=pl.col("element_type").replace_strict(dict(enumerate(POSITIONS, 1))),
    )
    return pl.concat(weeks).join(players, on="element").with_columns(season=pl.lit(year, pl.Int32))


def _week(path: Path) -> pl.DataFrame:
    raw = _csv(path)
    counts = {new: pl.col(old).cast(pl.Float64) for old, new in _COUNTS.items()}
    return raw.with_columns(pl.col("team_h_score").cast(pl.Float64)).filter(
        pl.col("team_h_score").is_not_null()
    ).select(
        *(pl.col(name).cast(pl.Int64) for name in ("element", "fixture", "opponent_team")),
        is_home=pl.col("was_home").cast(pl.String).str.to_lowercase() == "true",
        kickoff=pl.col("kickoff_time").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_zone="UTC"),
        **counts,
    )  # fmt: skip


def _csv(path: Path) -> pl.DataFrame:
    content = gzip.decompress(path.read_bytes())
    try:
        content.decode()
    except UnicodeDecodeError:
        content = content.decode("latin-1").encode()
    return pl.read_csv(io.BytesIO(content), infer_schema_length=None, truncate_ragged_lines=True)


def _with_teams(rows: pl.DataFrame) -> pl.DataFrame:
    """Name the sides: a fixture is the match of that day with those goals."""
    opponents = rows.group_by("season", "fixture", "is_home").agg(pl.col("opponent_team").first())
    sides = opponents.with_columns(~pl.col("is_home")).rename({"opponent_team": "number"})
    numbered = rows.join(sides, on=["season", "fixture", "is_home"]).with_columns(
        day=pl.col("kickoff").dt.date(), match_id=pl.col("season").cast(pl.Int64) * 1000 + pl.col("fixture")
    )
    names = _names_of_sides(numbered)
    return (
        numbered.join(names.rename({"name": "team"}), on=["season", "number"])
        .join(names.rename({"name": "opponent", "number": "opponent_team"}), on=["season", "opponent_team"])
        .with_columns(
            competition=pl.lit("E0"), source=pl.lit("fpl"), known_at=pl.col("kickoff") + timedelta(hours=3)
        )
    )


def _names_of_sides(numbered: pl.DataFrame) -> pl.DataFrame:
    """Return each season's sides by number: the name whose home days its home days are."""
    results = real(["E0"], FIRST, LAST).matches.frame.select(
        pl.col("season").cast(pl.Int32), pl.col("kickoff").dt.date().alias("day"), name="home"
    )
    home_days = numbered.filter("is_home").select("season", "number", "day").unique()
    votes = home_days.join(results, on=["season", "day"]).group_by("season", "number", "name").len()
    return votes.sort("len", descending=True).unique(["season", "number"], keep="first").drop("len")


def _shots(base: Path) -> pl.DataFrame:
    files = sorted((base / "understat" / "shots").glob("shots_epl_*.csv.gz"))
    shots = pl.concat([_csv(file) for file in files], how="vertical_relaxed")
    penalty = pl.col("situation") == "Penalty"
    side = pl.when(pl.col("h_a") == "h").then("h_team").otherwise("a_team").replace(_NAMES)
    return (
        shots.filter(pl.col("season") >= FIRST, pl.col("result") != "OwnGoal")
        .with_columns(
            pl.col("season").cast(pl.Int32), team=side, day=pl.col("date").str.slice(0, 10).str.to_date()
        )
        .group_by(*_GAME, "player")
        .agg(
            penalties_scored=((pl.col("result") == "Goal") & penalty).sum().cast(pl.Float64),
            non_penalty_expected_goals=pl.col("xG").filter(~penalty).sum(),
        )
    )


def _told_by_shots(shots: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    links = pl.concat(_links(shots, rows.filter(pl.col("minutes") > 0)))
    linked = shots.join(links, on=["season", "team", "player"])
    return linked.group_by(*_GAME, "player_id").agg(
        pl.col("penalties_scored", "non_penalty_expected_goals").sum()
    )


def _links(shots: pl.DataFrame, played: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield who is who in each side and season: the likest names first, each name once."""
    squads = played.group_by("season", "team", "player_id").agg(pl.col("player", "web_name").first())
    for (season, team), shooters in shots.group_by("season", "team"):
        squad = squads.filter(pl.col("season") == season, pl.col("team") == team)
        names = shooters["player"].unique(maintain_order=True)
        likeness = np.maximum(
            _likeness(names.to_list(), squad["player"].to_list()),
            _likeness(names.to_list(), squad["web_name"].to_list()) - SHORT_NAME,
        )
        pairs = _greedy(likeness)
        yield pl.DataFrame(
            {"player": names[pairs[:, 0]], "player_id": squad["player_id"][pairs[:, 1]]}
        ).with_columns(season=pl.lit(season, pl.Int32), team=pl.lit(team))


def _likeness(names: list[str], others: list[str]) -> np.ndarray:
    one, other = ([_folded(name) for name in each] for each in (names, others))
    words = process.cdist(one, other, scorer=fuzz.token_set_ratio)
    return words + process.cdist(one, other, scorer=fuzz.token_sort_ratio) / 50.0


def _greedy(likeness: np.ndarray) -> np.ndarray:
    pairs, left = [], likeness.copy()
    while left.size and left.max() >= ALIKE:
        row, column = np.unravel_index(left.argmax(), left.shape)
        pairs.append((row, column))
        left[row, :], left[:, column] = -1.0, -1.0
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z ]", " ", plain).strip()
