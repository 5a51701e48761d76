"""Say who scores in a fixture, given its scoreline grid."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import numpy as np

from monps.domain.scorers import GoalscorerPrediction, LineUp, ScorerForecast, ScorersRequest
from monps.errors import NotEnoughData
from monps.numerics.grid import ScoreGrid
from monps.players import NOBODY, FittedPlayers, GoalscorerCalculator, SideScorers, Squads, given
from monps.players.records import SIDE_MINUTES

ANY_OTHER = "any other player"

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
    return ScorerForecast(
        competition=request.competition,
        home=request.home,
        away=request.away,
        as_of=as_of,
        model=found.model,
        matches=len(found.players.records.game_day),
        home_goals=float(goals[0][0]),
        away_goals=float(goals[1][0]),
        home_line_up=_origin(request.line_ups.home),
        away_line_up=_origin(request.line_ups.away),
        scorers=tuple(sorted(scorers, key=lambda scorer: -scorer.anytime)),
        first_own_goal=own_goals,
        last_own_goal=own_goals,
        no_goal=float(sheet.no_goal[0]),
        warnings=tuple(_warnings(found.players, request, as_of, freshness)),
    )


def _origin(line_up: LineUp | None) -> Literal["given", "expected"]:
    return "expected" if line_up is None else "given"


def _squads(players: FittedPlayers, team: str, line_up: LineUp | None) -> Squads:
    if team not in players.records.teams:
        raise NotEnoughData(f"no line-up of {team} was known")
    return players.expected([team]) if line_up is None else given(players, team, line_up)


def _predictions(
    players: FittedPlayers, team: str, squad: tuple[Squads, LineUp | None], scorers: SideScorers
) -> Iterator[GoalscorerPrediction]:
    """Yield a side's players, and last all who are not named, if they may score."""
    squads, line_up = squad
    called = () if line_up is None else (*line_up.starting, *line_up.bench)
    for column in np.flatnonzero(squads.players[0] != NOBODY).tolist():
        player = int(squads.players[0, column])
        plays = min(float(squads.shares.plays[0, column]), 1.0)
        yield GoalscorerPrediction(
            player=called[column] if column < len(called) else players.records.names[player],
            team=team,
            position=players.position(player),
            play_probability=plays,
            start_probability=min(float(squads.shares.starts[0, column]), plays),
            expected_minutes=float(squads.minutes[0, column]),
            **_chances(scorers, column, plays),
        )
    if squads.shares.others[0] > 0:
        yield GoalscorerPrediction(
            player=ANY_OTHER,
            team=team,
            any_other=True,
            play_probability=1.0,
            start_probability=None,
            expected_minutes=max(SIDE_MINUTES - float(squads.minutes.sum()), 0.0),
            **_chances(scorers, -1, 1.0),
        )


def _chances(scorers: SideScorers, column: int, plays: float) -> dict[str, Any]:
    first, anytime = float(scorers.first[0, column]), float(scorers.anytime[0, column])
    return {
        "share": float(scorers.share[0, column]),
        "anytime": anytime,
        "first": first,
        "last": first,
        "team_first_scorer": float(scorers.team_first[0, column]),
        "two_or_more": float(scorers.two_or_more[0, column]),
        "hat_trick": float(scorers.hat_trick[0, column]),
        "fair_odds": plays / anytime if anytime > 0 else None,
    }


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
