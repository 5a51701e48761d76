"""Judge a forecaster walk-forward on what the store holds."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from monps.agents import Agent
from monps.backtest import evaluate, rows_between
from monps.brain import FORECASTERS
from monps.domain.evaluation import Evaluation
from monps.errors import UnknownNameError
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.history import read_history, require_competition
from monps.tables.encode import nearest_names

OnStage = Callable[[str, float], None]
"""Called with what is being done, and how far it all is, from 0 to 1."""


def run_backtest(
    open_work: UnitOfWorkFactory,
    forecaster: str,
    competitions: Sequence[str],
    days: tuple[date, date],
    *,
    now: datetime,
    on_stage: OnStage = lambda _stage, _progress: None,
) -> Evaluation:
    """Forecast every match of some competitions between two days, and score the forecasts.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    forecaster : str
        A name in ``FORECASTERS``.
    competitions : sequence of str
        Their codes.
    days : pair of date
        The first and the last day, both included.
    now : datetime
        The present; nothing that became known later exists.
    on_stage : callable
        Called with what is being done, and how far it all is.

    Raises
    ------
    UnknownNameError
        If the forecaster or a competition is not known.
    NotEnoughData
        If there are no matches to judge, or too few to learn from before them.
    """
    agent = require_agent(forecaster)
    on_stage("reading the history", 0.02)
    with open_work() as work:
        codes = [require_competition(work, code).code for code in competitions]
        history = read_history(work, codes, now)
    on_stage("forecasting", 0.1)
    return evaluate(history, agent, rows_between(history.matches, codes, *days), markets=True)


def require_agent(name: str) -> Agent:
    """Return the forecaster of this name.

    Raises
    ------
    UnknownNameError
        With those that there are.
    """
    if name not in FORECASTERS:
        raise UnknownNameError("forecaster", name, nearest_names(name, FORECASTERS) or tuple(FORECASTERS))
    return FORECASTERS[name]
