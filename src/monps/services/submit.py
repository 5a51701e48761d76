"""Have predictions made and keep them with their audit events: one, or all that wait, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

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


class Made(NamedTuple):
    """A prediction that is finished and still to be kept, with who asked for it, and when."""

    prediction: EnsemblePrediction
    kept: KeptPrediction
    sender: Sender
    now: datetime


Outcome = Submitted | Exception
"""What became of a submission."""

Known = TypeVar("Known")


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
    prepared = make_all(open_work, make, submissions, rules=rules)
    kept = iter(keep_all(open_work, [each for each in prepared if isinstance(each, Made)]))
    return [next(kept) if isinstance(each, Made) else each for each in prepared]


def make_all(
    open_work: UnitOfWorkFactory, make: Make, submissions: Sequence[Submission], *, rules: Rules
) -> list[Made | Outcome]:
    """Make predictions and keep none: the first half of ``submit_all``, with the same parameters.

    Returns
    -------
    list
        For each, what is still to be kept, what was kept for its key before, or an error.
    """
    batch = _Batch(submissions, rules)
    with open_work() as work:
        batch.look_up(work)
    batch.make(make)
    return batch.answers()


def keep_all(open_work: UnitOfWorkFactory, made: Sequence[Made]) -> list[Outcome]:
    """Keep predictions with their audit events, all in one transaction: the other half of ``submit_all``.

    A key that was answered meanwhile, perhaps by another process, is answered as there.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are kept.
    made : sequence of Made
        What ``make_all`` made.

    Raises
    ------
    StorageError
        If the store cannot be reached: then nothing was kept.
    """
    if not made:
        return []
    senders = [each.sender for each in made]
    with open_work(write=True) as work:
        outcomes = _look_up(work, senders)
        new = {place: made[place] for place in _first(senders) if place not in outcomes}
        _add(work, new.values())
        for place, (prediction, kept, sender, now) in new.items():
            if sender.key is not None:
                note = Answered(sender.actor, sender.key, sender.digest, prediction.prediction_id, now)
                work.answered.add(note)
            outcomes[place] = Submitted(prediction.prediction_id, kept.payload, kept.revision)
        work.commit()
    return _each_as_the_first(senders, outcomes)


def keep_predictions(
    open_work: UnitOfWorkFactory, predictions: Iterable[EnsemblePrediction], sender: Sender, now: datetime
) -> None:
    """Keep predictions that were made already, all or none, with their audit events."""
    made = [Made(each, kept_as(each.to_json()), sender, now) for each in predictions]
    with open_work(write=True) as work:
        _add(work, made)
        work.commit()


class _Batch:
    """Some submissions on their way, and what is known of them by their places."""

    def __init__(self, submissions: Sequence[Submission], rules: Rules) -> None:
        self._submissions, self._rules = submissions, rules
        self._senders = [each.sender for each in submissions]
        self._known: dict[int, Made | Outcome] = {}

    def look_up(self, work: UnitOfWork) -> None:
        """Answer those that were answered before."""
        self._known |= _look_up(work, self._senders)

    def make(self, make: Make) -> None:
        """Find the fixtures, and ask the brain for all of them at once."""
        requests = dict(self._requests())
        for place, answer in zip(requests, _asked(make, list(requests.values())), strict=True):
            try:
                self._known[place] = self._finished(self._submissions[place], answer)
            except Exception as error:  # noqa: BLE001 - told to who asked
                self._known[place] = error

    def answers(self) -> list[Made | Outcome]:
        """Return what is known of each."""
        return _each_as_the_first(self._senders, self._known)

    def _requests(self) -> Iterator[tuple[int, ForecastRequest]]:
        for place in _first(self._senders):
            if place in self._known:
                continue
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
        return Made(prediction, kept_as(prediction.to_json()), submission.sender, submission.now)


def _leaders(senders: Sequence[Sender]) -> Iterator[int]:
    """Yield for each the first that carries the same key: itself, where there is none."""
    seen: dict[tuple[str, str], int] = {}
    for place, sender in enumerate(senders):
        yield place if sender.key is None else seen.setdefault((sender.actor, sender.key), place)


def _first(senders: Sequence[Sender]) -> Iterable[int]:
    return dict.fromkeys(_leaders(senders))


def _each_as_the_first(senders: Sequence[Sender], known: Mapping[int, Known]) -> list[Known | ConflictError]:
    """Answer each with what is known of the first that carries its key, if they asked for the same."""
    return [
        known[leader]
        if senders[place].digest == senders[leader].digest
        else _stood_for_another(senders[place])
        for place, leader in enumerate(_leaders(senders))
    ]


def _asked(make: Make, requests: Sequence[ForecastRequest]) -> list[Answer | Exception]:
    """Ask for all at once; if that fails unforeseen, for each alone, so that the others are not lost."""
    try:
        return list(make(requests)) if requests else []
    except Exception as error:  # noqa: BLE001 - told to who asked
        if len(requests) == 1:
            return [error]
        return [answer for request in requests for answer in _asked(make, [request])]


def _look_up(work: UnitOfWork, senders: Sequence[Sender]) -> dict[int, Outcome]:
    """Return what those were answered whose keys were answered before."""
    answers = {place: _answered(work, senders[place]) for place in _first(senders)}
    return {place: answer for place, answer in answers.items() if answer is not None}


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
    by_name = {each.prediction.prediction_id: each for each in made}
    new = work.predictions.add_all([(each.prediction, each.kept) for each in by_name.values()])
    work.audit.append_all([_created(by_name[name]) for name in new])
    _log.info("predictions kept", prediction_ids=new)


def _created(made: Made) -> AuditEntry:
    facts = made.prediction.model_dump(mode="json", include=_TOLD) | {"sha256": made.kept.digest}
    return entry_of("prediction.created", made.prediction, made.sender, made.now, after=facts)


_TOLD = {
    "competition", "home", "away", "kickoff", "as_of", "computed_at", "model", "home_win", "draw", "away_win",
    "agreement", "confidence_score", "provenance",
}  # fmt: skip
"""What the audit says of a new prediction; the hash vouches for the rest."""
