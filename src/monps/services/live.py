"""Forecasts of fixtures to come, from what was known at a moment, as grids with their uncertainty."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from monps.agents import Agent
from monps.brain import UnifiedBrain
from monps.domain.football import Fixture
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid
from monps.ports.unit_of_work import UnitOfWork
from monps.services.history import read_history
from monps.tables.fixtures import fixture_table
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
        consensus = agent.learn(history, as_of, {code: season})[code].consult(table, quotes)
        return LiveForecast(consensus.made, consensus.grid, consensus.errors)
    said = agent.fit(history, as_of, {code: season})[code].forecast(table, quotes)
    return LiveForecast(said.made, said.grid(said.made), np.nan_to_num(said.errors[said.made]))
