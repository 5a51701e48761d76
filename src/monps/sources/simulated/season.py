"""One season of one division: its schedule, its truth, and everything that can be observed of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from monps.domain.identifiers import Season
from monps.numerics.checks import Bools, Floats, Ints
from monps.sources.simulated.appearances import Appearances
from monps.sources.simulated.bookmakers import Quotes
from monps.sources.simulated.clubs import Clubs, Strengths
from monps.sources.simulated.play import Events, Outlook
from monps.sources.simulated.schedule import Schedule
from monps.sources.simulated.scores import Rates, score_grid
from monps.sources.simulated.squads import Squads

OWN_TIME = "Europe/London"
"""The clocks of the simulated country: result files show British time."""


@dataclass(frozen=True, eq=False)
class DivisionSeason:
    """A division's n matches of one season, in the order in which they begin, played to the last one.

    What was played by a given day is ``played``; the rest is there too, as truth that nobody knows yet.
    """

    competition: str
    tier: int
    season: Season
    clubs: Clubs
    strengths: Strengths
    squads: Squads
    schedule: Schedule
    outlook: Outlook
    rho: float
    events: Events
    quotes: Quotes
    appearances: Appearances

    def __len__(self) -> int:
        return len(self.schedule.day)

    @property
    def rates(self) -> Rates:
        """The true rates from which goals were drawn, each of shape (n,)."""
        return self.outlook.truth

    @cached_property
    def probabilities(self) -> Floats:
        """The true chances of home win, draw and away win, shape (n, 3)."""
        return score_grid(self.rates, self.rho).outcomes()

    @property
    def results(self) -> Ints:
        """Shape (n,): 0 home win, 1 draw, 2 away win."""
        results: Ints = 1 - np.sign(self.events.goals[:, 0] - self.events.goals[:, 1])
        return results

    @property
    def home(self) -> list[str]:
        """Names of the n home sides."""
        return [self.clubs.names[club] for club in self.schedule.home]

    @property
    def away(self) -> list[str]:
        """Names of the n away sides."""
        return [self.clubs.names[club] for club in self.schedule.away]

    @property
    def kickoff_in_own_time(self) -> pl.Series:
        """When each match begins by the country's clocks, naive."""
        minutes = self.schedule.day * 24 * 60 + self.schedule.minute
        return pl.Series(minutes * 60_000).cast(pl.Datetime("ms"))

    @property
    def kickoff(self) -> pl.Series:
        """When each match begins, in UTC."""
        return self.kickoff_in_own_time.dt.replace_time_zone(OWN_TIME).dt.convert_time_zone("UTC")

    def played(self, until: date) -> Bools:
        """Shape (n,): whether the match is over when that day ends."""
        return self.schedule.day <= (until - date(1970, 1, 1)).days


def final_ranking(division: DivisionSeason) -> Ints:
    """Rank a division's clubs, shape (clubs,), at the end: by points, goal difference, goals, then number."""
    goals, sides = division.events.goals, division.schedule.sides
    clubs = np.unique(sides)
    scored, margin = goals.ravel(), (goals - goals[:, ::-1]).ravel()
    points = np.where(margin > 0, 3, np.where(margin == 0, 1, 0))
    columns = [np.bincount(sides, values)[clubs] for values in (scored, margin, points)]
    return clubs[np.lexsort((-clubs, *columns))[::-1]]
