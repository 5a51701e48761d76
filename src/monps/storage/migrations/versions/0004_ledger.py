"""The books, and the rules that were tried."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    _bankrolls()
    _bets()
    _settlements()
    _trials()


def downgrade() -> None:
    for table in ("trials", "settlements", "bets", "bankrolls"):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)


def _bankrolls() -> None:
    op.create_table(
        "bankrolls",
        _id(),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("initial", BIG, nullable=False),
        sa.Column("opened_at", BIG, nullable=False),
        sqlite_strict=True,
    )


def _bets() -> None:
    op.create_table(
        "bets",
        _id(),
        sa.Column("bankroll_id", sa.Integer, sa.ForeignKey("bankrolls.id"), nullable=False),
        sa.Column("match_id", sa.Integer, sa.ForeignKey("matches.id"), nullable=False),
        sa.Column("kickoff", BIG, nullable=False),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("line", NUMBER),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("selection", sa.Text, nullable=False),
        sa.Column("bookmaker", sa.Text, nullable=False),
        sa.Column("odds", BIG, nullable=False),
        sa.Column("stake", BIG, nullable=False),
        sa.Column("commission", sa.Integer, nullable=False),
        sa.Column("probability", NUMBER),
        sa.Column("placed_at", BIG, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.UniqueConstraint("bankroll_id", "reference"),
        sqlite_strict=True,
    )
    op.create_index("ix_bets_match_id", "bets", ["match_id"])


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("bet_id", sa.Integer, sa.ForeignKey("bets.id"), primary_key=True, autoincrement=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("profit", BIG, nullable=False),
        sa.Column("settled_at", BIG, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fair_closing", NUMBER),
        sqlite_strict=True,
    )


def _trials() -> None:
    op.create_table(
        "trials",
        _id(),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("tried_at", BIG, nullable=False),
        sa.Column("bets", sa.Integer, nullable=False),
        sa.Column("ratio", NUMBER),
        sqlite_strict=True,
    )
