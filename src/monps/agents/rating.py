"""A rating with one number a team, turned into goal rates."""

from typing import Literal

from monps.agents.base import Agent, Forecast, History
from monps.numerics.checks import Bools
from monps.ratings.difference_rates import difference_rates
from monps.ratings.elo import Elo
from monps.ratings.pi import PiRatings


class Rating(Agent):
    """Forecasts from rating differences; how they become goals is learned from earlier seasons.

    Parameters
    ----------
    rating : Elo or PiRatings
        How the ratings move.
    label : str
        What it is called.
    """

    rating: Elo | PiRatings
    label: Literal["elo", "pi_ratings"]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Rate the teams through all matches, and turn the differences into rates."""
        walked = difference_rates(history.matches, self.rating, wanted)
        return Forecast(walked.home, walked.away, walked.rho, refits=walked.refits)
