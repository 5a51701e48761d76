"""Predictions that say who scores, too: their own grid's goals, shared among the players."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from monps.domain.predictions import EnsemblePrediction
from monps.domain.scorers import LineUps
from monps.errors import NotEnoughData
from monps.numerics.grid import ScoreGrid
from monps.players import FittedPlayers
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.match_scorers import fit_players, request_of
from monps.services.scorers import Forecaster, scorers_of

_MOST = 32


class Learned(NamedTuple):
    """Of which competition's players, from what was known when, in which state of the store."""

    competition: str
    as_of: datetime
    data_version: str


class PlayersAtHand:
    """Keeps what was learned of players; threads may share it."""

    def __init__(self) -> None:
        self._held: OrderedDict[Learned, FittedPlayers | NotEnoughData] = OrderedDict()
        self._lock = Lock()

    def find(self, open_work: UnitOfWorkFactory, wanted: Learned) -> FittedPlayers:
        """Return what is known of a competition's players, learned at most once from one moment.

        Raises
        ------
        NotEnoughData
            If no line-up was known.
        """
        with self._lock:
            if wanted not in self._held:
                self._held[wanted] = _learned(open_work, wanted)
                while len(self._held) > _MOST:
                    self._held.popitem(last=False)
            found = self._held[wanted]
        if isinstance(found, NotEnoughData):
            raise NotEnoughData(str(found))
        return found


def _learned(open_work: UnitOfWorkFactory, wanted: Learned) -> FittedPlayers | NotEnoughData:
    try:
        return fit_players(open_work, wanted.competition, as_of=wanted.as_of)
    except NotEnoughData as error:
        return error


def with_scorers(
    prediction: EnsemblePrediction,
    grid: ScoreGrid,
    find: Callable[[], FittedPlayers],
    line_ups: LineUps,
    *,
    freshness: timedelta,
) -> EnsemblePrediction:
    """Return a prediction that says who scores, or warns why it does not.

    Parameters
    ----------
    prediction : EnsemblePrediction
        Without scorers.
    grid : ScoreGrid
        The very one from which the prediction's prices come.
    find : callable
        Finds what is known of the players.
    line_ups : LineUps
        Those that are known.
    freshness : timedelta
        Line-ups older than this bring a warning.

    Raises
    ------
    UnknownNameError
        If a player of a line-up was never seen.
    """
    asked = {"line_ups": line_ups, "prediction_id": _name(prediction, line_ups)}
    request, as_of = request_of(prediction, line_ups), prediction.as_of
    try:
        found = Forecaster(grid, prediction.model, find())
        scorers = scorers_of(found, request, as_of=as_of, freshness=freshness)
    except NotEnoughData as error:
        warnings = (*prediction.warnings, f"no scorers: {error}")
        return prediction.model_copy(update=asked | {"warnings": warnings})
    return prediction.model_copy(update=asked | {"scorers": scorers})


def _name(prediction: EnsemblePrediction, line_ups: LineUps) -> str:
    """Name a prediction by its line-ups, too: with others it is another."""
    text = f"{prediction.prediction_id} {line_ups.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]
