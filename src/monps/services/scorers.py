"""Say who scores in a fixture, from what was known at a moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import numpy as np
import structlog

from monps.domain.scorers import LineUp, ScorerForecast, ScorersRequest
from monps.errors import NotEnoughData, UsageError
from monps.models import ScoreModel
from monps.numerics.grid import ScoreGrid
from monps.players import NOBODY, FittedPlayers, GoalscorerCalculator, PlayerModel, SideScorers, Squads, given
from monps.players.records import SIDE_MINUTES
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.fit import kept_fit
from monps.services.history import read_matches, require_competition, require_teams
from monps.tables.appearances import AppearanceTable

_log = structlog.get_logger()

ANY_OTHER = "any other player"

MEMORY = timedelta(days=4 * 365)
"""How far back appearances are read; what is older has an eighth of its weight or less."""

_MANY_NEW = 0.05


class Forecaster(NamedTuple):
    """What a fixture's scorers follow from.

    Parameters
    ----------
    grid : ScoreGrid
        Of the one fixture.
    model : str
        Who made it.
    players : FittedPlayers
        What is known of the competition's players.
    """

    grid: ScoreGrid
    model: str
    players: FittedPlayers


def predict_scorers(
    open_work: UnitOfWorkFactory,
    model: ScoreModel,
    request: ScorersRequest,
    *,
    now: datetime,
    freshness: timedelta,
) -> ScorerForecast:
    """Fit the competition as it was known at a moment, and share one fixture's goals among the players.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    model : ScoreModel
        The recipe of the scoreline grid.
    request : ScorersRequest
        The fixture, the line-ups where they are known, and the moment from which to look.
    now : datetime
        The present; the default moment.
    freshness : timedelta
        Line-ups older than this bring a warning.

    Raises
    ------
    UsageError
        If a team plays itself.
    UnknownNameError
        If the competition, a team or a player was never seen.
    NotEnoughData
        If nothing of the competition or its players was known.
    """
    if request.home == request.away:
        raise UsageError(f"{request.home} cannot play itself")
    as_of = request.as_of or now
    with open_work() as work:
        competition = require_competition(work, request.competition)
        require_teams(work, competition, (request.home, request.away))
        fitted = kept_fit(work, model, competition.code, as_of)
        fitted = fitted or model.fit(read_matches(work, [competition.code], as_of), as_of)
        told = work.details.appearances([competition.code], as_of, since=as_of - MEMORY)
    appearances = AppearanceTable.from_columns(told)
    if not len(appearances):
        raise NotEnoughData(
            f"no player of {competition.code} was known at {as_of:%Y-%m-%d %H:%M} UTC: ingest line-ups first"
        )
    grid = fitted.grid([request.home], [request.away], neutral=request.neutral)
    found = Forecaster(grid, model.name, PlayerModel().fit(appearances, as_of))
    _log.info("scorers", **request.model_dump(mode="json", include={"competition", "home", "away"}))
    return scorers_of(found, request, as_of=as_of, freshness=freshness)


def scorers_of(
    found: Forecaster, request: ScorersRequest, *, as_of: datetime, freshness: timedelta
) -> ScorerForecast:
    """Share the goals of a fixture's grid among its players, whoever made the grid.

    Parameters
    ----------
    found : Forecaster
        The grid and the players.
    request : ScorersRequest
        The fixture, and the line-ups where they are known.
    as_of : datetime
        The moment from which one looks.
    freshness : timedelta
        Line-ups older than this bring a warning.

    Raises
    ------
    UnknownNameError
        If a player of a line-up was never seen.
    NotEnoughData
        If too little is known of a side's players.
    """
    home = _squads(found.players, request.home, request.line_ups.home)
    away = _squads(found.players, request.away, request.line_ups.away)
    sheet = GoalscorerCalculator(found.grid).price(home.shares, away.shares)
    scorers = [
        *_predictions(found.players, request.home, (home, request.line_ups.home), sheet.home),
        *_predictions(found.players, request.away, (away, request.line_ups.away), sheet.away),
    ]
    goals = found.grid.expected_goals()
    own_goals = float(sheet.home.own_goal_first[0] + sheet.away.own_goal_first[0])
    told = {
        "competition": request.competition,
        "home": request.home,
        "away": request.away,
        "as_of": as_of,
        "model": found.model,
        "matches": len(found.players.records.game_day),
        "home_goals": float(goals[0][0]),
        "away_goals": float(goals[1][0]),
        "home_line_up": _origin(request.line_ups.home),
        "away_line_up": _origin(request.line_ups.away),
        "scorers": tuple(sorted(scorers, key=lambda scorer: -scorer["anytime"])),
        "first_own_goal": own_goals,
        "last_own_goal": own_goals,
        "no_goal": float(sheet.no_goal[0]),
        "warnings": tuple(_warnings(found.players, request, as_of, freshness)),
    }
    return ScorerForecast.model_validate(told)  # with all its scorers in one go


def _origin(line_up: LineUp | None) -> Literal["given", "expected"]:
    return "expected" if line_up is None else "given"


def _squads(players: FittedPlayers, team: str, line_up: LineUp | None) -> Squads:
    if team not in players.records.teams:
        raise NotEnoughData(f"no line-up of {team} was known")
    return players.expected([team]) if line_up is None else given(players, team, line_up)


def _predictions(
    players: FittedPlayers, team: str, squad: tuple[Squads, LineUp | None], scorers: SideScorers
) -> Iterator[dict[str, Any]]:
    """Yield what is said of a side's players, and last of all who are not named, if they may score."""
    squads, line_up = squad
    called = () if line_up is None else (*line_up.starting, *line_up.bench)
    chances = {name: getattr(scorers, part)[0].tolist() for name, part in _CHANCES.items()}
    shares = squads.shares
    plays, starts = np.minimum(shares.plays[0], 1.0).tolist(), shares.starts[0].tolist()
    numbers, minutes = squads.players[0].tolist(), squads.minutes[0].tolist()
    for column, player in enumerate(numbers):
        if player != NOBODY:
            yield {
                "player": called[column] if column < len(called) else players.records.names[player],
                "team": team,
                "position": players.position(player),
                "play_probability": plays[column],
                "start_probability": min(starts[column], plays[column]),
                "expected_minutes": minutes[column],
                **_chances(chances, column, plays[column]),
            }
    if shares.others[0] > 0:
        yield {
            "player": ANY_OTHER,
            "team": team,
            "any_other": True,
            "play_probability": 1.0,
            "start_probability": None,
            "expected_minutes": max(SIDE_MINUTES - float(squads.minutes.sum()), 0.0),
            **_chances(chances, -1, 1.0),
        }


_CHANCES = {
    "share": "share",
    "anytime": "anytime",
    "first": "first",
    "last": "first",
    "team_first_scorer": "team_first",
    "two_or_more": "two_or_more",
    "hat_trick": "hat_trick",
}
"""What a scorer is told, by what the sheet calls it; the last goal is anybody's as the first one is."""


def _chances(side: Mapping[str, list[float]], column: int, plays: float) -> dict[str, float | None]:
    told = {name: values[column] for name, values in side.items()}
    return told | {"fair_odds": plays / told["anytime"] if told["anytime"] > 0 else None}


def _warnings(
    players: FittedPlayers, request: ScorersRequest, as_of: datetime, freshness: timedelta
) -> Iterator[str]:
    last = players.records.last_days
    for team, line_up in ((request.home, request.line_ups.home), (request.away, request.line_ups.away)):
        side = players.records.teams.require(team)
        age = as_of.timestamp() / 86_400 - last[side]
        if age > freshness / timedelta(days=1):
            yield f"the newest line-up of {team} is {age:.0f} days old"
        new = players.time.new_starters[side]
        if line_up is None and new > _MANY_NEW:
            yield f"{new:.0%} of {team}'s eleven are expected to be players not seen before"
