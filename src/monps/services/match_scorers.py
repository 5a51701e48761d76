"""Who scores in a match that was predicted: the goals are the prediction's own."""

from datetime import datetime, timedelta

from monps.domain.predictions import EnsemblePrediction
from monps.domain.scorers import LineUps, ScorerForecast, ScorersRequest
from monps.errors import NotEnoughData
from monps.players import FittedPlayers, PlayerModel
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.kept_grid import grid_of
from monps.services.scorers import Forecaster, scorers_of
from monps.tables.appearances import AppearanceTable


def fit_players(open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime) -> FittedPlayers:
    """Learn who plays and who scores in a competition, from what was known at a moment.

    Raises
    ------
    NotEnoughData
        If no line-up of it was known.
    """
    with open_work() as work:
        known = AppearanceTable.from_columns(work.details.appearances([competition], as_of))
    if not len(known):
        raise NotEnoughData(f"no line-up of {competition} was known")
    return PlayerModel().fit(known, as_of)


def scorers_in(
    prediction: EnsemblePrediction, players: FittedPlayers, line_ups: LineUps, *, freshness: timedelta
) -> ScorerForecast:
    """Share the goals of a prediction among the players.

    Parameters
    ----------
    prediction : EnsemblePrediction
        Whose grid is shared out.
    players : FittedPlayers
        As of about the same moment.
    line_ups : LineUps
        Those that are known.
    freshness : timedelta
        Line-ups older than this bring a warning.

    Raises
    ------
    UnknownNameError
        If a player of a line-up was never seen.
    NotEnoughData
        If too little is known of a side's players.
    """
    request = request_of(prediction, line_ups)
    found = Forecaster(grid_of(prediction), prediction.model, players)
    return scorers_of(found, request, as_of=prediction.as_of, freshness=freshness)


def request_of(prediction: EnsemblePrediction, line_ups: LineUps) -> ScorersRequest:
    """Ask who scores in the match of a prediction, seen from the same moment."""
    return ScorersRequest(
        competition=prediction.competition,
        home=prediction.home,
        away=prediction.away,
        as_of=prediction.as_of,
        neutral=prediction.neutral,
        line_ups=line_ups,
    )
