"""Forecasts of fixtures to come, from what was known at a moment, as grids with their uncertainty."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from monps.agents import Agent
from monps.brain import UnifiedBrain
from monps.brain.fitted import FittedBrain
from monps.domain.football import Fixture
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid
from monps.ports.unit_of_work import UnitOfWork
from monps.services.history import read_history
from monps.tables.fixtures import fixture_table
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable


class LiveForecast(NamedTuple):
    """Forecasts of n fixtures.

    Parameters
    ----------
    made : ndarray of bool, shape (n,)
        Whether there is one.
    grid : ScoreGrid
        Of the c fixtures that have one.
    errors : ndarray, shape (c, 2)
        Standard errors of the logarithms of both sides' goal rates.
    """

    made: Bools
    grid: ScoreGrid
    errors: Floats


def forecast_fixtures(
    work: UnitOfWork,
    agent: Agent,
    fixtures: Sequence[tuple[int, Fixture]],
    quotes: QuoteTable,
    *,
    as_of: datetime,
) -> LiveForecast:
    """Let a forecaster learn what was known of one competition, and ask it about fixtures.

    Parameters
    ----------
    work : UnitOfWork
        Where the history is read.
    agent : Agent
        Who forecasts.
    fixtures : sequence of (int, Fixture)
        At least one, all of one competition, with their numbers.
    quotes : QuoteTable
        Theirs, as known at the moment.
    as_of : datetime
        The moment from which one looks.

    Raises
    ------
    NotEnoughData
        If nothing of the competition was known.
    """
    key = fixtures[0][1].key
    code, season = key.competition, key.season.start
    history = read_history(work, [code], as_of)
    table = fixture_table([fixture for _, fixture in fixtures], [number for number, _ in fixtures])
    if isinstance(agent, UnifiedBrain):
        return _pooled(agent.learn(history, as_of, {code: season})[code], table, quotes)
    said = agent.fit(history, as_of, {code: season})[code].forecast(table, quotes)
    return LiveForecast(said.made, said.grid(said.made), np.nan_to_num(said.errors[said.made]))


def consult_kept(
    fitted: FittedBrain, fixtures: Sequence[tuple[int, Fixture]], quotes: QuoteTable
) -> LiveForecast:
    """Ask a brain that has learned already about fixtures.

    Parameters
    ----------
    fitted : FittedBrain
        To the competition, from the moment from which one looks.
    fixtures : sequence of (int, Fixture)
        At least one, all of that competition, with their numbers.
    quotes : QuoteTable
        Theirs, as known at the moment.
    """
    table = fixture_table([fixture for _, fixture in fixtures], [number for number, _ in fixtures])
    return _pooled(fitted, table, quotes)


def _pooled(fitted: FittedBrain, table: MatchTable, quotes: QuoteTable) -> LiveForecast:
    consensus = fitted.consult(table, quotes)
    return LiveForecast(consensus.made, consensus.grid, consensus.errors)
