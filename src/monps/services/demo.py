"""Show the whole path on what the store holds: a fit, and the prices of the next round."""

from datetime import datetime, timedelta

import polars as pl

from monps.domain.base import Noun
from monps.domain.football import Competition
from monps.domain.predictions import ForecastRequest, MatchForecast
from monps.errors import NotEnoughData
from monps.models import ScoreModel
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.fit import CompetitionFit, describe
from monps.services.history import read_matches
from monps.services.predict import price_fixture
from monps.tables.matches import MatchTable

_ROUND = timedelta(days=3)


class Preview(Noun):
    """A competition's fit, and every fixture of its next round priced with it."""

    competition: Competition
    fit: CompetitionFit
    forecasts: tuple[MatchForecast, ...]


def preview_round(
    open_work: UnitOfWorkFactory, model: ScoreModel, *, now: datetime, freshness: timedelta
) -> Preview:
    """Fit the first division and price its next round.

    One looks from when the newest result became known. Where the store knows no fixture to come, the last
    round that was played is priced instead, from the moment it began.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    model : ScoreModel
        The recipe.
    now : datetime
        The present: what was ingested until now counts.
    freshness : timedelta
        Data older than this brings a warning.

    Raises
    ------
    NotEnoughData
        If the store is empty.
    """
    with open_work() as work:
        competition = _first_division(work)
        newest = work.matches.latest_known_at(competition.code)
        if newest is None:
            raise NotEnoughData(f"there is no result of {competition.code} yet")
        table = read_matches(work, [competition.code], newest)
        requests = _next_round(work, competition.code, newest, now) or _last_round(table)
    as_of = min(newest, *(request.kickoff for request in requests))
    history = table.until(as_of)
    fitted = model.fit(history, as_of)
    forecasts = tuple(price_fixture(fitted, history, request, freshness) for request in requests)
    return Preview(competition=competition, fit=describe(competition.code, fitted), forecasts=forecasts)


def _first_division(work: UnitOfWork) -> Competition:
    known = sorted(work.matches.competitions(), key=lambda competition: (competition.tier, competition.code))
    if not known:
        raise NotEnoughData("there are no matches yet")
    return known[0]


def _next_round(work: UnitOfWork, competition: str, newest: datetime, now: datetime) -> list[ForecastRequest]:
    stored = [row.fixture for row in work.matches.fixtures([competition], now)]
    coming = [fixture for fixture in stored if fixture.kickoff >= newest]
    return [
        ForecastRequest(
            competition=competition,
            home=fixture.key.home,
            away=fixture.key.away,
            kickoff=fixture.kickoff,
            neutral=fixture.neutral,
        )
        for fixture in coming
        if fixture.kickoff < coming[0].kickoff + _ROUND
    ]


def _last_round(table: MatchTable) -> list[ForecastRequest]:
    begins = pl.col("kickoff").max() - _ROUND
    last = table.where(pl.col("kickoff") > begins).frame
    columns = ("competition", "home", "away", "kickoff", "neutral")
    return [ForecastRequest(**row) for row in last.select(columns).iter_rows(named=True)]
