"""Season after season: who plays in which division, how strong, with which players."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from monps.domain.identifiers import Season
from monps.numerics.checks import Floats
from monps.sources.simulated import clubs as founding
from monps.sources.simulated import play
from monps.sources.simulated.appearances import appear
from monps.sources.simulated.bookmakers import quote
from monps.sources.simulated.chance import Purpose, stream
from monps.sources.simulated.clubs import Clubs, Standing
from monps.sources.simulated.schedule import draw_schedule
from monps.sources.simulated.season import DivisionSeason, final_ranking
from monps.sources.simulated.squads import Squads, draw_squads, renew

DIVISIONS = ("SIM1", "SIM2")
"""Codes of the two divisions; no league that anybody plays has them."""
AWAY_BASES = (0.16, 0.12)
"""Logarithm of what a side scores away against its equal, in each division."""


class Year(NamedTuple):
    """What both divisions share in a season; ``path`` is every club's form, shape (52, 2, c)."""

    start: int
    standing: Standing
    squads: Squads
    path: Floats


@dataclass(frozen=True, eq=False)
class History:
    """Makes seasons from a seed.

    Parameters
    ----------
    seed : int
    sizes : tuple of int
        Clubs in each division.
    home_advantage : float
        Added to the logarithm of the home side's goals.
    rho : float
        Dixon–Coles dependence of low scores.
    """

    seed: int
    sizes: tuple[int, int]
    home_advantage: float
    rho: float
    clubs: Clubs = field(init=False)

    def __post_init__(self) -> None:
        count = sum(self.sizes) + founding.OUTSIDE
        object.__setattr__(self, "clubs", founding.draw_clubs(count, stream(self.seed, Purpose.CLUBS)))

    def seasons(self, first: int, last: int) -> Iterator[DivisionSeason]:
        """Yield both divisions of each season between the years in which the first and the last start."""
        year = self._first(first)
        while True:
            played = [self._division(year, tier) for tier in range(1, len(DIVISIONS) + 1)]
            yield from played
            if year.start >= last:
                return
            year = self._next(year, played)

    def _first(self, start: int) -> Year:
        rng = stream(self.seed, Purpose.WEALTH, start)
        squads = draw_squads(len(self.clubs), 0, stream(self.seed, Purpose.SQUADS, start))
        return self._year(start, founding.first_standing(self.clubs, self.sizes, rng), squads)

    def _next(self, year: Year, played: Sequence[DivisionSeason]) -> Year:
        start = year.start + 1
        rng = stream(self.seed, Purpose.WEALTH, start)
        order = [final_ranking(division) for division in played]
        standing = founding.next_standing(self.clubs, year.standing, order, form=year.path[-1], rng=rng)
        return self._year(start, standing, renew(year.squads, stream(self.seed, Purpose.SQUADS, start)))

    def _year(self, start: int, standing: Standing, squads: Squads) -> Year:
        return Year(
            start, standing, squads, founding.drift(standing.form, stream(self.seed, Purpose.DRIFT, start))
        )

    def _division(self, year: Year, tier: int) -> DivisionSeason:
        def rng(purpose: Purpose) -> np.random.Generator:
            return stream(self.seed, purpose, year.start, tier)

        schedule = draw_schedule(year.standing.divisions[tier - 1], year.start, rng(Purpose.SCHEDULE))
        strengths = founding.strengths(self.clubs, year.standing.wealth, year.path)
        away = AWAY_BASES[tier - 1]
        bases = (away + self.home_advantage, away)
        view = play.outlook(schedule, self.clubs, strengths, bases=bases, rng=rng(Purpose.NEWS))
        strictness = play.draw_strictness(stream(self.seed, Purpose.REFEREES, tier=tier))
        events = play.play(
            schedule, self.clubs, view.truth, rho=self.rho, strictness=strictness, rng=rng(Purpose.PLAY)
        )
        return DivisionSeason(
            competition=DIVISIONS[tier - 1],
            tier=tier,
            season=Season(start=year.start),
            clubs=self.clubs,
            strengths=strengths,
            squads=year.squads,
            schedule=schedule,
            outlook=view,
            rho=self.rho,
            events=events,
            quotes=quote(view, self.rho, tier, rng(Purpose.ODDS)),
            appearances=appear(year.squads, schedule.sides, events, rng(Purpose.LINE_UPS)),
        )
