"""Files, competitions, teams, matches, quotes and fits."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from monps.domain.football import SideStats
from monps.storage.orm.base import Flag, Moment, Number, Small, metadata

STATISTICS = tuple(f"{side}_{name}" for side in ("home", "away") for name in SideStats.model_fields)
"""A match's statistics, the home side's first, each in the order of the domain."""

source_files = Table(
    "source_files",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("source", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("matches", Integer, nullable=False),
    Column("fixtures", Integer, nullable=False),
    Column("unknown_columns", Text, nullable=False),
    Index(None, "source", "digest"),
    Index(None, "source", "name"),
    sqlite_strict=True,
)

rejects = Table(
    "rejects",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("file_id", ForeignKey("source_files.id"), nullable=False),
    Column("line", Integer),
    Column("reason", Text, nullable=False),
    Index(None, "file_id"),
    sqlite_strict=True,
)

competitions = Table(
    "competitions",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("tier", Small, nullable=False),
    Column("meetings", Small, nullable=False),
    # The last file that changed anything of it: what the data version is made of.
    Column("file_id", ForeignKey("source_files.id"), nullable=False),
    sqlite_strict=True,
)

teams = Table(
    "teams",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("country", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("country", "name"),
    sqlite_strict=True,
)

matches = Table(
    "matches",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("competition_id", ForeignKey("competitions.id"), nullable=False),
    Column("season", Small, nullable=False),
    Column("home_id", ForeignKey("teams.id"), nullable=False),
    Column("away_id", ForeignKey("teams.id"), nullable=False),
    Column("meeting", Small, nullable=False),
    UniqueConstraint("competition_id", "season", "home_id", "away_id", "meeting"),
    sqlite_strict=True,
)

match_revisions = Table(
    "match_revisions",
    metadata,
    Column("match_id", ForeignKey("matches.id"), nullable=False),
    Column("revision", Small, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("file_id", ForeignKey("source_files.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("kickoff", Moment, nullable=False),
    Column("kickoff_known", Flag, nullable=False),
    Column("neutral", Flag, nullable=False),
    Column("home_goals", Small),
    Column("away_goals", Small),
    Column("home_half_time_goals", Small),
    Column("away_half_time_goals", Small),
    *(Column(name, Number if name.endswith("expected_goals") else Small) for name in STATISTICS),
    Column("referee", Text),
    PrimaryKeyConstraint("match_id", "revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Everything ever said of a match, in the order in which it was stored; goals are null before the match."""

books = Table(
    "books",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("bookmaker", Text, nullable=False),
    Column("market", Text, nullable=False),
    Column("line", Number),
    Column("closing", Flag, nullable=False),
    UniqueConstraint("bookmaker", "market", "line", "closing"),
    # A unique key holds nulls to be different, so markets without a line need their own.
    Index(
        "uq_books_without_line",
        "bookmaker",
        "market",
        "closing",
        unique=True,
        sqlite_where=text("line IS NULL"),
        postgresql_where=text("line IS NULL"),
    ),
    sqlite_strict=True,
)
"""What may be quoted: a few hundred, so that a million quotes can name each by a small number."""

quotes = Table(
    "quotes",
    metadata,
    Column("match_id", ForeignKey("matches.id"), nullable=False),
    Column("book_id", ForeignKey("books.id"), nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("odds_1", Number, nullable=False),
    Column("odds_2", Number, nullable=False),
    Column("odds_3", Number),
    PrimaryKeyConstraint("match_id", "book_id", "known_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

fits = Table(
    "fits",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("model", Text, nullable=False),
    Column("spec_json", Text, nullable=False),
    Column("spec_hash", Text, nullable=False),
    Column("competition", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("spec_hash", "competition", "as_of", "data_version"),
    sqlite_strict=True,
)
