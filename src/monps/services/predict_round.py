"""Predict matches of the calendar, one or a whole round."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from monps.domain.predictions import ForecastRequest
from monps.errors import MonpsError
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import Make, Rules, Sender, Submitted, submit_prediction
from monps.services.rounds import ListedMatch


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
    request = ForecastRequest(
        competition=match.competition,
        home=match.home,
        away=match.away,
        kickoff=match.kickoff,
        neutral=match.neutral,
    )
    return submit_prediction(
        open_work, asking.make, lambda: request, rules=asking.rules, sender=asking.sender, now=asking.now
    )


def predict_round(
    open_work: UnitOfWorkFactory, matches: Sequence[ListedMatch], asking: Asking
) -> RoundOutcome:
    """Predict matches one after the other; a refusal of one stops none of the others.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where predictions are kept.
    matches : sequence of ListedMatch
        Those that were played are left out.
    asking : Asking
        Who asks whom.
    """
    made, refused = 0, []
    for match in matches:
        if match.score is not None:
            continue
        try:
            predict_listed(open_work, match, asking)
        except MonpsError as error:
            refused.append(Refused(match, str(error)))
        else:
            made += 1
    return RoundOutcome(made, tuple(refused))
