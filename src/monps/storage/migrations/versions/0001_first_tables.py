"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "source_files",
    "rejects",
    "competitions",
    "teams",
    "matches",
    "match_revisions",
    "books",
    "quotes",
    "fits",
)


def upgrade() -> None:
    _files()
    _matches()
    _revisions()
    _quotes()
    _fits()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)


def _reference(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=False)


def _files() -> None:
    op.create_table(
        "source_files",
        _id(),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("matches", sa.Integer, nullable=False),
        sa.Column("fixtures", sa.Integer, nullable=False),
        sa.Column("unknown_columns", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_source_files_source_digest", "source_files", ["source", "digest"])
    op.create_index("ix_source_files_source_name", "source_files", ["source", "name"])
    op.create_table(
        "rejects",
        _id(),
        _reference("file_id", "source_files"),
        sa.Column("line", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_rejects_file_id", "rejects", ["file_id"])


def _matches() -> None:
    op.create_table(
        "competitions",
        _id(),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("tier", SMALL, nullable=False),
        sa.Column("meetings", SMALL, nullable=False),
        _reference("file_id", "source_files"),
        sqlite_strict=True,
    )
    op.create_table(
        "teams",
        _id(),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("country", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "matches",
        _id(),
        _reference("competition_id", "competitions"),
        sa.Column("season", SMALL, nullable=False),
        _reference("home_id", "teams"),
        _reference("away_id", "teams"),
        sa.Column("meeting", SMALL, nullable=False),
        sa.UniqueConstraint("competition_id", "season", "home_id", "away_id", "meeting"),
        sqlite_strict=True,
    )


def _revisions() -> None:
    op.create_table(
        "match_revisions",
        _reference("match_id", "matches"),
        sa.Column("revision", SMALL, nullable=False),
        sa.Column("known_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _reference("file_id", "source_files"),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("kickoff", MOMENT, nullable=False),
        sa.Column("kickoff_known", FLAG, nullable=False),
        sa.Column("neutral", FLAG, nullable=False),
        sa.Column("home_goals", SMALL),
        sa.Column("away_goals", SMALL),
        sa.Column("home_half_time_goals", SMALL),
        sa.Column("away_half_time_goals", SMALL),
        *_statistics("home"),
        *_statistics("away"),
        sa.Column("referee", sa.Text),
        sa.PrimaryKeyConstraint("match_id", "revision"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _statistics(side: str) -> list[sa.Column[float]]:
    counts = ("shots", "shots_on_target", "fouls", "corners", "yellow_cards", "red_cards")
    columns: list[sa.Column[float]] = [sa.Column(f"{side}_{name}", SMALL) for name in counts]
    return [*columns, sa.Column(f"{side}_expected_goals", NUMBER)]


def _quotes() -> None:
    op.create_table(
        "books",
        _id(),
        sa.Column("bookmaker", sa.Text, nullable=False),
        sa.Column("market", sa.Text, nullable=False),
        sa.Column("line", NUMBER),
        sa.Column("closing", FLAG, nullable=False),
        sa.UniqueConstraint("bookmaker", "market", "line", "closing"),
        sqlite_strict=True,
    )
    without_line = sa.text("line IS NULL")
    op.create_index(
        "uq_books_without_line",
        "books",
        ["bookmaker", "market", "closing"],
        unique=True,
        sqlite_where=without_line,
        postgresql_where=without_line,
    )
    op.create_table(
        "quotes",
        _reference("match_id", "matches"),
        _reference("book_id", "books"),
        sa.Column("known_at", MOMENT, nullable=False),
        sa.Column("odds_1", NUMBER, nullable=False),
        sa.Column("odds_2", NUMBER, nullable=False),
        sa.Column("odds_3", NUMBER),
        sa.PrimaryKeyConstraint("match_id", "book_id", "known_at"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _fits() -> None:
    op.create_table(
        "fits",
        _id(),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("spec_json", sa.Text, nullable=False),
        sa.Column("spec_hash", sa.Text, nullable=False),
        sa.Column("competition", sa.Text, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("data_version", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("spec_hash", "competition", "as_of", "data_version"),
        sqlite_strict=True,
    )
