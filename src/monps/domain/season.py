"""A league season: how it is ranked, its table, and how it may end."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, Season, TeamName
from monps.domain.predictions import Probability

Criterion = Literal[
    "goal_difference",
    "goals_for",
    "wins",
    "away_goals",
    "head_to_head_points",
    "head_to_head_goal_difference",
    "head_to_head_away_goals",
]
"""What separates teams that are level on points; head-to-head looks only at the matches between them."""

Place = Annotated[int, Field(ge=-40, le=40)]

DEFAULT_RUNS = 10_000
MOST_RUNS = 1_000_000
DEFAULT_SEED = 1


class Zone(Noun):
    """Positions that mean something: the title, Europe, relegation.

    ``first`` and ``last`` count from 1 at the top, or from −1 at the bottom.

    Examples
    --------
    >>> list(Zone(name="top 4", first=1, last=4).positions(20)), list(
    ...     Zone(name="relegation", first=-3, last=-1).positions(20)
    ... )
    ([1, 2, 3, 4], [18, 19, 20])
    """

    name: str = Field(min_length=1, max_length=40)
    first: Place
    last: Place

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if 0 in {self.first, self.last}:
            raise ValueError("positions count from 1 at the top, or from -1 at the bottom: there is no 0")
        if (self.first > 0) == (self.last > 0) and self.first > self.last:
            raise ValueError("a zone's first position cannot lie below its last")
        return self

    def positions(self, teams: int) -> range:
        """Return the positions in a league of so many teams; those that it does not have are left out."""
        first, last = (place if place > 0 else teams + 1 + place for place in (self.first, self.last))
        return range(max(first, 1), min(last, teams) + 1)


class LeagueRules(Noun):
    """How a league ranks its teams, and which positions matter.

    ``tie_break`` names the rule and ``criteria`` lists it, first what counts most; what is still level then
    is decided by lot. ``meetings`` is how often one side receives another in a season, or None where the
    second half of the season depends on the first, so that its fixtures cannot be known.
    """

    tie_break: str
    criteria: tuple[Criterion, ...]
    zones: tuple[Zone, ...]
    meetings: int | None = Field(default=1, ge=1, le=4)


class SeasonRequest(Noun):
    """Which season to play to its end, from which moment, and how often.

    ``season`` is the latest one known if absent, ``as_of`` the present. ``zones`` replace the league's own of
    the same name, or stand beside them. ``deductions`` are points taken away, by team.
    """

    competition: str
    season: Season | None = None
    as_of: Moment | None = None
    runs: int = Field(default=DEFAULT_RUNS, ge=1, le=MOST_RUNS)
    seed: int = Field(default=DEFAULT_SEED, ge=0)
    uncertain_strengths: bool = True
    tie_break: str | None = None
    zones: tuple[Zone, ...] = ()
    deductions: dict[TeamName, int] = Field(default_factory=dict)


class TableRow(Noun):
    """A team's line in the table. ``points`` are what is left after ``deducted`` were taken away."""

    position: int = Field(ge=1)
    team: TeamName
    played: int = Field(ge=0)
    won: int = Field(ge=0)
    drawn: int = Field(ge=0)
    lost: int = Field(ge=0)
    goals_for: int = Field(ge=0)
    goals_against: int = Field(ge=0)
    goal_difference: int
    points: int
    deducted: int = 0


class TeamOutlook(Noun):
    """How a team may end: expected points, their central 95 %, and the chance of every position and zone."""

    team: TeamName
    points: int
    expected_points: float
    points_interval: tuple[int, int]
    expected_position: float
    positions: tuple[Probability, ...]
    chances: dict[str, Probability]


class SeasonForecast(Noun):
    """A season played to its end many times.

    ``table`` is as it stands, ``teams`` as they are expected to end, best first. The same request on the same
    data gives the same numbers, as all chance comes from ``seed``. ``strength_draws`` counts how many sets of
    strengths were drawn; it is 1 where they were taken as exactly known.
    """

    competition: CompetitionCode
    season: Season
    as_of: Moment
    model: str
    runs: int
    seed: int
    strength_draws: int = Field(ge=1)
    rules: LeagueRules
    played: int = Field(ge=0)
    remaining: int = Field(ge=0)
    table: tuple[TableRow, ...]
    teams: tuple[TeamOutlook, ...]
    warnings: tuple[str, ...] = ()
