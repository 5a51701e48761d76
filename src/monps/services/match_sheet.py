"""Everything that was kept about one match: its fixture, its last predictions, and what is offered on it."""

from datetime import datetime

from monps.domain.base import Noun
from monps.domain.predictions import EnsemblePrediction
from monps.ports.predictions import PredictionFilter
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.rounds import ListedMatch, find_match

_LAST_TWO = 2


class MatchSheet(Noun):
    """A match with its latest prediction, and the one before that."""

    match: ListedMatch
    latest: EnsemblePrediction | None = None
    previous: EnsemblePrediction | None = None


def read_match_sheet(open_work: UnitOfWorkFactory, match_id: int, *, now: datetime) -> MatchSheet:
    """Return what was kept about a match.

    Raises
    ------
    MatchNotFoundError
        If there is no such match.
    """
    match = find_match(open_work, match_id, now=now)
    with open_work() as work:
        made = work.predictions.page(PredictionFilter(match_id=match_id), limit=_LAST_TWO)
        latest, previous, *_ = (*(_find(work, each.prediction_id) for each in made), None, None)
    return MatchSheet(match=match, latest=latest, previous=previous)


def _find(work: UnitOfWork, prediction_id: str) -> EnsemblePrediction | None:
    return work.predictions.find(prediction_id)
