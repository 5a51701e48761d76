"""What one sees of predictions at a glance, without reading them whole."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from monps.domain.football import Score
from monps.domain.moments import from_micros
from monps.domain.predictions import PredictionSummary
from monps.ports.calendar import Glance
from monps.storage.orm import ensemble_predictions

_MOMENTS = ("kickoff", "as_of", "computed_at")
_this = ensemble_predictions.c
_FIELDS = tuple(_this[name] for name in PredictionSummary.model_fields)
_LIKELIEST = (_this.likely_home, _this.likely_away, _this.likely_probability)


def glances(connection: Connection, match_ids: Sequence[int]) -> Iterator[tuple[int, Glance]]:
    """Yield each match with its latest prediction."""
    for row in connection.execute(_latest(match_ids)):
        yield row.match_id, Glance(_summary(row), _likeliest(row))


def _latest(match_ids: Sequence[int]) -> Any:
    newest = (
        select(_this.match_id, func.max(_this.computed_at).label("computed_at"))
        .where(_this.match_id.in_(match_ids))
        .group_by(_this.match_id)
        .subquery()
    )
    same = and_(_this.match_id == newest.c.match_id, _this.computed_at == newest.c.computed_at)
    return select(*_FIELDS, *_LIKELIEST).join(newest, same).order_by(_this.prediction_id)


def _summary(row: Any) -> PredictionSummary:
    values = {name: getattr(row, name) for name in PredictionSummary.model_fields}
    moments = {name: from_micros(values[name]) for name in _MOMENTS}
    return PredictionSummary.model_validate({**values, **moments, "neutral": bool(values["neutral"])})


def _likeliest(row: Any) -> tuple[Score, float] | None:
    if row.likely_home is None:
        return None
    return Score(home=row.likely_home, away=row.likely_away), row.likely_probability
