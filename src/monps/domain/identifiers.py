"""How competitions, seasons and matches are named."""

import re
from typing import Annotated, Self

from pydantic import Field, StringConstraints

from monps.domain.base import Noun
from monps.errors import UsageError

CompetitionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
"""A provider-neutral short code, as football-data.co.uk writes it: ``E0``, ``SP1``, ``SC3``."""

TeamName = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]

_TWO_DIGIT_PIVOT = 70
_SEASON = re.compile(r"^(\d{4})[/-](\d{2}|\d{4})$|^(\d{2})(\d{2})$")


class Season(Noun):
    """One season of a competition, known by the calendar year in which it starts.

    Examples
    --------
    >>> season = Season.parse("2223")
    >>> season.start, season.code, season.label
    (2022, '2223', '2022/23')
    >>> Season.parse("1999/00") == Season(start=1999)
    True
    """

    start: int = Field(ge=1870, le=2200)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2223``, ``2022/23``, ``2022-23`` or ``2022-2023``.

        Raises
        ------
        UsageError
            If the text is none of these, or its two years do not follow each other.
        """
        found = _SEASON.match(text.strip())
        if not found:
            raise UsageError(f"{text!r} is not a season; write it as 2223 or 2022/23")
        year, following, short, short_following = found.groups()
        start = int(year) if year else _century(int(short)) + int(short)
        if (start + 1) % 100 != int(following or short_following) % 100:
            raise UsageError(f"{text!r} is not a season: its two years do not follow each other")
        return cls(start=start)

    @property
    def code(self) -> str:
        """As football-data.co.uk writes it in its paths: ``2223``."""
        return f"{self.start % 100:02d}{(self.start + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """As people write it: ``2022/23``."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"


def seasons_between(first: str, last: str) -> tuple[Season, ...]:
    """Name the seasons from one to another, both included.

    Raises
    ------
    UsageError
        If one is not a season, or the first comes after the last.

    Examples
    --------
    >>> [season.code for season in seasons_between("2021/22", "2324")]
    ['2122', '2223', '2324']
    """
    begin, end = Season.parse(first), Season.parse(last)
    if begin.start > end.start:
        raise UsageError(f"the first season, {begin.label}, comes after the last, {end.label}")
    return tuple(Season(start=year) for year in range(begin.start, end.start + 1))


def _century(two_digits: int) -> int:
    return 1900 if two_digits >= _TWO_DIGIT_PIVOT else 2000


class MatchKey(Noun):
    """What makes a match the same match in every file and every revision.

    A postponed match keeps its key. ``meeting`` counts the times one side receives the other in one
    season: always 1 but in leagues where teams meet more than twice.
    """

    competition: CompetitionCode
    season: Season
    home: TeamName
    away: TeamName
    meeting: int = Field(default=1, ge=1, le=9)
