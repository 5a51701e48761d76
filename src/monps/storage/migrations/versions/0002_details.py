"""What sources say beyond results, and whom they mean."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0003"
branch_labels = None
depends_on = None

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "source_teams",
    "link_decisions",
    "source_matches",
    "source_players",
    "side_statistics",
    "shots",
    "appearances",
    "player_seasons",
    "detail_versions",
    "match_expected_goals",
    "source_reports",
)
SIDE_MEASURES = (
    "shots",
    "shots_on_target",
    "fouls",
    "corners",
    "yellow_cards",
    "red_cards",
    "expected_goals",
    "non_penalty_expected_goals",
    "expected_points",
    "ppda_passes",
    "ppda_actions",
    "ppda_allowed_passes",
    "ppda_allowed_actions",
    "deep_completions",
    "deep_completions_allowed",
    "possession",
    "touches",
    "touches_in_box",
    "passes",
    "passes_completed",
    "key_passes",
    "crosses",
    "crosses_completed",
    "long_balls",
    "long_balls_completed",
    "through_balls",
    "dribbles",
    "dribbles_completed",
    "aerials_won",
    "aerials_lost",
    "tackles",
    "tackles_won",
    "interceptions",
    "clearances",
    "recoveries",
    "offsides",
    "dispossessed",
    "errors",
    "saves",
    "shots_off_target",
    "shots_blocked",
    "shots_on_post",
    "shots_inside_box",
    "big_chances",
    "big_chances_missed",
    "penalties",
    "penalties_scored",
    "own_goals",
)
PLAYER_MEASURES = (
    "goals",
    "own_goals",
    "penalties_scored",
    "penalties_missed",
    "shots",
    "expected_goals",
    "non_penalty_expected_goals",
    "assists",
    "expected_assists",
    "key_passes",
    "yellow_cards",
    "red_cards",
)


def upgrade() -> None:
    _identity()
    _matches_and_players()
    _sides()
    _shots()
    _players()
    _reports()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)


def _reference(name: str, target: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), **options)


def _revised() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("revision", SMALL, nullable=False),
        sa.Column("known_at", MOMENT),
        sa.Column("superseded_at", MOMENT),
        _reference("file_id", "source_files", nullable=False),
    )


def _identity() -> None:
    op.create_table(
        "source_teams",
        _id(),
        sa.Column("source", sa.Text, nullable=False),
        _reference("competition_id", "competitions", nullable=False),
        sa.Column("season", SMALL, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        _reference("team_id", "teams"),
        sa.Column("basis", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.UniqueConstraint("source", "competition_id", "season", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "link_decisions",
        _id(),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("competition", sa.Text),
        sa.Column("season", SMALL),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("team", sa.Text),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_link_decisions_source_name", "link_decisions", ["source", "name"])


def _matches_and_players() -> None:
    op.create_table(
        "source_matches",
        _id(),
        _reference("home_id", "source_teams", nullable=False),
        _reference("away_id", "source_teams", nullable=False),
        sa.Column("meeting", SMALL, nullable=False),
        sa.Column("day", MOMENT),
        sa.Column("home_goals", SMALL),
        sa.Column("away_goals", SMALL),
        sa.Column("key", sa.Text),
        _reference("match_id", "matches"),
        sa.UniqueConstraint("home_id", "away_id", "meeting"),
        sqlite_strict=True,
    )
    op.create_index("ix_source_matches_match_id", "source_matches", ["match_id"])
    op.create_table(
        "source_players",
        _id(),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        _reference("same_as", "source_players"),
        sa.Column("basis", sa.Text),
        sa.UniqueConstraint("source", "key"),
        sqlite_strict=True,
    )


def _sides() -> None:
    op.create_table(
        "side_statistics",
        _reference("source_match_id", "source_matches", nullable=False),
        sa.Column("is_home", FLAG, nullable=False),
        *_revised(),
        *(sa.Column(name, NUMBER) for name in SIDE_MEASURES),
        sa.PrimaryKeyConstraint("source_match_id", "is_home", "revision"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _shots() -> None:
    op.create_table(
        "shots",
        _reference("source_match_id", "source_matches", nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *_revised(),
        sa.Column("is_home", FLAG, nullable=False),
        _reference("player_id", "source_players"),
        sa.Column("assister", sa.Text),
        sa.Column("minute", SMALL, nullable=False),
        sa.Column("x", NUMBER),
        sa.Column("y", NUMBER),
        sa.Column("expected_goals", NUMBER),
        sa.Column("situation", sa.Text),
        sa.Column("shot_type", sa.Text),
        sa.Column("result", sa.Text),
        sa.PrimaryKeyConstraint("source_match_id", "number", "revision"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _players() -> None:
    op.create_table(
        "appearances",
        _reference("source_match_id", "source_matches", nullable=False),
        _reference("player_id", "source_players", nullable=False),
        *_revised(),
        sa.Column("is_home", FLAG, nullable=False),
        sa.Column("position", sa.Text),
        sa.Column("started", FLAG),
        sa.Column("minutes", SMALL),
        *(sa.Column(name, NUMBER) for name in PLAYER_MEASURES),
        sa.PrimaryKeyConstraint("source_match_id", "player_id", "revision"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "player_seasons",
        _reference("source_team_id", "source_teams", nullable=False),
        _reference("player_id", "source_players", nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        *_revised(),
        sa.Column("totals", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source_team_id", "player_id", "table_name", "revision"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _reports() -> None:
    op.create_table(
        "detail_versions",
        _reference("competition_id", "competitions", primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "match_expected_goals",
        _reference("match_id", "matches", primary_key=True, autoincrement=False),
        _reference("source_match_id", "source_matches", nullable=False),
        sa.Column("home", NUMBER, nullable=False),
        sa.Column("away", NUMBER, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "source_reports",
        _id(),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_source_reports_source_kind", "source_reports", ["source", "kind"])
