"""Have predictions made and keep them with their audit events: one, or all that wait, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import structlog

from monps.domain.audit import AuditEntry
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.errors import ConflictError, MonpsError
from monps.ports.predictions import KeptPrediction, kept_as
from monps.ports.service import Answered
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.consult import Answer
from monps.services.predictions import (
    Rules,
    Sender,
    Submitted,
    check_agreement,
    check_date,
    entry_of,
    require_prediction,
)

_log = structlog.get_logger()

Make = Callable[[Sequence[ForecastRequest]], Sequence[Answer]]
"""Asks the brain."""


class Submission(NamedTuple):
    """A prediction that is wanted; ``find`` finds the fixture, unless the request was answered before."""

    find: Callable[[], ForecastRequest]
    sender: Sender
    now: datetime


Outcome = Submitted | Exception
"""What became of a submission."""


def submit_prediction(
    open_work: UnitOfWorkFactory, make: Make, submission: Submission, *, rules: Rules
) -> Submitted:
    """Make a prediction and keep it with its audit event; a request sent again is answered as the first time.

    Raises
    ------
    InvalidDateError
        If the match is in the past or too far ahead.
    ConflictError
        If the same key stood for another request.
    LowConfidenceError
        If the agents do not agree enough.
    """
    [outcome] = submit_all(open_work, make, [submission], rules=rules)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def submit_all(
    open_work: UnitOfWorkFactory, make: Make, submissions: Sequence[Submission], *, rules: Rules
) -> list[Outcome]:
    """Make predictions and keep them, all in one transaction; what is wrong with one concerns no other.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are kept.
    make : callable
        Asks the brain.
    submissions : sequence of Submission
        What is wanted. Those that carry the same key are answered alike, with what the first of them got.
    rules : Rules
        What is predicted.

    Returns
    -------
    list
        For each, what was kept, or the error with which it is to be answered.

    Raises
    ------
    StorageError
        If the store cannot be reached: then nothing was kept.
    """
    batch = _Batch(submissions, make, rules)
    with open_work() as work:
        batch.look_up(work)
    batch.make()
    if batch.made:
        with open_work(write=True) as work:
            batch.look_up(work)
            batch.keep(work)
            work.commit()
    return batch.outcomes()


def keep_predictions(
    open_work: UnitOfWorkFactory, predictions: Iterable[EnsemblePrediction], sender: Sender, now: datetime
) -> None:
    """Keep predictions that were made already, all or none, with their audit events."""
    made = [(each, kept_as(each.to_json()), sender, now) for each in predictions]
    with open_work(write=True) as work:
        _add(work, made)
        work.commit()


Made = tuple[EnsemblePrediction, KeptPrediction, Sender, datetime]
"""A prediction, finished, with who asked for it, and when."""


class _Batch:
    """Some submissions on their way; ``made`` are the predictions that are still to be kept."""

    def __init__(self, submissions: Sequence[Submission], make: Make, rules: Rules) -> None:
        self._submissions, self._make, self._rules = submissions, make, rules
        self._leaders = list(_leaders(submissions))
        self._known: dict[int, Outcome] = {}
        self.made: dict[int, Made] = {}

    def look_up(self, work: UnitOfWork) -> None:
        """Answer those that were answered before, perhaps a moment ago by another process."""
        for place in self._open():
            answer = _answered(work, self._submissions[place].sender)
            if answer is not None:
                self._known[place] = answer
                self.made.pop(place, None)

    def make(self) -> None:
        """Find the fixtures, and ask the brain for all of them at once."""
        requests = dict(self._requests())
        for place, answer in zip(requests, _asked(self._make, list(requests.values())), strict=True):
            try:
                self.made[place] = self._finished(self._submissions[place], answer)
            except Exception as error:  # noqa: BLE001 - told to who asked
                self._known[place] = error

    def keep(self, work: UnitOfWork) -> None:
        """Keep what was made, and note under which keys."""
        _add(work, self.made.values())
        for place, (prediction, kept, sender, now) in self.made.items():
            if sender.key is not None:
                note = Answered(sender.actor, sender.key, sender.digest, prediction.prediction_id, now)
                work.answered.add(note)
            self._known[place] = Submitted(prediction.prediction_id, kept.payload, kept.revision)

    def outcomes(self) -> list[Outcome]:
        """Return what became of each."""
        return [
            self._known[leader] if place == leader else self._as_the_first(place, leader)
            for place, leader in enumerate(self._leaders)
        ]

    def _open(self) -> list[int]:
        return [place for place in dict.fromkeys(self._leaders) if place not in self._known]

    def _requests(self) -> Iterator[tuple[int, ForecastRequest]]:
        for place in self._open():
            submission = self._submissions[place]
            try:
                request = submission.find()
                check_date(request.kickoff, submission.now, self._rules.furthest)
            except MonpsError as error:
                self._known[place] = error
            else:
                yield place, request

    def _finished(self, submission: Submission, answer: Answer | Exception) -> Made:
        if isinstance(answer, Exception):
            raise answer
        prediction = answer.require()
        check_agreement(prediction, self._rules.least_agreement)
        return prediction, kept_as(prediction.to_json()), submission.sender, submission.now

    def _as_the_first(self, place: int, leader: int) -> Outcome:
        sender = self._submissions[place].sender
        if sender.digest != self._submissions[leader].sender.digest:
            return _stood_for_another(sender)
        return self._known[leader]


def _leaders(submissions: Sequence[Submission]) -> Iterator[int]:
    """Yield for each the first that carries the same key: itself, where there is none."""
    seen: dict[tuple[str, str], int] = {}
    for place, (_, sender, _) in enumerate(submissions):
        yield place if sender.key is None else seen.setdefault((sender.actor, sender.key), place)


def _asked(make: Make, requests: Sequence[ForecastRequest]) -> list[Answer | Exception]:
    """Ask for all at once; if that fails unforeseen, for each alone, so that the others are not lost."""
    try:
        return list(make(requests)) if requests else []
    except Exception as error:  # noqa: BLE001 - told to who asked
        if len(requests) == 1:
            return [error]
        return [answer for request in requests for answer in _asked(make, [request])]


def _answered(work: UnitOfWork, sender: Sender) -> Outcome | None:
    note = work.answered.find(sender.actor, sender.key) if sender.key is not None else None
    if note is None:
        return None
    if note.digest != sender.digest:
        return _stood_for_another(sender)
    kept = require_prediction(work, note.made)
    return Submitted(note.made, kept.payload, kept.revision)


def _stood_for_another(sender: Sender) -> ConflictError:
    return ConflictError(f"the idempotency key {sender.key!r} stood for another request")


def _add(work: UnitOfWork, made: Iterable[Made]) -> None:
    """Keep predictions with their audit events; the very same one is kept, and told of, once."""
    by_name = {prediction.prediction_id: each for each in made for prediction in each[:1]}
    new = work.predictions.add_all([each[:2] for each in by_name.values()])
    work.audit.append_all([_created(*by_name[name]) for name in new])
    _log.info("predictions kept", prediction_ids=new)


def _created(
    prediction: EnsemblePrediction, kept: KeptPrediction, sender: Sender, now: datetime
) -> AuditEntry:
    facts = prediction.model_dump(mode="json", include=_TOLD) | {"sha256": kept.digest}
    return entry_of("prediction.created", prediction, sender, now, after=facts)


_TOLD = {
    "competition", "home", "away", "kickoff", "as_of", "computed_at", "model", "home_win", "draw", "away_win",
    "agreement", "confidence_score", "provenance",
}  # fmt: skip
"""What the audit says of a new prediction; the hash vouches for the rest."""
