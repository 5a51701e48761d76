"""The tables of the HTTP service."""

from sqlalchemy import Column, Identity, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from monps.storage.orm.base import Flag, Moment, Number, metadata

backtests = Table(
    "backtests",
    metadata,
    Column("job_id", Integer, Identity(), primary_key=True),
    Column("state", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("progress", Number, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("cancel_wanted", Flag, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("seen_at", Moment),
    Column("finished_at", Moment),
    Column("error", Text),
    Column("result", Text),
    Index(None, "state"),
    sqlite_strict=True,
)
"""Jobs; the request and the result are JSON."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Integer, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index(
        "uq_api_keys_active_name",
        "name",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
    sqlite_strict=True,
)
"""Keys; of the key itself there is only the SHA-256."""

answered_requests = Table(
    "answered_requests",
    metadata,
    Column("actor", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("actor", "key"),
    Index(None, "created_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Requests with an idempotency key, and what they made."""
