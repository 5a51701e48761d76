"""The books: bankrolls, bets, how they were settled; and the rules that were tried.

Money is in whole cents, odds in millionths, commission in ten-thousandths: whole numbers lose nothing.
"""

from sqlalchemy import Column, ForeignKey, Identity, Index, Integer, Table, Text, UniqueConstraint

from monps.storage.orm.base import Moment, Number, metadata

bankrolls = Table(
    "bankrolls",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("currency", Text, nullable=False),
    Column("initial", Moment, nullable=False),
    Column("opened_at", Moment, nullable=False),
    sqlite_strict=True,
)

bets = Table(
    "bets",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("bankroll_id", ForeignKey("bankrolls.id"), nullable=False),
    Column("match_id", ForeignKey("matches.id"), nullable=False),
    Column("kickoff", Moment, nullable=False),
    Column("family", Text, nullable=False),
    Column("line", Number),
    Column("period", Text, nullable=False),
    Column("selection", Text, nullable=False),
    Column("bookmaker", Text, nullable=False),
    Column("odds", Moment, nullable=False),
    Column("stake", Moment, nullable=False),
    Column("commission", Integer, nullable=False),
    Column("probability", Number),
    Column("placed_at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("reference", Text),
    UniqueConstraint("bankroll_id", "reference"),
    Index(None, "match_id"),
    sqlite_strict=True,
)
"""Bets as they were placed; nothing here ever changes."""

settlements = Table(
    "settlements",
    metadata,
    Column("bet_id", ForeignKey("bets.id"), primary_key=True, autoincrement=False),
    Column("result", Text, nullable=False),
    Column("profit", Moment, nullable=False),
    Column("settled_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fair_closing", Number),
    sqlite_strict=True,
)
"""One row for each bet that has ended; nothing here ever changes."""

trials = Table(
    "trials",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("description", Text, nullable=False),
    Column("tried_at", Moment, nullable=False),
    Column("bets", Integer, nullable=False),
    Column("ratio", Number),
    sqlite_strict=True,
)
"""Every rule that was ever tried in a backtest, with its yield over the yield's standard error."""
