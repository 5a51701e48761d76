"""What one sees of predictions at a glance, without reading them whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from monps.domain.football import Score
from monps.domain.market import MarketKey, Selection
from monps.domain.moments import from_micros
from monps.domain.predictions import PredictionSummary
from monps.ports.calendar import Glance
from monps.storage.orm import ensemble_predictions, market_predictions

_MOMENTS = ("kickoff", "as_of", "computed_at")
_this, _market = ensemble_predictions.c, market_predictions.c
_FIELDS = tuple(_this[name] for name in PredictionSummary.model_fields)
_IS_SCORE = and_(_market.family == "correct_score", _market.period == "full_time")
_PRICES = (
    _market.prediction_id,
    _market.family,
    _market.line,
    _market.period,
    _market.selection,
    _market.probability,
    _market.odds,
)


def glances(connection: Connection, match_ids: Sequence[int]) -> Iterator[tuple[int, Glance]]:
    """Yield each match with its latest prediction."""
    summaries = {row.match_id: _summary(row) for row in connection.execute(_latest(match_ids))}
    prices = _prices(connection, [summary.prediction_id for summary in summaries.values()])
    for match_id, summary in summaries.items():
        rows = prices[summary.prediction_id]
        yield match_id, Glance(summary, _likeliest(rows), tuple(_offers(rows)))


def _latest(match_ids: Sequence[int]) -> Any:
    newest = (
        select(_this.match_id, func.max(_this.computed_at).label("computed_at"))
        .where(_this.match_id.in_(match_ids))
        .group_by(_this.match_id)
        .subquery()
    )
    same = and_(_this.match_id == newest.c.match_id, _this.computed_at == newest.c.computed_at)
    return select(*_FIELDS).join(newest, same).order_by(_this.prediction_id)


def _prices(connection: Connection, names: Sequence[str]) -> dict[str, list[Any]]:
    """Read scores and offers by prediction."""
    chosen = select(*_PRICES).where(
        _market.prediction_id.in_(names), or_(_IS_SCORE, _market.odds.is_not(None))
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(chosen.order_by(_market.prediction_id, _market.place)):
        found[row.prediction_id].append(row)
    return found


def _summary(row: Any) -> PredictionSummary:
    values = row._asdict()
    moments = {name: from_micros(values[name]) for name in _MOMENTS}
    return PredictionSummary.model_validate({**values, **moments, "neutral": bool(values["neutral"])})


def _likeliest(rows: Sequence[Any]) -> tuple[Score, float] | None:
    scores = [row for row in rows if row.family == "correct_score" and row.selection[0].isdigit()]
    best = max(scores, key=lambda row: row.probability, default=None)
    if best is None:
        return None
    home, away = map(int, best.selection.split("-"))
    return Score(home=home, away=away), best.probability


def _offers(rows: Sequence[Any]) -> Iterator[tuple[Selection, float, float]]:
    for row in rows:
        if row.odds is not None:
            key = MarketKey(row.family, row.line, row.period)
            yield Selection(key, row.selection), row.probability, row.odds
