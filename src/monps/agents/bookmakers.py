"""What the bookmakers say of the match itself: the sharpest prices, their margin removed, as goal rates."""

import numpy as np

from monps.agents.base import Agent, Forecast, History
from monps.numerics.checks import Bools
from monps.ratings.market_memory import fair_prices, implied_rates


class Bookmakers(Agent):
    """The match's own prices.

    Parameters
    ----------
    closing : bool
        Whether to take the last prices before kick-off, which nobody has in the morning: a yardstick, not a
        forecast. Without it, only the earlier prices are looked at.
    """

    closing: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return "closing" if self.closing else "bookmakers"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Invert each match's prices."""
        rates = implied_rates(*fair_prices(history.matches, history.quotes, (self.closing,)))
        home, away, rho = np.where(wanted, rates, np.nan)
        return Forecast(home, away, rho)
