"""Tables that people made of FBref's: players' seasons, and players' matches."""

import re
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from monps.domain.details import AppearanceRecord, Player, PlayerSeason, SourceMatch, player_measures
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._cells import LINE, numbers, read_cells, require
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._leagues import season_of
from monps.sources.fbref.columns import COLUMNS
from monps.sources.fbref.competitions import COUNTRIES, NAMES, plays_in
from monps.sources.fbref.numbers import day_in, score_in, season_in

_SEASON = ("Player", "Squad")
_SEASON_BY_STAT = ("player", "squad", "minutes_90s")
_MATCHES = ("date", "squad", "opponent", "venue", "comp", "minutes", "result")
_TEXTS = ("id", "Player", "Nation", "Pos", "Squad", "Age", "Born", "Matches", "player", "squad", "position")
_MEASURES = {
    "goals": "goals",
    "assists": "assists",
    "pens_made": "penalties_scored",
    "shots_total": "shots",
    "cards_yellow": "yellow_cards",
    "cards_red": "red_cards",
    "xg": "expected_goals",
    "npxg": "non_penalty_expected_goals",
    "xa": "expected_assists",
}
_UNUSED = frozenset(
    {
        *("dayofweek", "round", "bench_explain", "match_report", "blocks", "carries", "dribbles", "gca"),
        *(
            "dribbles_completed",
            "interceptions",
            "passes",
            "passes_completed",
            "passes_pct",
            "pressures",
            "sca",
        ),
        *("progressive_carries", "progressive_passes", "shots_on_target", "tackles", "touches"),
    }
)
"""Columns of players' matches that are known and not kept."""

_KNOWN_OF_MATCHES = frozenset({*_MATCHES, *_MEASURES, "position", "game_started", "pens_att"})
_KEY = re.compile(r"[0-9a-f]{8}")


def read_table(payload: Payload, drift: Drift, draft: DetailDraft) -> None:
    """Read a table into a draft; its columns tell which kind it is.

    Raises
    ------
    DataRefused
        If it is none that is known, or its path does not tell what its columns leave out.
    """
    cells = read_cells(payload)
    names = set(cells.columns)
    if len(names & set(_MATCHES)) > len(_MATCHES) / 2:
        require(payload, cells, _MATCHES)
        _read_matches(payload, cells, drift, draft)
    elif names >= set(_SEASON_BY_STAT):
        _read_totals(payload, cells, drift, draft)
    elif names & set(_SEASON):
        require(payload, cells, _SEASON)
        _read_totals(payload, cells, drift, draft)
    else:
        shown = ", ".join(name for name in cells.columns[:8] if name != LINE)
        raise DataRefused(f"{payload.name}: this is no table of FBref's (its columns are {shown} …)")


def _read_totals(payload: Payload, cells: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    code, season, table = _place(payload)
    if table in COLUMNS:
        drift.compare(table, (name for name in cells.columns if name != LINE), COLUMNS[table])
    # Signs and thousands: +1, 1,234; an age of 30-168 is years and days, and no number.
    plain = cells.with_columns(pl.all().exclude(LINE, *_TEXTS).str.replace_all(r"[+,]", ""))
    numeric = [name for name in cells.columns if name not in (*_TEXTS, LINE)]
    rows, refused = numbers(plain, numeric)
    for line, reason in refused.rows():
        drift.refuse(line, reason)
    for row in rows.rows(named=True):
        name, team = row.get("Player") or row.get("player"), row.get("Squad") or row.get("squad")
        if not (name and team):
            drift.refuse(row[LINE], "the player or the squad is missing")
            continue
        key = row.get("id") or f"{name}@{team}"
        totals: dict[str, float | str] = {each: row[each] for each in numeric if row[each] is not None}
        if position := row.get("Pos") or row.get("position"):
            totals["position"] = position
        if not draft.season(PlayerSeason(code, season, team, Player(key, name), table, totals)):
            drift.refuse(row[LINE], f"{name} of {team} is listed twice; the first counts")


def _place(payload: Payload) -> tuple[str, int, str]:
    """Say which league, season and table: ``ENG/shooting/23.csv``, or a name that tells all of it."""
    path = PurePosixPath(payload.name)
    stem, folders = path.name.split(".")[0], path.parts[:-1]
    country = next((COUNTRIES[folder] for folder in reversed(folders) if folder in COUNTRIES), None)
    league = next((code for name, code in NAMES.items() if stem.lower().startswith(name)), None)
    if country and stem.isdecimal() and len(stem) == 2 and folders[-1] not in COUNTRIES:  # noqa: PLR2004 - figures
        return country, 1999 + int(stem), folders[-1]
    if league and (season := season_in(stem)) is not None:
        return league, season, "overview"
    raise DataRefused(
        f"{payload.name}: only its path can tell league, table and season; call it like ENG/shooting/23.csv"
    )


def _read_matches(payload: Payload, cells: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    drift.compare("matches", set(cells.columns) - _UNUSED - {LINE}, _KNOWN_OF_MATCHES)
    key = PurePosixPath(payload.name).name.split(".")[0]
    if not _KEY.fullmatch(key):
        raise DataRefused(f"{payload.name}: only its name can tell whose matches these are: FBref's number")
    rows, refused = numbers(cells, ("minutes", "pens_att", *_MEASURES))
    for line, reason in refused.rows():
        drift.refuse(line, reason)
    # A log lists cups and internationals too, and matches that were watched from the bench.
    played = rows.filter(
        pl.col("comp").str.to_lowercase().is_in(list(NAMES)) & pl.col("minutes").is_not_null()
    )
    for row in played.rows(named=True):
        _keep_match(row, key, drift, draft)
    if played.is_empty():
        raise DataRefused(f"{payload.name}: no match of a league that is known was played in")


def _keep_match(row: dict[str, Any], key: str, drift: Drift, draft: DetailDraft) -> None:
    day, is_home = day_in(row["date"] or ""), row["venue"] == "Home"
    sides = (row["squad"], row["opponent"])
    if day is None or not all(sides):
        drift.refuse(row[LINE], "the day or a side of this match is missing")
        return
    code = NAMES[row["comp"].lower()]
    if not any(plays_in(side, code) for side in sides):
        drift.refuse(row[LINE], f"{sides[0]} - {sides[1]}: this {row['comp']} is another country's")
        return
    home, away = sides if is_home else sides[::-1]
    own, other = score_in(row["result"] or "")
    goals = (own, other) if is_home else (other, own)
    match = SourceMatch(code, season_of([day]) or 0, home, away, day, *goals)
    measures = {ours: row.get(name) for name, ours in _MEASURES.items()}
    if row.get("pens_att") is not None and row.get("pens_made") is not None:
        measures["penalties_missed"] = row["pens_att"] - row["pens_made"]
    started = {"Y": True, "Y*": True, "N": False}.get(row.get("game_started") or "")
    draft.appearance(
        AppearanceRecord(
            draft.match(match),
            is_home,
            Player(key, key),
            row.get("position"),
            started,
            int(row["minutes"]),
            player_measures(**measures),
        )
    )
