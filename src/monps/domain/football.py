"""Competitions, fixtures and matches."""

from datetime import datetime
from typing import Self

from pydantic import Field, NonNegativeFloat, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, MatchKey, TeamName

MAX_GOALS = 40
MAX_COUNT = 120


class Competition(Noun):
    """A league: its code, where it is played, and its tier (1 is the country's first division).

    ``meetings`` is how often one side may receive another in a season.
    """

    code: CompetitionCode
    name: str
    country: str
    tier: int = Field(ge=1, le=20)
    meetings: int = Field(default=1, ge=1, le=4)


class Score(Noun):
    """Goals of the two sides."""

    home: int = Field(ge=0, le=MAX_GOALS)
    away: int = Field(ge=0, le=MAX_GOALS)


class SideStats(Noun):
    """What one side did in a match; ``None`` where the source does not say (never zero for unknown)."""

    shots: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    shots_on_target: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    fouls: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    corners: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    yellow_cards: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    red_cards: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    expected_goals: NonNegativeFloat | None = None


class Fixture(Noun):
    """A match to be played.

    ``kickoff`` is in UTC. Where only the day is known, ``kickoff_known`` is false and ``kickoff`` is the
    first instant of that day, so that "strictly before kick-off" stays true whatever the hour was.
    """

    key: MatchKey
    kickoff: Moment
    kickoff_known: bool = True
    neutral: bool = False


class Match(Noun):
    """A match that was played, as one source reports it from one moment on.

    ``known_at`` is the moment from which the result may be used: after the final whistle, or, for a
    correction, when the correction was read.
    """

    fixture: Fixture
    known_at: Moment
    score: Score
    half_time: Score | None = None
    home_stats: SideStats = SideStats()
    away_stats: SideStats = SideStats()
    referee: str | None = None

    @model_validator(mode="after")
    def _half_time_within_full_time(self) -> Self:
        half = self.half_time
        if half is not None and (half.home > self.score.home or half.away > self.score.away):
            raise ValueError("a side cannot have more goals at half-time than at full time")
        return self

    @model_validator(mode="after")
    def _known_after_kickoff(self) -> Self:
        if self.known_at <= self.fixture.kickoff:
            raise ValueError("a result cannot be known before kick-off")
        return self

    @property
    def key(self) -> MatchKey:
        """The match's identity."""
        return self.fixture.key

    @property
    def kickoff(self) -> datetime:
        """When it began, in UTC."""
        return self.fixture.kickoff


class Team(Noun):
    """A club in one country, under the name that monps shows."""

    country: str
    name: TeamName
