"""What is asked of predictions."""

from datetime import datetime
from typing import Self

from pydantic import Field, model_validator

from monps.domain.base import Noun
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.domain.scorers import LineUps

MOST_ID = 2**31 - 1


class MatchBody(Noun):
    """A fixture to be forecast: by its number, or by competition, sides and date.

    ``as_of`` is the moment from which to look; by default now. Moments without a time zone are read as UTC.
    With ``scorers``, the answer says who scores, too; ``line_ups`` are those that are known already.
    """

    match_id: int | None = Field(default=None, ge=1, le=MOST_ID)
    competition: CompetitionCode | None = None
    home: TeamName | None = None
    away: TeamName | None = None
    match_date: datetime | None = None
    neutral: bool = False
    referee: str | None = Field(default=None, min_length=1, max_length=120)
    as_of: datetime | None = None
    scorers: bool = False
    line_ups: LineUps | None = None

    @model_validator(mode="after")
    def _names_a_fixture(self) -> Self:
        named = (self.competition, self.home, self.away, self.match_date)
        if self.match_id is None and None in named:
            raise ValueError("give match_id, or competition, home, away and match_date")
        if self.match_id is not None and any(part is not None for part in named):
            raise ValueError("give either match_id, or competition, home, away and match_date")
        if self.line_ups is not None and not self.scorers:
            raise ValueError("line_ups are for scorers: ask for them with scorers: true")
        if self.home is not None and self.home == self.away:
            raise ValueError("a team does not play itself")
        return self
