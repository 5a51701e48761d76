"""Who scores: each player's chances in a fixture, which with own goals and no goal make one whole."""

from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeFloat, StringConstraints, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.opinions import Probability

PlayerName = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Position = Literal["goalkeeper", "defender", "midfielder", "forward"]

STARTERS = 11
MOST_ON_BENCH = 15
_TOLERANCE = 1e-12
"""What rounding may cost where probabilities must be in order, or sum to 1."""
_ASCENDING = (
    ("hat_trick", "two_or_more"),
    ("two_or_more", "anytime"),
    ("first", "team_first_scorer"),
    ("team_first_scorer", "anytime"),
    ("last", "anytime"),
    ("start_probability", "play_probability"),
    ("anytime", "play_probability"),
)
"""Chances of a player of which the first cannot be likelier than the second."""


class LineUp(Noun):
    """A team's eleven, and who may come on.

    ``newcomers`` says where players play who were never seen before; any other name must be known.
    """

    starting: tuple[PlayerName, ...] = Field(min_length=STARTERS, max_length=STARTERS)
    bench: tuple[PlayerName, ...] = Field(default=(), max_length=MOST_ON_BENCH)
    newcomers: dict[PlayerName, Position] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_player_once(self) -> Self:
        named = (*self.starting, *self.bench)
        if twice := sorted({player for player in named if named.count(player) > 1}):
            raise ValueError(f"named twice in one line-up: {', '.join(twice)}")
        if absent := sorted(set(self.newcomers).difference(named)):
            raise ValueError(f"newcomers who are neither in the eleven nor on the bench: {', '.join(absent)}")
        return self


class LineUps(Noun):
    """Both line-ups of a fixture; a side without one is expected to play as in its latest matches."""

    home: LineUp | None = None
    away: LineUp | None = None


class ScorersRequest(Noun):
    """A fixture whose scorers are wanted, and the moment from which to look (default: now)."""

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    as_of: Moment | None = None
    neutral: bool = False
    line_ups: LineUps = LineUps()


class GoalscorerPrediction(Noun):
    """One player's chances to score in one fixture; own goals count for nobody.

    All chances include that the player may not play. ``share`` is the expected part of the team's goals,
    ``team_first_scorer`` the chance to score the team's first goal, ``first`` and ``last`` the match's.
    ``fair_odds`` is the fair price of ``anytime`` where a bet on somebody who does not play is returned:
    ``play_probability / anytime``, and ``None`` where the player cannot score.

    ``any_other`` marks a team's last row: all players together who are not named. A bet on them always
    stands, and nothing is said of how likely one of them starts.
    """

    player: PlayerName
    team: TeamName
    position: Position | None = None
    any_other: bool = False
    play_probability: Probability
    start_probability: Probability | None
    expected_minutes: float = Field(ge=0, le=STARTERS * 90)
    share: Probability
    anytime: Probability
    first: Probability
    last: Probability
    team_first_scorer: Probability
    two_or_more: Probability
    hat_trick: Probability
    fair_odds: float | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for lower, higher in _ASCENDING:
            less, more = getattr(self, lower), getattr(self, higher)
            if less is not None and less > more + _TOLERANCE:
                raise ValueError(f"{lower} ({less!r}) cannot be likelier than {higher} ({more!r})")
        return self

    @model_validator(mode="after")
    def _price_is_fair(self) -> Self:
        if self.fair_odds and abs(self.fair_odds * self.anytime - self.play_probability) > _TOLERANCE:
            raise ValueError("fair_odds must be play_probability / anytime")
        return self


class ScorerForecast(Noun):
    """Everyone who may score in one fixture, the likeliest first, seen from one moment.

    The match's first goal is that of one of the ``scorers``, an own goal, or there is none: these chances sum
    to 1, and those of the last goal likewise. ``matches`` counts the team-matches from whose line-ups the
    shares were learned.
    """

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    as_of: Moment
    model: str
    matches: int = Field(ge=0)
    home_goals: NonNegativeFloat
    away_goals: NonNegativeFloat
    home_line_up: Literal["given", "expected"] = "expected"
    away_line_up: Literal["given", "expected"] = "expected"
    scorers: tuple[GoalscorerPrediction, ...]
    first_own_goal: Probability
    last_own_goal: Probability
    no_goal: Probability
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_whole(self) -> Self:
        for order, own_goal in (("first", self.first_own_goal), ("last", self.last_own_goal)):
            total = sum(getattr(scorer, order) for scorer in self.scorers) + own_goal + self.no_goal
            if abs(total - 1.0) > _TOLERANCE:
                raise ValueError(f"the chances of the {order} goal must sum to 1, not {total!r}")
        return self
