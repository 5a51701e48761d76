"""Predictions that are read as they are sent, and markets by family."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0008"
down_revision = "0002"
branch_labels = None
depends_on = None

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")

_AT_ONCE = 100
_FAMILY = (
    "prediction_id", "family", "selections", "line", "period", "selection", "bookmaker", "odds", "edge",
)  # fmt: skip
_SELECTION = (
    "prediction_id", "place", "family", "line", "period", "selection", "probability", "fair_odds",
    "bookmaker", "odds", "edge",
)  # fmt: skip
_PREDICTIONS = sa.table(
    "ensemble_predictions",
    *map(
        sa.column, ("prediction_id", "digest", "likely_home", "likely_away", "likely_probability", "payload")
    ),
)


def upgrade() -> None:
    op.drop_table("market_predictions")
    with _altered() as table:
        for name, kind in (("likely_home", SMALL), ("likely_away", SMALL), ("likely_probability", NUMBER)):
            table.add_column(sa.Column(name, kind), insert_before="payload")
        table.add_column(sa.Column("digest", sa.Text), insert_before="payload")
    for payload in _payloads():
        _finish(payload)
    with _altered() as table:
        table.alter_column("digest", existing_type=sa.Text(), nullable=False)
    _store_as_it_is()
    _families()
    for payload in _payloads():
        op.bulk_insert(_table("market_predictions", _FAMILY), list(_families_of(json.loads(payload))))


def downgrade() -> None:
    op.drop_table("market_predictions")
    with _altered() as table:
        for name in ("likely_home", "likely_away", "likely_probability", "digest"):
            table.drop_column(name)
    _selections()
    for payload in _payloads():
        op.bulk_insert(_table("market_predictions", _SELECTION), list(_priced(json.loads(payload))))


def _altered() -> AbstractContextManager[BatchOperations]:
    """Make the table anew, so that columns stand where they are put: before ``payload``, which is long."""
    return op.batch_alter_table(
        "ensemble_predictions", recreate="always", table_kwargs={"sqlite_strict": True}
    )


def _store_as_it_is() -> None:
    """Have PostgreSQL not compress payloads: to write one took it three times the processor time."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE ensemble_predictions ALTER COLUMN payload SET STORAGE EXTERNAL")


def _payloads() -> Iterator[bytes]:
    """Yield all predictions, some at once."""
    names = op.get_bind().scalars(sa.select(_PREDICTIONS.c.prediction_id)).all()
    for start in range(0, len(names), _AT_ONCE):
        some = _PREDICTIONS.c.prediction_id.in_(names[start : start + _AT_ONCE])
        yield from op.get_bind().scalars(sa.select(_PREDICTIONS.c.payload).where(some)).all()


def _finish(payload: bytes) -> None:
    told = json.loads(payload)
    likeliest: dict[str, Any] = next(iter(told["scores"]), {})
    found = {f"likely_{name}": likeliest.get(name) for name in ("home", "away", "probability")}
    found["digest"] = hashlib.sha256(payload).hexdigest()
    same = _PREDICTIONS.c.prediction_id == told["prediction_id"]
    op.get_bind().execute(sa.update(_PREDICTIONS).where(same).values(found))


def _families_of(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    counted = Counter(each["family"] for each in told["markets"])
    best = {each["family"]: each for each in sorted(told["edges"], key=_edge)}
    for family, selections in counted.items():
        offer = best.get(family, {})
        row = {"prediction_id": told["prediction_id"], "family": family, "selections": selections}
        row |= {name: offer.get(name) for name in ("line", "period", "selection", "bookmaker", "odds")}
        yield row | {"edge": _edge(offer) if offer else None}


def _priced(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    best = {_key(each): each for each in sorted(told["edges"], key=_edge)}
    for place, each in enumerate(told["markets"]):
        offer = best.get(_key(each), {})
        row = {"prediction_id": told["prediction_id"], "place": place, **each}
        row |= {name: offer.get(name) for name in ("bookmaker", "odds")}
        yield row | {"edge": _edge(offer) if offer else None}


def _edge(offer: dict[str, Any]) -> float:
    return float(offer["probability"] - offer["fair_implied"])


def _key(priced: dict[str, Any]) -> tuple[Any, ...]:
    return priced["family"], priced["line"], priced["period"], priced["selection"]


def _table(name: str, columns: tuple[str, ...]) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


def _prediction() -> sa.Column[str]:
    return sa.Column(
        "prediction_id", sa.Text, sa.ForeignKey("ensemble_predictions.prediction_id"), nullable=False
    )


def _families() -> None:
    op.create_table(
        "market_predictions",
        _prediction(),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("selections", SMALL, nullable=False),
        sa.Column("line", NUMBER),
        *(sa.Column(name, sa.Text) for name in ("period", "selection", "bookmaker")),
        sa.Column("odds", NUMBER),
        sa.Column("edge", NUMBER),
        sa.PrimaryKeyConstraint("prediction_id", "family"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _selections() -> None:
    op.create_table(
        "market_predictions",
        _prediction(),
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
