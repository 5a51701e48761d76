"""Forecasters that truly differ: each is handed history and gives the rates of the matches to come."""

from monps.agents.base import Agent, Forecast, GridForecast, History
from monps.agents.base_rate import BaseRate
from monps.agents.bookmakers import Bookmakers
from monps.agents.combined import Goals, MarketMemory
from monps.agents.rating import Rating
from monps.agents.single_model import SingleModel
from monps.agents.tuned import Tuned
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
        Bookmakers(),
        Bookmakers(closing=True),
    )
}
"""Every agent that forecasts on its own, by name."""

__all__ = [
    "AGENTS",
    "Agent",
    "BaseRate",
    "Bookmakers",
    "Forecast",
    "Goals",
    "GridForecast",
    "History",
    "MarketMemory",
    "Rating",
    "SingleModel",
    "Tuned",
]
