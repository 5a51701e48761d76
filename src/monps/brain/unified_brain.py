"""The UnifiedBrain: agents pooled with weights that earlier seasons taught."""

import numpy as np

from monps.agents import Agent, Bookmakers, Goals, GridForecast, History, MarketMemory
from monps.brain.pool import PooledForecast, learn_weights
from monps.numerics.checks import Bools, Floats, Ints
from monps.ratings.combination import known_before, with_earlier

_FEWEST = 300
"""Matches without which weights are not learned: the first member that speaks then speaks alone."""


class UnifiedBrain(Agent):
    """A logarithmic pool of agents; the first that has a forecast leads, the others move it.

    Parameters
    ----------
    members : tuple of Agent
        From knowing most to knowing least.
    """

    members: tuple[Agent, ...] = (Bookmakers(), MarketMemory(), Goals())

    @property
    def name(self) -> str:
        """What it is called."""
        return "brain"

    def replay(self, history: History, wanted: Bools) -> PooledForecast:
        """Let every member forecast the wanted matches and those before, and learn each season's weights."""
        table = history.matches
        seasons = table.column("season")
        asked = with_earlier(table, wanted)
        forecasts = tuple(member.replay(history, asked) for member in self.members)
        logs = np.stack([_log_outcomes(forecast) for forecast in forecasts])
        weights = np.full((len(table), len(forecasts)), np.nan)
        for season in np.unique(seasons[wanted]):
            now, earlier = wanted & (seasons == season), known_before(table, int(season))
            weights[now] = _season_weights(logs[:, now], logs[:, earlier], table.outcomes[earlier])
        return PooledForecast(forecasts, weights, sum(forecast.refits for forecast in forecasts))


def _log_outcomes(forecast: GridForecast) -> Floats:
    """Shape (n, 3): log probabilities of home win, draw, away win; NaN where there is no forecast."""
    made = forecast.made
    logs = np.full((len(made), 3), np.nan)
    logs[made] = np.log(forecast.grid(made).outcomes())
    return logs


def _season_weights(now: Floats, earlier: Floats, happened: Ints) -> Floats:
    """Return weights for matches, shape (n, m), by which members have a forecast of each."""
    speaks = np.isfinite(now).all(axis=2).T
    weights = np.full(speaks.shape, np.nan)
    for pattern in np.unique(speaks, axis=0):
        if pattern.any():
            weights[(speaks == pattern).all(axis=1)] = _pattern_weights(pattern, earlier, happened)
    return weights


def _pattern_weights(pattern: Bools, earlier: Floats, happened: Ints) -> Floats:
    weights = np.zeros(len(pattern))
    known = np.isfinite(earlier[pattern]).all(axis=(0, 2))
    if known.sum() < _FEWEST:
        weights[np.flatnonzero(pattern)[0]] = 1.0
    else:
        weights[pattern] = learn_weights(earlier[pattern][:, known], happened[known])
    return weights
