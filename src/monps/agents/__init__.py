"""Forecasters that truly differ: each is handed history and gives the rates of the matches to come."""

from monps.agents import written
from monps.agents.base import Agent, Forecast, GridForecast, History
from monps.agents.base_rate import BaseRate
from monps.agents.bookmakers import Bookmakers
from monps.agents.bookmakers_fit import FittedBookmakers
from monps.agents.combined import Goals, MarketMemory
from monps.agents.fitted import AgentForecast, FittedAgent
from monps.agents.pairs import PairForecasts
from monps.agents.rating import Rating
from monps.agents.single_model import SingleModel
from monps.agents.style import Style
from monps.agents.style_fit import FittedStyle
from monps.agents.tuned import Tuned
from monps.agents.voice import Voice
from monps.errors import UnknownNameError
from monps.models import DixonColes, Poisson, ScoreDriven
from monps.ratings.elo import Elo
from monps.ratings.pi import PiRatings

AGENTS: dict[str, Agent] = {
    agent.name: agent
    for agent in (
        BaseRate(),
        Rating(rating=Elo(), label="elo"),
        Rating(rating=PiRatings(), label="pi_ratings"),
        SingleModel(model=Poisson()),
        SingleModel(model=DixonColes()),
        SingleModel(model=ScoreDriven()),
        Goals(),
        MarketMemory(),
        Style(),
        Bookmakers(),
        Bookmakers(closing=True),
    )
}
"""Every agent that forecasts on its own, by name."""

FITTED: dict[str, type[PairForecasts] | type[FittedStyle] | type[FittedBookmakers]] = {
    fitted.kind: fitted for fitted in (PairForecasts, FittedStyle, FittedBookmakers)
}
"""Every kind of fitted agent, by the name under which it is written down."""


def load(payload: bytes) -> FittedAgent:
    """Read a fitted agent that was written down.

    Raises
    ------
    UnknownNameError
        If it is of no kind that there is.
    """
    meta, arrays = written.read(payload)
    if meta["kind"] not in FITTED:
        raise UnknownNameError("kind of fitted agent", str(meta["kind"]), tuple(FITTED))
    return FITTED[meta["kind"]].read(meta, arrays)


__all__ = [
    "AGENTS",
    "FITTED",
    "Agent",
    "AgentForecast",
    "BaseRate",
    "Bookmakers",
    "FittedAgent",
    "FittedStyle",
    "Forecast",
    "Goals",
    "GridForecast",
    "History",
    "MarketMemory",
    "PairForecasts",
    "Rating",
    "SingleModel",
    "Style",
    "Tuned",
    "Voice",
    "load",
]
