"""The leagues that sources of details tell of, and the season in which a day lies."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from monps.domain.football import Competition

_JULY = 7
_LISTED = (
    ("E0", "Premier League", "England"),
    ("SP1", "La Liga", "Spain"),
    ("D1", "Bundesliga", "Germany"),
    ("I1", "Serie A", "Italy"),
    ("F1", "Ligue 1", "France"),
    ("RUS", "Premier League", "Russia"),
)

LEAGUES: dict[str, Competition] = {
    code: Competition(code=code, name=name, country=country, tier=1) for code, name, country in _LISTED
}
"""First divisions by the code under which results know them."""


def competition(code: str) -> Competition:
    """Return the competition of a code; where results know it already, what they say of it counts.

    Examples
    --------
    >>> competition("I1").country, competition("SIM1").country
    ('Italy', 'SIM')
    """
    return LEAGUES.get(code) or Competition(
        code=code,
        name=code,
        country=code.rstrip("0123456789"),
        tier=int(code[-1]) if code[-1] in "123456789" else 1,
    )


def season_of(days: Iterable[date]) -> int | None:
    """Return the year in which the season of most of these days starts; None if there is none.

    Examples
    --------
    >>> season_of([date(2020, 3, 8), date(2020, 6, 17), date(2020, 7, 26)])
    2019
    """
    voted = Counter(day.year - (day.month < _JULY) for day in days).most_common(1)
    return voted[0][0] if voted else None
