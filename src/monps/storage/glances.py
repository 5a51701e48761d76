"""What one sees of predictions at a glance, without reading them whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from monps.domain.football import Score
from monps.domain.moments import from_micros
from monps.domain.predictions import PredictionSummary
from monps.ports.calendar import Glance
from monps.storage.orm import ensemble_predictions, market_predictions

_MOMENTS = ("kickoff", "as_of", "computed_at")
_this, _market = ensemble_predictions.c, market_predictions.c
_FIELDS = tuple(_this[name] for name in PredictionSummary.model_fields)
_IS_SCORE = and_(_market.family == "correct_score", _market.period == "full_time")


def glances(connection: Connection, match_ids: Sequence[int]) -> Iterator[tuple[int, Glance]]:
    """Yield each match with its latest prediction."""
    summaries = {row.match_id: _summary(row) for row in connection.execute(_latest(match_ids))}
    scores = _scores(connection, [summary.prediction_id for summary in summaries.values()])
    for match_id, summary in summaries.items():
        yield match_id, Glance(summary, _likeliest(scores[summary.prediction_id]))


def _latest(match_ids: Sequence[int]) -> Any:
    newest = (
        select(_this.match_id, func.max(_this.computed_at).label("computed_at"))
        .where(_this.match_id.in_(match_ids))
        .group_by(_this.match_id)
        .subquery()
    )
    same = and_(_this.match_id == newest.c.match_id, _this.computed_at == newest.c.computed_at)
    return select(*_FIELDS).join(newest, same).order_by(_this.prediction_id)


def _scores(connection: Connection, names: Sequence[str]) -> dict[str, list[Any]]:
    """Read the chances of final scores by prediction."""
    columns = (_market.prediction_id, _market.selection, _market.probability)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(*columns).where(_market.prediction_id.in_(names), _IS_SCORE)):
        found[row.prediction_id].append(row)
    return found


def _summary(row: Any) -> PredictionSummary:
    values = row._asdict()
    moments = {name: from_micros(values[name]) for name in _MOMENTS}
    return PredictionSummary.model_validate({**values, **moments, "neutral": bool(values["neutral"])})


def _likeliest(rows: Sequence[Any]) -> tuple[Score, float] | None:
    scores = [row for row in rows if row.selection[0].isdigit()]
    best = max(scores, key=lambda row: row.probability, default=None)
    if best is None:
        return None
    home, away = map(int, best.selection.split("-"))
    return Score(home=home, away=away), best.probability
