"""What sources say beyond results, as they say it, and which of our teams, matches and players they mean."""

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.storage.orm.base import Flag, Moment, Number, Small, metadata


def _revised() -> tuple[Column[Any], ...]:
    """Say from when a row is known (null: with the result), and when a correction took its place."""
    return (
        Column("revision", Small, nullable=False),
        Column("known_at", Moment),
        Column("superseded_at", Moment),
        Column("file_id", ForeignKey("source_files.id"), nullable=False),
    )


source_teams = Table(
    "source_teams",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("competition_id", ForeignKey("competitions.id"), nullable=False),
    Column("season", Small, nullable=False),
    Column("name", Text, nullable=False),
    Column("team_id", ForeignKey("teams.id")),
    Column("basis", Text),
    Column("evidence", Text),
    Column("decided_at", Moment),
    UniqueConstraint("source", "competition_id", "season", "name"),
    sqlite_strict=True,
)
"""A team as a source writes it in one season, and which of ours it is; null where that is not known."""

link_decisions = Table(
    "link_decisions",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("decided_at", Moment, nullable=False),
    Column("source", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("competition", Text),
    Column("season", Small),
    Column("name", Text, nullable=False),
    Column("team", Text),
    Column("basis", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "source", "name"),
    sqlite_strict=True,
)
"""Every decision about a name, in the order in which they were taken; a team of null takes a link back."""

source_matches = Table(
    "source_matches",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("home_id", ForeignKey("source_teams.id"), nullable=False),
    Column("away_id", ForeignKey("source_teams.id"), nullable=False),
    Column("meeting", Small, nullable=False),
    Column("day", Moment),
    Column("home_goals", Small),
    Column("away_goals", Small),
    Column("key", Text),
    Column("match_id", ForeignKey("matches.id")),
    Column("referee", Text),
    UniqueConstraint("home_id", "away_id", "meeting"),
    Index(None, "match_id"),
    sqlite_strict=True,
)

source_players = Table(
    "source_players",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("same_as", ForeignKey("source_players.id")),
    Column("basis", Text),
    UniqueConstraint("source", "key"),
    sqlite_strict=True,
)
"""A player as a source numbers him, and whom of another source he is the same as; null where of none."""

side_statistics = Table(
    "side_statistics",
    metadata,
    Column("source_match_id", ForeignKey("source_matches.id"), nullable=False),
    Column("is_home", Flag, nullable=False),
    *_revised(),
    *(Column(name, Number) for name in SIDE_MEASURES),
    PrimaryKeyConstraint("source_match_id", "is_home", "revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

shots = Table(
    "shots",
    metadata,
    Column("source_match_id", ForeignKey("source_matches.id"), nullable=False),
    Column("number", Integer, nullable=False),
    *_revised(),
    Column("is_home", Flag, nullable=False),
    Column("player_id", ForeignKey("source_players.id")),
    Column("assister", Text),
    Column("minute", Small, nullable=False),
    Column("x", Number),
    Column("y", Number),
    Column("expected_goals", Number),
    Column("situation", Text),
    Column("shot_type", Text),
    Column("result", Text),
    PrimaryKeyConstraint("source_match_id", "number", "revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

appearances = Table(
    "appearances",
    metadata,
    Column("source_match_id", ForeignKey("source_matches.id"), nullable=False),
    Column("player_id", ForeignKey("source_players.id"), nullable=False),
    *_revised(),
    Column("is_home", Flag, nullable=False),
    Column("position", Text),
    Column("started", Flag),
    Column("minutes", Small),
    *(Column(name, Number) for name in PLAYER_MEASURES),
    PrimaryKeyConstraint("source_match_id", "player_id", "revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

player_seasons = Table(
    "player_seasons",
    metadata,
    Column("source_team_id", ForeignKey("source_teams.id"), nullable=False),
    Column("player_id", ForeignKey("source_players.id"), nullable=False),
    Column("table_name", Text, nullable=False),
    *_revised(),
    Column("totals", Text, nullable=False),
    PrimaryKeyConstraint("source_team_id", "player_id", "table_name", "revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Totals over a season as JSON, under the names of the source's table; known from when they were read."""

detail_versions = Table(
    "detail_versions",
    metadata,
    Column("competition_id", ForeignKey("competitions.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    sqlite_strict=True,
)
"""How often details of a competition's matches were added, linked or taken back."""

match_expected_goals = Table(
    "match_expected_goals",
    metadata,
    Column("match_id", ForeignKey("matches.id"), primary_key=True, autoincrement=False),
    Column("source_match_id", ForeignKey("source_matches.id"), nullable=False),
    Column("home", Number, nullable=False),
    Column("away", Number, nullable=False),
    sqlite_strict=True,
)
"""The expected goals first told of a match by the most trusted source that tells them."""

match_referees = Table(
    "match_referees",
    metadata,
    Column("match_id", ForeignKey("matches.id"), primary_key=True, autoincrement=False),
    Column("source_match_id", ForeignKey("source_matches.id"), nullable=False),
    Column("referee", Text, nullable=False),
    sqlite_strict=True,
)
"""Who led a match, by the most trusted source that names him."""

source_reports = Table(
    "source_reports",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "source", "kind"),
    sqlite_strict=True,
)
"""Files and answers refused whole (``refused``), and fields ``new``, ``missing`` or ``retyped``."""
