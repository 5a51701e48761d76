"""Tables of players' matches, which may not say for which side: a player's other matches tell."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from monps.domain.details import AppearanceRecord, Player, SourceMatch, player_measures
from monps.ports.source import Payload
from monps.sources._cells import LINE
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources.understat.leagues import league_in, league_of
from monps.sources.understat.words import name_of

MEASURES = {
    "goals": "goals",
    "shots": "shots",
    "xG": "expected_goals",
    "npxG": "non_penalty_expected_goals",
    "assists": "assists",
    "xA": "expected_assists",
    "key_passes": "key_passes",
    "yellow_cards": "yellow_cards",
    "red_cards": "red_cards",
}
REQUIRED = (
    "player_id",
    "player",
    "id",
    "date",
    "season",
    "h_team",
    "a_team",
    "position",
    "time",
    "goals",
    "xG",
)
NUMBERS = ("player_id", "id", "season", "h_goals", "a_goals", "time", "npg", *MEASURES)
SOME = frozenset({"h_a", "yellow_cards", "red_cards", "xGChain", "xGBuildup", "roster_id", "snapshot"})
KNOWN = frozenset({*REQUIRED, *NUMBERS}) - SOME
"""The columns that every such table has; it may have ``SOME`` as well."""

Match = dict[str, Any]


def keep(payload: Payload, rows: pl.DataFrame, drift: Drift, draft: DetailDraft) -> None:
    """Keep every appearance of which one can tell the side; of unknown teams the file names the league."""
    named = league_in(payload.name)
    told = ("player_id", "player", "id", "season", "h_team", "a_team", "time")
    whole = pl.all_horizontal(pl.col(*told).is_not_null())
    for line in rows.filter(~whole)[LINE]:
        drift.refuse(line, "the player, the match or the minutes are missing")
    careers: dict[float, list[Match]] = defaultdict(list)
    for row in rows.filter(whole).sort("day", maintain_order=True).rows(named=True):
        careers[row["player_id"]].append(row)
    for matches in careers.values():
        for row, team in zip(matches, _sides(matches), strict=True):
            _keep(row, (team, league_of((row["h_team"], row["a_team"])) or named), drift, draft)


def teams_of(matches: Sequence[tuple[str, str]]) -> list[str | None]:
    """Return for which team a player appeared in each of his matches; None where one cannot tell.

    He has played for one team as long as one team is in all of them. A match of the team he leaves against
    the team he joins, on the day he may have changed, may be for either.

    Examples
    --------
    >>> teams_of([("A", "B"), ("C", "A"), ("A", "D"), ("D", "E"), ("F", "D")])
    ['A', 'A', None, 'D', 'D']
    >>> teams_of([("A", "B")])
    [None]
    """
    spells = list(_spells(matches))
    teams: list[str | None] = []
    for place, (start, end, shared) in enumerate(spells):
        team = next(iter(shared)) if len(shared) == 1 else None
        teams += [team] * (end - start)
        if place and team and teams[start - 1]:
            _doubt(teams, matches, start, (teams[start - 1], team))
    return teams


def _spells(matches: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, set[str]]]:
    """Cut a career where no team is in all matches any more: start, end, the teams that are in all."""
    start, shared = 0, set[str]()
    for place, match in enumerate(matches):
        common = shared & set(match) if place > start else set(match)
        if common:
            shared = common
            continue
        yield start, place, shared
        start, shared = place, set(match)
    if matches:
        yield start, len(matches), shared


def _doubt(
    teams: list[str | None], matches: Sequence[tuple[str, str]], start: int, change: tuple[str | None, str]
) -> None:
    """Take back what was said of matches of both teams next to a change."""
    for places in (range(start - 1, -1, -1), range(start, len(matches))):
        for place in places:
            if set(matches[place]) != set(change) or place >= len(teams):
                break
            teams[place] = None


def _sides(matches: Sequence[Match]) -> list[str | None]:
    """Return for which team a player appeared in each match: as the table says, or as his matches tell."""
    told = [{"h": match["h_team"], "a": match["a_team"]}.get(match.get("h_a") or "") for match in matches]
    return told if all(told) else teams_of([(match["h_team"], match["a_team"]) for match in matches])


def _keep(row: Match, of: tuple[str | None, str | None], drift: Drift, draft: DetailDraft) -> None:
    team, league = of
    if team is None or league is None:
        drift.refuse(row[LINE], _reason(row, league))
        return
    home_goals, away_goals = (
        None if row.get(name) is None else int(row[name]) for name in ("h_goals", "a_goals")
    )
    match = SourceMatch(
        league,
        int(row["season"]),
        row["h_team"],
        row["a_team"],
        row["day"],
        home_goals,
        away_goals,
        str(int(row["id"])),
    )
    measures = {ours: row.get(name) for name, ours in MEASURES.items()}
    if row.get("npg") is not None and row["goals"] is not None:
        measures["penalties_scored"] = row["goals"] - row["npg"]
    draft.appearance(
        AppearanceRecord(
            draft.match(match),
            team == row["h_team"],
            Player(str(int(row["player_id"])), name_of(row["player"])),
            row["position"],
            None if row["position"] is None else row["position"] != "Sub",
            int(row["time"]),
            player_measures(**measures),
        )
    )


def _reason(row: Match, league: str | None) -> str:
    if league is None:
        return f"neither {row['h_team']} nor {row['a_team']} is known: nothing tells which league this is"
    return f"nothing tells for which of {row['h_team']} and {row['a_team']} {name_of(row['player'])} played"
