"""The UnifiedBrain: agents pooled with weights that earlier seasons taught."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from monps.agents import Agent, Bookmakers, Goals, GridForecast, History, MarketMemory, Style, Voice
from monps.agents.slate import Slate
from monps.brain.fitted import FittedBrain
from monps.brain.lessons import Lessons, log_outcomes, walked_weights, who_speaks
from monps.brain.pool import PooledForecast
from monps.numerics.checks import Bools
from monps.ratings.combination import with_earlier

VOICES = (
    Voice(label="long_memory", statistic="implied_goals", half_life_days=300.0, ridge=0.1),
    Voice(label="recent_results", statistic="goals", half_life_days=30.0),
    Voice(label="results", statistic="goals", half_life_days=400.0),
    Voice(label="recent_shots", statistic="shots", half_life_days=30.0),
    Voice(label="shots", statistic="shots", half_life_days=150.0),
)
"""What the pool weighs against each other: what was seen of a team lately, and what was seen for long."""


class UnifiedBrain(Agent):
    """A logarithmic pool of agents; the first that has a forecast leads, the others move it.

    Parameters
    ----------
    members : tuple of Agent
        From knowing most to knowing least.
    late : Agent
        Stands in for the first member in live forecasts, where the last prices are known already.
    voices : tuple of Agent
        Single ratings that only move the members' forecast: they never lead, and are no opinions.
    own_precision : float
        How firmly a competition's weights are held to those that all competitions taught together. Of six,
        this one did best up to 2014/15, by log loss, and has helped since.
    """

    members: tuple[Agent, ...] = (Bookmakers(), MarketMemory(), Goals(), Style())
    late: Agent = Bookmakers(closing=True)
    voices: tuple[Agent, ...] = VOICES
    own_precision: float = 1e4

    @property
    def name(self) -> str:
        """What it is called."""
        return "brain"

    def replay(self, history: History, wanted: Bools) -> PooledForecast:
        """Let every member forecast the wanted matches and those before, and learn each season's weights."""
        table = history.matches
        forecasts = self.consult(history, with_earlier(table, wanted))
        logs = np.stack([log_outcomes(forecast) for forecast in forecasts])
        speaks = who_speaks(logs, len(self.members))
        weights = walked_weights(table, logs, speaks, wanted=wanted, precision=self.own_precision)
        return PooledForecast(forecasts, weights, sum(forecast.refits for forecast in forecasts))

    def consult(self, history: History, asked: Bools) -> tuple[GridForecast, ...]:
        """Return what members, then voices, say of the matches asked for, shape (n,)."""
        return tuple(agent.replay(history, asked) for agent in (*self.members, *self.voices))

    def learn(
        self, history: History, as_of: datetime, seasons: Mapping[str, int]
    ) -> Mapping[str, FittedBrain]:
        """Fit every member and voice, and learn the weights that hold by who of them speaks.

        Raises
        ------
        NotEnoughData
            If no match of one of the competitions was known.
        """
        slate, codes = Slate.of(history, as_of, seasons), tuple(seasons)
        asked = with_earlier(slate.history.matches, slate.wanted)
        agents = (*self.members, *self.voices)
        said = self.consult(slate.history, asked)
        late = self.late.replay(slate.history, asked)
        fits = [agent.settle(slate, each, codes) for agent, each in zip(agents, said, strict=True)]
        last = self.late.settle(slate, late, codes)
        lessons = Lessons.of(slate.history.matches, said, late, self.own_precision)
        return {
            code: FittedBrain(
                name=self.name,
                as_of=as_of,
                competition=code,
                season=season,
                known=len(slate.known(code)),
                known_at=slate.known_at,
                agents=tuple(fit[code] for fit in fits),
                members=len(self.members),
                late=last[code],
                weights=lessons.weights(season, slate.of_competition(code), len(self.members)),
            )
            for code, season in seasons.items()
        }
