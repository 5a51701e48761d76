"""What was predicted, kept."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from monps.domain.predictions import EnsemblePrediction, PredictionSummary


class PredictionFilter(NamedTuple):
    """Which predictions to list; None means all.

    ``date_from`` and ``date_to`` bound the kick-off. ``market`` is a family, ``min_edge`` the least edge that
    odds on offer had (in that market, if one is given).
    """

    match_id: int | None = None
    competition: str | None = None
    market: str | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
    min_edge: float | None = None


ALL_PREDICTIONS = PredictionFilter()


class Cursor(NamedTuple):
    """Where a page ended: the last prediction on it."""

    computed_at: datetime
    prediction_id: str


class KeptPrediction(NamedTuple):
    """A prediction as finished JSON, with its SHA-256; ``revision`` counts changes by hand, from 1."""

    payload: bytes
    revision: int
    digest: str


def kept_as(payload: bytes, revision: int = 1) -> KeptPrediction:
    """Return finished JSON as it is kept.

    Examples
    --------
    >>> kept_as(b"{}").digest[:8]
    '44136fa3'
    """
    return KeptPrediction(payload, revision, hashlib.sha256(payload).hexdigest())


class PredictionRepository(Protocol):
    """Predictions, each exactly as it was computed."""

    def add(self, prediction: EnsemblePrediction, payload: bytes) -> None:
        """Keep a prediction, and all of it as JSON; the very same one is kept once."""
        ...

    def add_all(self, made: Sequence[tuple[EnsemblePrediction, KeptPrediction]]) -> list[str]:
        """Keep several; return the numbers of those that were not kept already."""
        ...

    def find(self, prediction_id: str) -> EnsemblePrediction | None:
        """Return a prediction."""
        ...

    def kept(self, prediction_id: str) -> KeptPrediction | None:
        """Return a prediction's JSON as it stands, without reading it."""
        ...

    def kept_all(self, prediction_ids: Sequence[str]) -> Mapping[str, KeptPrediction]:
        """Return those of several that there are, by their numbers."""
        ...

    def replace(self, prediction: EnsemblePrediction, payload: bytes, revision: int) -> None:
        """Keep a prediction that somebody changed by hand.

        Raises
        ------
        ConflictError
            If ``revision`` is not the one that is kept: somebody else changed it in between.
        """
        ...

    def page(
        self, only: PredictionFilter = ALL_PREDICTIONS, *, after: Cursor | None = None, limit: int = 100
    ) -> Sequence[PredictionSummary]:
        """Return predictions in short, the last computed first."""
        ...

    def count(self, only: PredictionFilter = ALL_PREDICTIONS) -> int:
        """Return how many there are."""
        ...

    def latest(self) -> datetime | None:
        """Return when the last prediction was computed."""
        ...
