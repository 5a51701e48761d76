"""What was predicted, when, and from what."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from monps.storage.orm.base import Flag, Moment, Number, Small, metadata

ensemble_predictions = Table(
    "ensemble_predictions",
    metadata,
    Column("prediction_id", Text, primary_key=True),
    Column("match_id", ForeignKey("matches.id")),
    Column("competition", Text, nullable=False),
    Column("season", Small, nullable=False),
    Column("home", Text, nullable=False),
    Column("away", Text, nullable=False),
    Column("kickoff", Moment, nullable=False),
    Column("neutral", Flag, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("computed_at", Moment, nullable=False),
    Column("model", Text, nullable=False),
    Column("home_win", Number, nullable=False),
    Column("draw", Number, nullable=False),
    Column("away_win", Number, nullable=False),
    Column("home_goals", Number, nullable=False),
    Column("away_goals", Number, nullable=False),
    Column("agreement", Number, nullable=False),
    Column("confidence_score", Number, nullable=False),
    Column("confidence_level", Text, nullable=False),
    Column("data_quality", Text, nullable=False),
    Column("spec_hash", Text, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("likely_home", Small),
    Column("likely_away", Small),
    Column("likely_probability", Number),
    Column("digest", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index(None, "computed_at", "prediction_id"),
    Index(None, "match_id"),
    Index(None, "competition", "kickoff"),
    sqlite_strict=True,
)
"""One row a prediction; ``payload`` is all of it as JSON, ready to be sent, ``digest`` its SHA-256.

``revision`` counts changes; ``likely_…`` is the likeliest final score. What is read often stands before
``payload``, which fills pages of its own.
"""

market_predictions = Table(
    "market_predictions",
    metadata,
    Column("prediction_id", ForeignKey("ensemble_predictions.prediction_id"), nullable=False),
    Column("family", Text, nullable=False),
    Column("selections", Small, nullable=False),
    Column("line", Number),
    Column("period", Text),
    Column("selection", Text),
    Column("bookmaker", Text),
    Column("odds", Number),
    Column("edge", Number),
    PrimaryKeyConstraint("prediction_id", "family"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""One row a family of markets that was priced, with the offer in it that had the largest edge, if any.

The prices themselves are in ``payload``: a thousand rows a prediction took longer to write than all else.
"""
