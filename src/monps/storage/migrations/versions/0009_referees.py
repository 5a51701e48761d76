"""Referees, where another source than the results names them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_matches", sa.Column("referee", sa.Text))
    op.create_table(
        "match_referees",
        sa.Column("match_id", sa.Integer, sa.ForeignKey("matches.id"), primary_key=True, autoincrement=False),
        sa.Column("source_match_id", sa.Integer, sa.ForeignKey("source_matches.id"), nullable=False),
        sa.Column("referee", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("match_referees")
    op.drop_column("source_matches", "referee")
