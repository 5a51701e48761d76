"""Predictions that are kept: what is refused, how they are listed, and shown as they were made."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from monps.domain.audit import AuditEntry
from monps.domain.base import Noun
from monps.domain.moments import from_micros, to_micros
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.errors import (
    InvalidDateError,
    LowConfidenceError,
    PredictionNotFoundError,
    UsageError,
)
from monps.ports.predictions import ALL_PREDICTIONS, Cursor, KeptPrediction, PredictionFilter
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.consult import Answer

_MOST_DIGITS = 17


class Rules(NamedTuple):
    """What is predicted: matches no further ahead, on which the agents agree at least so much."""

    furthest: timedelta
    least_agreement: float


class Sender(NamedTuple):
    """Who asks; ``key`` names the request, so that it may be sent again, and ``digest`` is of its body."""

    actor: str
    request_id: str | None = None
    key: str | None = None
    digest: str = ""


class Submitted(NamedTuple):
    """A prediction that is kept, as JSON."""

    prediction_id: str
    payload: bytes
    revision: int


class PredictionPage(Noun):
    """Some predictions in short, newest first, of how many, and from where the next page goes on."""

    predictions: tuple[PredictionSummary, ...]
    total: int
    next: str | None = None


def check_date(kickoff: datetime, now: datetime, furthest: timedelta) -> None:
    """Refuse a match that lies in the past, or too far ahead.

    Raises
    ------
    InvalidDateError
        Naming the bounds; the furthest moment itself is within them.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> check_date(noon + timedelta(days=60), noon, timedelta(days=60))
    >>> check_date(noon + timedelta(days=60, seconds=1), noon, timedelta(days=60))
    Traceback (most recent call last):
        ...
    monps.errors.InvalidDateError: 2026-04-30T12:00:01+00:00 is too far ahead: at most 60 days are predicted
    """
    if kickoff < now:
        raise InvalidDateError(f"{kickoff.isoformat()} is in the past: only matches to come are predicted")
    if kickoff > now + furthest:
        days = furthest / timedelta(days=1)
        raise InvalidDateError(f"{kickoff.isoformat()} is too far ahead: at most {days:g} days are predicted")


def check_agreement(prediction: EnsemblePrediction, least: float) -> None:
    """Refuse a prediction on which the agents do not agree.

    Raises
    ------
    LowConfidenceError
        Naming those that are far from the pool, and how far.
    """
    if prediction.agreement >= least:
        return
    pooled = prediction.outcomes
    distances = {
        member.agent: sum(abs(p - q) for p, q in zip(member.outcomes, pooled, strict=True)) / 2
        for member in prediction.speakers
        if member.outcomes is not None
    }
    far = ", ".join(
        f"{agent} by {distance:.2f}"
        for agent, distance in sorted(distances.items(), key=lambda pair: -pair[1])
        if 1.0 - distance < least
    )
    raise LowConfidenceError(
        f"the agents agree by {prediction.agreement:.2f}, below {least:.2f}: {far} from the pool"
    )


def refuse_unsure(answer: Answer, rules: Rules) -> Answer:
    """Turn a prediction that looks too far ahead, or on which the agents disagree, into a refusal."""
    prediction = answer.prediction
    if prediction is None:
        return answer
    try:
        if prediction.kickoff > prediction.computed_at:  # a match of the past is seen from before it began
            check_date(prediction.kickoff, prediction.computed_at, rules.furthest)
        check_agreement(prediction, rules.least_agreement)
    except (InvalidDateError, LowConfidenceError) as error:
        return Answer(answer.request, refusal=error)
    return answer


def list_predictions(
    open_work: UnitOfWorkFactory,
    only: PredictionFilter = ALL_PREDICTIONS,
    *,
    cursor: str | None = None,
    limit: int = 100,
) -> PredictionPage:
    """Return predictions in short, newest first; ``next`` of a page is the cursor of the next.

    Raises
    ------
    UsageError
        If the cursor is none of ours.
    """
    after = read_cursor(cursor) if cursor is not None else None
    with open_work() as work:
        return _cut(*_read(work, ListQuestion(only, after, limit)), limit)


class ListQuestion(NamedTuple):
    """Which page of which predictions is wanted."""

    only: PredictionFilter = ALL_PREDICTIONS
    after: Cursor | None = None
    limit: int = 100


def list_all(open_work: UnitOfWorkFactory, questions: Sequence[ListQuestion]) -> list[bytes]:
    """Return pages as JSON, all from one snapshot; what begins alike is read once, as far as any goes."""
    longest: dict[ListQuestion, int] = {}
    for each in questions:
        start = each._replace(limit=0)
        longest[start] = max(each.limit, longest.get(start, 0))
    with open_work() as work:
        read = {start: _read(work, start._replace(limit=limit)) for start, limit in longest.items()}
    pages = {
        each: _cut(*read[each._replace(limit=0)], each.limit).model_dump_json().encode()
        for each in dict.fromkeys(questions)
    }
    return [pages[each] for each in questions]


def _read(work: UnitOfWork, wanted: ListQuestion) -> tuple[tuple[PredictionSummary, ...], int]:
    found = work.predictions.page(wanted.only, after=wanted.after, limit=wanted.limit + 1)
    return tuple(found), work.predictions.count(wanted.only)


def _cut(found: tuple[PredictionSummary, ...], total: int, limit: int) -> PredictionPage:
    page = found[:limit]
    follows = write_cursor(page[-1]) if len(found) > limit else None
    return PredictionPage(predictions=page, total=total, next=follows)


def write_cursor(last: PredictionSummary) -> str:
    """Return a text that stands for the place after a prediction."""
    return f"{to_micros(last.computed_at)}~{last.prediction_id}"


def read_cursor(text: str) -> Cursor:
    """Return the place that a text stands for.

    Raises
    ------
    UsageError
        If it is none of ours.

    Examples
    --------
    >>> read_cursor("86400000000~p-1").computed_at.isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    micros, _, prediction_id = text.partition("~")
    if not micros.isdigit() or len(micros) > _MOST_DIGITS or not prediction_id:
        raise UsageError("the cursor is none that a page gave as `next`")
    return Cursor(from_micros(int(micros)), prediction_id)


def show_prediction(open_work: UnitOfWorkFactory, prediction_id: str) -> KeptPrediction:
    """Return a prediction's JSON exactly as it was computed, or overruled.

    Raises
    ------
    PredictionNotFoundError
        If there is none of this number.
    """
    with open_work() as work:
        return require_prediction(work, prediction_id)


def require_prediction(work: UnitOfWork, prediction_id: str) -> KeptPrediction:
    """Return a prediction that must be there.

    Raises
    ------
    PredictionNotFoundError
        If it is not.
    """
    kept = work.predictions.kept(prediction_id)
    if kept is None:
        raise PredictionNotFoundError(f"there is no prediction {prediction_id!r}")
    return kept


def entry_of(
    event_type: str, prediction: EnsemblePrediction, sender: Sender, now: datetime, **told: object
) -> AuditEntry:
    """Return the audit's entry on what was done to a prediction."""
    who = {"actor": sender.actor, "request_id": sender.request_id}
    of = {"entity_type": "prediction", "entity_id": prediction.prediction_id}
    return AuditEntry.model_validate({"occurred_at": now, "event_type": event_type, **of, **who, **told})
