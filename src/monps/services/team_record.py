"""One team through time: its strengths, and its results beside what was expected of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from monps.agents import Agent, History
from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.errors import NotEnoughData
from monps.models import FittedScoreModel, ScoreModel
from monps.numerics.checks import Floats
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.history import read_matches, require_competition, require_teams
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

_MONTH = timedelta(days=30)
_MONTHS = 18
_LEARNED_FROM = timedelta(days=4 * 365)
_RESULTS = 20
_POINTS_FOR_A_WIN = 3


class DatedStrength(Noun):
    """A team's attack and defence as seen from one moment, on the log scale, 0 being the league's mean."""

    as_of: Moment
    attack: float
    attack_error: float
    defence: float
    defence_error: float


class TeamResult(Noun):
    """A match of one team: what it scored, and the points it won and was expected to win.

    ``expected_points`` is 3 × P(win) + P(draw), forecast from what was known on the morning; None where
    nothing was known to forecast from.
    """

    match_id: int
    kickoff: Moment
    opponent: TeamName
    at_home: bool
    goals: int
    goals_against: int
    points: int
    expected_points: float | None


class TeamRecord(Noun):
    """A team's strengths month by month, and its latest results, both in order of time."""

    team: TeamName
    competition: CompetitionCode
    as_of: Moment
    strengths: tuple[DatedStrength, ...]
    results: tuple[TeamResult, ...]


def team_record(
    open_work: UnitOfWorkFactory,
    competition: str,
    team: str,
    *,
    model: ScoreModel,
    agent: Agent,
    as_of: datetime,
) -> TeamRecord:
    """Look back at a team, month by month and match by match.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    competition, team : str
        The code, and the name.
    model : ScoreModel
        Whose strengths are shown.
    agent : Agent
        Who says what was to be expected; it must need no quotes.
    as_of : datetime
        The moment from which to look.

    Raises
    ------
    UnknownNameError
        If the competition or the team was never seen.
    NotEnoughData
        If there is no result of them.
    """
    with open_work() as work:
        found = require_competition(work, competition)
        require_teams(work, found, [team])
        table = read_matches(work, [found.code], as_of, as_of - _LEARNED_FROM)
    if not _of(table, team).any():
        raise NotEnoughData(f"{team} played no match of {found.name} in the last four years")
    return TeamRecord(
        team=team,
        competition=found.code,
        as_of=as_of,
        strengths=tuple(_strengths(model, table, team)),
        results=tuple(_results(agent, table, team)),
    )


def _strengths(model: ScoreModel, table: MatchTable, team: str) -> Iterator[DatedStrength]:
    """Fit month by month, each time from the month before, from the team's first match on."""
    last = table.last_known_at()
    fitted: FittedScoreModel | None = None
    for months in reversed(range(_MONTHS)):
        moment = last - months * _MONTH
        known = table.until(moment)
        if not _of(known, team).any():
            continue
        fitted = model.fit(known, moment, start=fitted)
        yield _strength(fitted, team, moment)


def _strength(fitted: FittedScoreModel, team: str, moment: datetime) -> DatedStrength:
    rows = fitted.strengths.to_frame().filter(pl.col("team") == team)
    return DatedStrength(as_of=moment, **rows.drop("team").row(0, named=True))


def _results(agent: Agent, table: MatchTable, team: str) -> Iterator[TeamResult]:
    wanted = _of(table, team)
    wanted &= np.cumsum(wanted[::-1])[::-1] <= _RESULTS
    expected = _expected_points(agent, table, wanted)
    rows = table.frame.filter(wanted).iter_rows(named=True)
    for row, points in zip(rows, expected[wanted], strict=True):
        yield _result(row, team, points)


def _expected_points(agent: Agent, table: MatchTable, wanted: np.ndarray) -> Floats:
    """Shape (n, 2): points that both sides were expected to win; NaN where there is no forecast."""
    forecast = agent.replay(History(table, QuoteTable.from_quotes([])), wanted)
    made = wanted & forecast.made
    points = np.full((len(table), 2), np.nan)
    home, draw, away = forecast.grid(made).outcomes().T
    points[made] = np.stack([_POINTS_FOR_A_WIN * home + draw, _POINTS_FOR_A_WIN * away + draw], axis=1)
    return points


def _result(row: dict[str, object], team: str, expected: Floats) -> TeamResult:
    at_home = row["home"] == team
    own, other = ("home", "away") if at_home else ("away", "home")
    goals, against = int(row[f"{own}_goals"]), int(row[f"{other}_goals"])  # type: ignore[call-overload]
    points = float(expected[0 if at_home else 1])
    return TeamResult(
        match_id=row["match_id"],
        kickoff=row["kickoff"],
        opponent=row[other],
        at_home=at_home,
        goals=goals,
        goals_against=against,
        points=_POINTS_FOR_A_WIN if goals > against else int(goals == against),
        expected_points=points if np.isfinite(points) else None,
    )


def _of(table: MatchTable, team: str) -> np.ndarray:
    mine = (pl.col("home") == team) | (pl.col("away") == team)
    return np.array(table.frame.select(mine).to_series().to_numpy(), dtype=np.bool_)
