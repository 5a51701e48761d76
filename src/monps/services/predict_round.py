"""Predict matches of the calendar, one or a whole round."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from monps.domain.predictions import ForecastRequest
from monps.errors import MonpsError
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import Rules, Sender, Submitted
from monps.services.rounds import ListedMatch
from monps.services.submit import Make, Submission, submit_all, submit_prediction


class Asking(NamedTuple):
    """Who asks whom, when, and what is predicted at all."""

    make: Make
    rules: Rules
    sender: Sender
    now: datetime


class Refused(NamedTuple):
    """A match that was not predicted, and why."""

    match: ListedMatch
    reason: str


class RoundOutcome(NamedTuple):
    """How many predictions were kept, and which matches have none."""

    made: int
    refused: tuple[Refused, ...]


def predict_listed(open_work: UnitOfWorkFactory, match: ListedMatch, asking: Asking) -> Submitted:
    """Predict one match of the calendar, and keep the prediction.

    Raises
    ------
    MonpsError
        As ``submit_prediction``, and as the brain.
    """
    return submit_prediction(open_work, asking.make, _submission(match, asking), rules=asking.rules)


def predict_round(
    open_work: UnitOfWorkFactory, matches: Sequence[ListedMatch], asking: Asking
) -> RoundOutcome:
    """Predict matches together; a refusal of one stops none of the others.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where predictions are kept.
    matches : sequence of ListedMatch
        Those that were played are left out.
    asking : Asking
        Who asks whom.
    """
    coming = [match for match in matches if match.score is None]
    submissions = [_submission(match, asking) for match in coming]
    outcomes = submit_all(open_work, asking.make, submissions, rules=asking.rules) if coming else []
    refused = []
    for match, outcome in zip(coming, outcomes, strict=True):
        if isinstance(outcome, MonpsError):
            refused.append(Refused(match, str(outcome)))
        elif isinstance(outcome, Exception):
            raise outcome
    return RoundOutcome(len(coming) - len(refused), tuple(refused))


def _submission(match: ListedMatch, asking: Asking) -> Submission:
    request = ForecastRequest(
        competition=match.competition,
        home=match.home,
        away=match.away,
        kickoff=match.kickoff,
        neutral=match.neutral,
    )
    return Submission(lambda: request, asking.sender, asking.now)
