"""The chain of audit events."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ACTIONS = ("UPDATE", "DELETE")
REFUSAL = "audit events are never altered"
GENESIS = "0" * 64


def upgrade() -> None:
    _events()
    _head()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_table("audit_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change")


def _events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("event_id", BIG, primary_key=True, autoincrement=False),
        sa.Column("occurred_at", BIG, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("entity_type", sa.Text, nullable=False),
        sa.Column("entity_id", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_events_entity_type_entity_id", "audit_events", ["entity_type", "entity_id"])
    op.create_index("ix_audit_events_event_type", "audit_events", ["event_type"])
    op.create_index("ix_audit_events_occurred_at", "audit_events", ["occurred_at"])


def _head() -> None:
    head = op.create_table(
        "audit_head",
        sa.Column("id", SMALL, primary_key=True, autoincrement=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.bulk_insert(head, [{"id": 1, "event_id": 0, "hash": GENESIS}])


def _guard_sqlite() -> None:
    for action in ACTIONS:
        op.execute(
            f"CREATE TRIGGER audit_events_no_{action.lower()} BEFORE {action} ON audit_events "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_events_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
