"""Predictions of the brain, and the prices in them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0004"
branch_labels = None
depends_on = None

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _predictions()
    _markets()


def downgrade() -> None:
    op.drop_table("market_predictions")
    op.drop_table("ensemble_predictions")


def _predictions() -> None:
    numbers = ("home_win", "draw", "away_win", "home_goals", "away_goals", "agreement", "confidence_score")
    op.create_table(
        "ensemble_predictions",
        sa.Column("prediction_id", sa.Text, primary_key=True),
        sa.Column("match_id", sa.Integer, sa.ForeignKey("matches.id")),
        sa.Column("competition", sa.Text, nullable=False),
        sa.Column("season", SMALL, nullable=False),
        sa.Column("home", sa.Text, nullable=False),
        sa.Column("away", sa.Text, nullable=False),
        sa.Column("kickoff", MOMENT, nullable=False),
        sa.Column("neutral", FLAG, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("computed_at", MOMENT, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in numbers),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("confidence_level", "data_quality", "spec_hash", "data_version")
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    for columns in (("computed_at", "prediction_id"), ("match_id",), ("competition", "kickoff")):
        op.create_index(f"ix_ensemble_predictions_{'_'.join(columns)}", "ensemble_predictions", columns)


def _markets() -> None:
    op.create_table(
        "market_predictions",
        sa.Column(
            "prediction_id",
            sa.Text,
            sa.ForeignKey("ensemble_predictions.prediction_id"),
            nullable=False,
        ),
        sa.Column("place", SMALL, nullable=False),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("line", NUMBER),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("selection", sa.Text, nullable=False),
        sa.Column("probability", NUMBER, nullable=False),
        sa.Column("fair_odds", NUMBER),
        sa.Column("bookmaker", sa.Text),
        sa.Column("odds", NUMBER),
        sa.Column("edge", NUMBER),
        sa.PrimaryKeyConstraint("prediction_id", "place"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_market_predictions_family_edge", "market_predictions", ["family", "edge"])
