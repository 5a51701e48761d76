"""What the bookmakers say of the match itself: all its prices together, their margin removed."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from monps.agents.base import Agent, Forecast, GridForecast, History
from monps.agents.bookmakers_fit import FittedBookmakers
from monps.agents.quote_watch import typical_distance
from monps.agents.slate import Slate
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import fit_dispersion
from monps.ratings.combination import known_before
from monps.ratings.level import rolling_level
from monps.ratings.price_rates import disagreement, rates_of_prices
from monps.tables.matches import MatchTable

_USUAL_MOVE = 0.1
"""By how much log rates move from early prices to the last ones, where no past match tells: measured on five
leagues, 2012/13 to 2022/23."""


class Bookmakers(Agent):
    """The match's own prices.

    Parameters
    ----------
    closing : bool
        Whether to take the last prices before kick-off, which nobody has in the morning: a yardstick, not a
        forecast. Without it, only the earlier prices are looked at.
    half_life_seasons : float
        Age at which a season's matches count half in learning how scores scatter around the prices' rates.
    """

    closing: bool = False
    half_life_seasons: float = 4.0

    @property
    def name(self) -> str:
        """What it is called."""
        return "closing" if self.closing else "bookmakers"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Invert each match's prices; how scores scatter is learned from earlier seasons."""
        table = history.matches
        implied = rates_of_prices(table, history.quotes, closing=self.closing)
        rates = np.stack([implied.home, implied.away], axis=1)
        levelled = np.where(wanted[:, None], rates * rolling_level(table, rates)[:, None], np.nan)
        dispersion = self._dispersion(table, rates, wanted)
        return Forecast(levelled[:, 0], levelled[:, 1], implied.rho, dispersion)

    def settle(
        self,
        slate: Slate,
        said: GridForecast,  # noqa: ARG002 - a contract: nobody quotes what is but possible
        codes: Sequence[str],
    ) -> Mapping[str, FittedBookmakers]:
        """Learn the level of prices, how scores scatter around them, and how far off they are."""
        table = slate.history.matches
        implied = rates_of_prices(table, slate.history.quotes, closing=self.closing)
        rates = np.stack([implied.home, implied.away], axis=1)
        levels, dispersion = rolling_level(table, rates), self._dispersion(table, rates, slate.wanted)
        error, distance = self._error(slate.history, rates), typical_distance(slate.history.quotes)
        first = {code: int(np.flatnonzero(slate.of_competition(code))[0]) for code in codes}
        return {
            code: FittedBookmakers(
                name=self.name,
                as_of=slate.as_of,
                closing=self.closing,
                level=float(levels[row]),
                dispersion=float(dispersion[row]),
                error=error,
                distance=distance,
            )
            for code, row in first.items()
        }

    def _error(self, history: History, rates: Floats) -> float:
        """Return how far off log rates from prices are: early ones still move, last ones differ by book."""
        table, quotes = history.matches, history.quotes
        differing = disagreement(table, quotes, closing=self.closing)
        last = rates_of_prices(table, quotes, closing=True)
        moved = np.log(rates / np.stack([last.home, last.away], axis=1))
        known = moved[np.isfinite(moved).all(axis=1)]
        return math.hypot(differing, math.sqrt((known**2).mean()) if len(known) else _USUAL_MOVE)

    def _dispersion(self, table: MatchTable, rates: Floats, wanted: Bools) -> Floats:
        """Shape (n,): ν as learned before each match's season; 1 where nothing was there to learn from."""
        seasons, goals = table.column("season"), np.stack([table.home_goals, table.away_goals], axis=1)
        dispersion = np.ones(len(table))
        for season in np.unique(seasons[wanted]):
            earlier = known_before(table, int(season)) & np.isfinite(rates[:, 0])
            if earlier.any():
                weights = 0.5 ** ((season - seasons[earlier]) / self.half_life_seasons)
                learned = rates[earlier].ravel(), goals[earlier].ravel(), weights.repeat(2)
                dispersion[seasons == season] = fit_dispersion(*learned)
        return dispersion
