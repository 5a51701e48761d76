"""Forecast every match from what was known on its morning, then score the lot."""

import time
from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from monps.agents import Agent, GridForecast, History
from monps.backtest.markets import Closing, score_markets
from monps.domain.evaluation import Evaluation, Scorecard
from monps.domain.identifiers import Season
from monps.domain.market import MarketKey
from monps.errors import NotEnoughData, UsageError
from monps.evaluation import Outcomes, reliability_bins, score
from monps.evaluation.scorecard import BINS
from monps.markets.facts import Facts
from monps.numerics.checks import Bools
from monps.ratings.market_memory import MAIN_LINE, fair_prices
from monps.tables.matches import MatchTable

_RESULT, _MAIN_TOTAL = MarketKey("match_result"), MarketKey("totals", MAIN_LINE)


def rows_between(matches: MatchTable, competitions: Sequence[str], first: date, last: date) -> Bools:
    """Mark the matches of some competitions from one day to another, both included.

    Returns
    -------
    ndarray of bool, shape (n,)
        Of the table's n matches.

    Raises
    ------
    UsageError
        If the days are in the wrong order.
    NotEnoughData
        If no match was played between them.
    """
    if first > last:
        raise UsageError(f"the first day, {first}, comes after the last, {last}")
    between = pl.col("kickoff").dt.date().is_between(first, last)
    wanted = between & pl.col("competition").is_in(competitions)
    chosen = matches.frame.select(wanted).to_series().to_numpy()
    if not chosen.any():
        raise NotEnoughData(f"no match of {', '.join(competitions)} was played from {first} to {last}")
    return np.asarray(chosen, dtype=np.bool_)


def evaluate(history: History, agent: Agent, wanted: Bools, *, markets: bool = False) -> Evaluation:
    """Forecast matches walk-forward and score the forecasts beside the closing prices.

    Parameters
    ----------
    history : History
        The n matches, and quotes for them.
    agent : Agent
        Who forecasts.
    wanted : ndarray of bool, shape (n,)
        The matches to be judged on; earlier ones are learned from.
    markets : bool
        Whether to score every market on goals, too.

    Returns
    -------
    Evaluation

    Raises
    ------
    NotEnoughData
        If the agent made too few forecasts to be judged.
    """
    begun = time.perf_counter()
    forecast = agent.replay(history, wanted)
    spent = time.perf_counter() - begun
    found = judge(history, forecast, wanted, forecaster=agent.name, markets=markets)
    return found.model_copy(update={"seconds": spent + found.seconds})


def judge(
    history: History, forecast: GridForecast, wanted: Bools, *, forecaster: str, markets: bool = False
) -> Evaluation:
    """Score forecasts that were made walk-forward.

    Parameters
    ----------
    history : History
        The n matches, and quotes for them.
    forecast : GridForecast
        What ``replay`` gave.
    wanted : ndarray of bool, shape (n,)
        The matches to be judged on.
    forecaster : str
        By whom.
    markets : bool
        Whether to score every market on goals, too.

    Returns
    -------
    Evaluation

    Raises
    ------
    NotEnoughData
        If there are too few forecasts to be judged.
    """
    begun = time.perf_counter()
    judged = wanted & forecast.made
    if judged.sum() < BINS:
        raise NotEnoughData(
            f"{forecaster} has forecasts of {judged.sum()} of {wanted.sum()} matches, too few to judge: "
            "more earlier seasons, or odds, may be needed"
        )
    grid = forecast.grid(judged)
    seconds = time.perf_counter() - begun
    closing = _closing(history, judged)
    matches = MatchTable(history.matches.frame.filter(judged))
    outcomes = Outcomes(grid.outcomes(), matches.outcomes, closing.fair[_RESULT], closing.days)
    days = matches.frame["kickoff"].dt.date().to_list()
    return Evaluation(
        **dict(score(outcomes)),
        forecaster=forecaster,
        competitions=tuple(sorted(set(matches.frame["competition"]))),
        first_day=min(days),
        last_day=max(days),
        wanted=int(wanted.sum()),
        abstained=int(wanted.sum() - judged.sum()),
        refits=forecast.refits,
        seconds=seconds,
        by_competition=_by(matches.frame["competition"].to_list(), outcomes),
        by_season=_by([Season(start=year).label for year in matches.frame["season"]], outcomes),
        reliability=reliability_bins(outcomes),
        markets=tuple(score_markets(grid, _facts(matches), closing)) if markets else (),
    )


def _closing(history: History, judged: Bools) -> Closing:
    """Return the fair closing probabilities of the match result and of the main total."""
    table = history.matches
    fair = fair_prices(table, history.quotes, closing=(True,))
    over = fair.over[judged]
    found = {_RESULT: fair.result[judged], _MAIN_TOTAL: np.stack([over, 1.0 - over], axis=1)}
    return Closing(found, np.floor(table.kickoff_days[judged]))


def _facts(matches: MatchTable) -> Facts:
    half = matches.column("home_half_time_goals"), matches.column("away_half_time_goals")
    return Facts((matches.home_goals, matches.away_goals), half)


def _by(labels: Sequence[str], outcomes: Outcomes) -> dict[str, Scorecard]:
    """Score each group that is large enough to be scored."""
    values = np.array(labels)
    groups = {str(label): outcomes.where(values == label) for label in np.unique(values)}
    return {label: score(group) for label, group in groups.items() if len(group.happened) >= BINS}
