"""Show the whole path on what the store holds: a fit, the prices of the next round, and a scorecard."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

import polars as pl

from monps.agents import AGENTS, History
from monps.backtest import evaluate
from monps.domain.backtest import BacktestRequest
from monps.domain.base import Noun
from monps.domain.evaluation import Evaluation
from monps.domain.football import Competition
from monps.domain.predictions import ForecastRequest, MatchForecast
from monps.errors import NotEnoughData
from monps.models import ScoreModel
from monps.numerics.checks import Bools
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.fit import CompetitionFit, describe
from monps.services.history import read_history, read_matches, require_competition
from monps.services.jobs import list_backtests, start_backtest
from monps.services.predict import price_fixture
from monps.services.predict_round import Asking, RoundOutcome, predict_round
from monps.services.rounds import list_round
from monps.tables.matches import MatchTable

FORECASTERS = ("base_rate", "dixon_coles", "market_memory", "bookmakers", "closing")
"""Who stands on the scorecard, from knowing least to knowing most."""

_ROUND = timedelta(days=3)
_SEASONS_JUDGED = 2
_QUEUED = ("goals", "brain")
_JUDGED = timedelta(days=3 * 365)

OnForecaster = Callable[[str], None]
"""Called with a forecaster's name once it is judged."""


class Preview(Noun):
    """A competition's fit, and every fixture of its next round priced with it."""

    competition: Competition
    fit: CompetitionFit
    forecasts: tuple[MatchForecast, ...]


def preview_round(
    open_work: UnitOfWorkFactory,
    model: ScoreModel,
    competition: str | None = None,
    *,
    now: datetime,
    freshness: timedelta,
) -> Preview:
    """Fit a competition, by default a first division, and price its next round.

    One looks from when the newest result became known. Where the store knows no fixture to come, the last
    round that was played is priced instead, from the moment it began.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    model : ScoreModel
        The recipe.
    competition : str, optional
        Its code.
    now : datetime
        The present: what was ingested until now counts.
    freshness : timedelta
        Data older than this brings a warning.

    Raises
    ------
    NotEnoughData
        If the store is empty.
    UnknownNameError
        If the competition is not in it.
    """
    with open_work() as work:
        chosen = require_competition(work, competition) if competition else _first_division(work)
        newest = _newest(work, chosen.code)
        table = read_matches(work, [chosen.code], newest)
        requests = _next_round(work, chosen.code, newest, now) or _last_round(table)
    as_of = min(newest, *(request.kickoff for request in requests))
    history = table.until(as_of)
    fitted = model.fit(history, as_of)
    forecasts = tuple(price_fixture(fitted, history, request, freshness) for request in requests)
    return Preview(competition=chosen, fit=describe(chosen.code, fitted), forecasts=forecasts)


def judge_forecasters(
    open_work: UnitOfWorkFactory, competition: str, on_forecaster: OnForecaster = lambda _: None
) -> tuple[Evaluation, ...]:
    """Walk forward through a competition's last two seasons, and score forecasters beside the market.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    competition : str
        Its code.
    on_forecaster : callable
        Told the name of each forecaster when it is judged.

    Returns
    -------
    tuple of Evaluation
        One for each of ``FORECASTERS`` that had enough to go by.

    Raises
    ------
    NotEnoughData
        If there is no result.
    """
    with open_work() as work:
        history = read_history(work, [competition], _newest(work, competition))
    seasons = history.matches.column("season")
    wanted = seasons > seasons.max() - _SEASONS_JUDGED
    return tuple(_judged(history, wanted, on_forecaster))


def fill_dashboard(
    open_work: UnitOfWorkFactory, asking: Asking, competition: str | None = None
) -> RoundOutcome:
    """Predict the next round of every competition, and queue backtests of one, so that there is much to see.

    Competitions are kept one after the other, so that who looks on sees something early.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the calendar is read, and what is made is kept.
    asking : Asking
        Who asks the brain.
    competition : str, optional
        Whose last seasons are to be judged; by default a first division's.
    """
    outcome = _predict_in_turn(open_work, asking)
    with open_work() as work:
        code = competition or _first_division(work).code
        newest = _newest(work, code)
    if not list_backtests(open_work).total:
        for forecaster in _QUEUED:
            request = BacktestRequest(
                competitions=(code,),
                first_day=(newest - _JUDGED).date(),
                last_day=newest.date(),
                forecaster=forecaster,
            )
            start_backtest(open_work, request, now=asking.now, actor=asking.sender.actor)
    return outcome


def _predict_in_turn(open_work: UnitOfWorkFactory, asking: Asking) -> RoundOutcome:
    listed = sorted(list_round(open_work, now=asking.now), key=lambda match: match.competition)
    outcomes = [
        predict_round(open_work, list(matches), asking)
        for _, matches in groupby(listed, key=lambda match: match.competition)
    ]
    refused = tuple(each for outcome in outcomes for each in outcome.refused)
    return RoundOutcome(sum(outcome.made for outcome in outcomes), refused)


def _judged(history: History, wanted: Bools, on_forecaster: OnForecaster) -> Iterator[Evaluation]:
    for name in FORECASTERS:
        try:
            yield evaluate(history, AGENTS[name], wanted)
        except NotEnoughData:
            continue  # real files may hold no prices: then there is no market to judge
        finally:
            on_forecaster(name)


def _newest(work: UnitOfWork, competition: str) -> datetime:
    newest = work.matches.latest_known_at(competition)
    if newest is None:
        raise NotEnoughData(f"there is no result of {competition} yet")
    return newest


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
