"""Predictions in their tables; ``monps.ports.predictions`` says what each method means."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select, update

from monps.domain.moments import from_micros, to_micros
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.errors import ConflictError
from monps.ports.predictions import ALL_PREDICTIONS, Cursor, KeptPrediction, PredictionFilter, kept_as
from monps.storage.bulk import insert_rows, select_named
from monps.storage.orm import ensemble_predictions, market_predictions

_MOMENTS = ("kickoff", "as_of", "computed_at")
_this = ensemble_predictions.c
_NAMED = (_this.prediction_id, *(_this[name] for name in KeptPrediction._fields))
_OWN = tuple(column.name for column in ensemble_predictions.c if column.name not in KeptPrediction._fields)
_OFFER = attrgetter("line", "period", "selection", "bookmaker", "odds", "edge")
_NO_OFFER = (None,) * 6
_SUMMARY = tuple(_this[name] for name in PredictionSummary.model_fields)


class SqlPredictionRepository:
    """Predictions, each exactly as it was computed.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, prediction: EnsemblePrediction, payload: bytes) -> None:
        """Keep a prediction, and all of it as JSON; the very same one is kept once."""
        self.add_all([(prediction, kept_as(payload))])

    def add_all(self, made: Sequence[tuple[EnsemblePrediction, KeptPrediction]]) -> list[str]:
        """Keep several; return the numbers of those that were not kept already."""
        by_name = {prediction.prediction_id: (prediction, kept) for prediction, kept in made}
        known = select(_this.prediction_id).where(_this.prediction_id.in_(by_name))
        for name in self._connection.scalars(known).all():
            del by_name[name]
        if not by_name:
            return []
        rows = [_row(prediction) | kept._asdict() for prediction, kept in by_name.values()]
        self._connection.execute(insert(ensemble_predictions), rows)
        markets = [row for prediction, _ in by_name.values() for row in _markets(prediction)]
        insert_rows(self._connection, market_predictions, markets)
        return list(by_name)

    def find(self, prediction_id: str) -> EnsemblePrediction | None:
        """Return a prediction."""
        kept = self.kept(prediction_id)
        return None if kept is None else EnsemblePrediction.model_validate_json(kept.payload)

    def kept(self, prediction_id: str) -> KeptPrediction | None:
        """Return a prediction's JSON as it stands, without reading it."""
        return self.kept_all([prediction_id]).get(prediction_id)

    def kept_all(self, prediction_ids: Sequence[str]) -> dict[str, KeptPrediction]:
        """Return those of several that there are, by their numbers."""
        rows = select_named(self._connection, _NAMED, "prediction_id", prediction_ids)
        return {name: KeptPrediction(*kept) for name, *kept in rows}

    def replace(self, prediction: EnsemblePrediction, payload: bytes, revision: int) -> None:
        """Keep a prediction that somebody changed by hand.

        Raises
        ------
        ConflictError
            If ``revision`` is not the one that is kept: somebody else changed it in between.
        """
        name = prediction.prediction_id
        row = _row(prediction) | kept_as(payload, revision + 1)._asdict()
        same = and_(_this.prediction_id == name, _this.revision == revision)
        if self._connection.execute(update(ensemble_predictions).where(same).values(row)).rowcount != 1:
            raise ConflictError(f"prediction {name} is no longer at revision {revision}: read it again")
        of_it = market_predictions.c.prediction_id == name
        self._connection.execute(delete(market_predictions).where(of_it))
        insert_rows(self._connection, market_predictions, list(_markets(prediction)))

    def page(
        self, only: PredictionFilter = ALL_PREDICTIONS, *, after: Cursor | None = None, limit: int = 100
    ) -> list[PredictionSummary]:
        """Return predictions in short, the last computed first."""
        rows = (
            select(*_SUMMARY)
            .where(*_conditions(only))
            .order_by(_this.computed_at.desc(), _this.prediction_id.desc())
        )
        if after is not None:
            rows = rows.where(_follows(after))
        return [_summary(row) for row in self._connection.execute(rows.limit(limit))]

    def count(self, only: PredictionFilter = ALL_PREDICTIONS) -> int:
        """Return how many there are."""
        rows = select(func.count()).select_from(ensemble_predictions).where(*_conditions(only))
        return self._connection.scalar(rows) or 0

    def latest(self) -> datetime | None:
        """Return when the last prediction was computed."""
        newest = self._connection.scalar(select(func.max(_this.computed_at)))
        return None if newest is None else from_micros(newest)


def _row(prediction: EnsemblePrediction) -> dict[str, Any]:
    provenance = prediction.provenance
    own = {name: getattr(prediction, name, None) for name in _OWN}
    own |= {name: to_micros(getattr(prediction, name)) for name in _MOMENTS}
    if prediction.scores:
        score = prediction.scores[0]
        own |= {"likely_home": score.home, "likely_away": score.away, "likely_probability": score.probability}
    return own | {"spec_hash": provenance.spec_hash, "data_version": provenance.data_version}


def _markets(prediction: EnsemblePrediction) -> Iterator[tuple[Any, ...]]:
    best = {each.family: each for each in sorted(prediction.edges, key=attrgetter("edge"))}
    for family, selections in prediction.markets.menu.families.items():
        offer = best.get(family)
        told = _NO_OFFER if offer is None else _OFFER(offer)
        yield (prediction.prediction_id, family, selections, *told)


def _summary(row: Row[Any]) -> PredictionSummary:
    values = row._mapping  # noqa: SLF001 - its public name
    moments = {name: from_micros(values[name]) for name in _MOMENTS}
    return PredictionSummary.model_validate({**values, **moments, "neutral": bool(values["neutral"])})


def _conditions(only: PredictionFilter) -> Iterator[ColumnElement[bool]]:
    if only.match_id is not None:
        yield _this.match_id == only.match_id
    if only.competition is not None:
        yield _this.competition == only.competition
    if only.date_from is not None:
        yield _this.kickoff >= to_micros(only.date_from)
    if only.date_to is not None:
        yield _this.kickoff <= to_micros(only.date_to)
    if only.market is not None or only.min_edge is not None:
        yield _priced(only).exists()


def _priced(only: PredictionFilter) -> Select[Any]:
    market = market_predictions.c
    rows = select(market.family).where(market.prediction_id == _this.prediction_id)
    if only.market is not None:
        rows = rows.where(market.family == only.market)
    return rows if only.min_edge is None else rows.where(market.edge >= only.min_edge)


def _follows(after: Cursor) -> ColumnElement[bool]:
    moment = to_micros(after.computed_at)
    same = and_(_this.computed_at == moment, _this.prediction_id < after.prediction_id)
    return or_(_this.computed_at < moment, same)
