"""Price fixtures from what was known at a moment."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import structlog

from monps.domain.predictions import ForecastRequest, MarketPrediction, MatchForecast, ScoreChance
from monps.errors import UsageError
from monps.markets.pricing import price
from monps.markets.sheet import PriceSheet
from monps.models import FittedScoreModel, ScoreModel
from monps.numerics.grid import ScoreGrid
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.fit import kept_fit
from monps.services.history import read_matches, require_competition, require_teams
from monps.tables.matches import MatchTable

_log = structlog.get_logger()

_LIKELIEST = 10
_FEW_MATCHES = 10
_RECENT = timedelta(days=365)


def predict_match(
    open_work: UnitOfWorkFactory,
    model: ScoreModel,
    request: ForecastRequest,
    *,
    now: datetime,
    freshness: timedelta,
) -> MatchForecast:
    """Fit the competition as it was known at a moment, and price one fixture.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    model : ScoreModel
        The recipe.
    request : ForecastRequest
        The fixture, and the moment from which to look.
    now : datetime
        The present; the default moment, unless the match has begun already.
    freshness : timedelta
        Data older than this brings a warning.

    Raises
    ------
    UsageError
        If one would look from after kick-off, or a team plays itself.
    UnknownNameError
        If the competition or a team was never seen.
    NotEnoughData
        If nothing of the competition was known.
    """
    as_of = viewpoint(request, now)
    with open_work() as work:
        competition = require_competition(work, request.competition)
        require_teams(work, competition, (request.home, request.away))
        table = read_matches(work, [competition.code], as_of)
        fitted = kept_fit(work, model, competition.code, as_of)
    forecast = price_fixture(fitted or model.fit(table, as_of), table, request, freshness)
    _log.info(
        "predicted", **request.model_dump(mode="json", exclude={"as_of", "line_ups"}), as_of=as_of.isoformat()
    )
    return forecast


def viewpoint(request: ForecastRequest, now: datetime) -> datetime:
    """Return the moment from which one looks: as asked, else now, and never after kick-off.

    Raises
    ------
    UsageError
        If a moment after kick-off is asked for.
    """
    if request.as_of is None:
        return min(now, request.kickoff)
    if request.as_of > request.kickoff:
        raise UsageError(
            f"as_of {request.as_of:%Y-%m-%d %H:%M} UTC is after kick-off: that would be looking ahead"
        )
    return request.as_of


def price_fixture(
    fitted: FittedScoreModel, table: MatchTable, request: ForecastRequest, freshness: timedelta
) -> MatchForecast:
    """Price one fixture with a fitted model; ``table`` is the history that it was fitted to."""
    homes, aways, neutral = [request.home], [request.away], request.neutral
    grid = fitted.grid(homes, aways, neutral=neutral)
    goals = np.concatenate(grid.expected_goals())
    errors = goals * fitted.rate_errors(homes, aways, neutral=neutral)[0]
    home_win, draw, away_win = map(float, grid.outcomes()[0])
    as_of = fitted.report.as_of
    known_at = table.last_known_at()
    return MatchForecast(
        **request.model_dump(exclude={"as_of", "referee", "line_ups"}),
        as_of=as_of,
        model=fitted.report.model,
        matches=fitted.report.matches,
        data_known_at=known_at,
        data_age_days=(as_of - known_at) / timedelta(days=1),
        home_win=home_win,
        draw=draw,
        away_win=away_win,
        home_goals=goals[0],
        away_goals=goals[1],
        home_goals_error=errors[0],
        away_goals_error=errors[1],
        scores=tuple(_likeliest(grid)),
        markets=tuple(_prices(price(grid))),
        warnings=tuple(_warnings(table, request, as_of, freshness)),
    )


def _likeliest(grid: ScoreGrid) -> Iterator[ScoreChance]:
    scores, chances = grid.likeliest(_LIKELIEST)
    for (home, away), chance in zip(scores[0].tolist(), chances[0].tolist(), strict=True):
        yield ScoreChance(home=home, away=away, probability=chance)


def _prices(sheet: PriceSheet) -> Iterator[MarketPrediction]:
    for entry in sheet.sheet(0):
        yield MarketPrediction(
            **entry.selection.market._asdict(),
            selection=entry.selection.name,
            probability=entry.probability,
            fair_odds=entry.fair_odds if math.isfinite(entry.fair_odds) else None,
        )


def _warnings(
    table: MatchTable, request: ForecastRequest, as_of: datetime, freshness: timedelta
) -> Iterator[str]:
    age = as_of - table.last_known_at()
    if age > freshness:
        yield f"the newest result is {age.days} days old"
    recent = table.where(pl.col("kickoff") > as_of - _RECENT).frame
    for team in (request.home, request.away):
        played = recent.filter((pl.col("home") == team) | (pl.col("away") == team)).height
        if played < _FEW_MATCHES:
            where = f"{request.competition} in the year before"
            yield f"{team} played {played} matches of {where}: wide uncertainty"
