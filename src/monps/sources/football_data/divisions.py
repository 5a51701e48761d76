"""The divisions that football-data.co.uk covers."""

import re

from monps.domain.football import Competition

_LISTED = (
    # code, name, country, tier, how often one side may receive another in a season
    ("E0", "Premier League", "England", 1, 1),
    ("E1", "Championship", "England", 2, 1),
    ("E2", "League One", "England", 3, 1),
    ("E3", "League Two", "England", 4, 1),
    ("EC", "National League", "England", 5, 1),
    # Four rounds, the last after the league has split: a side may be at home to another three times.
    ("SC0", "Premiership", "Scotland", 1, 3),
    ("SC1", "Championship", "Scotland", 2, 2),
    ("SC2", "League One", "Scotland", 3, 2),
    ("SC3", "League Two", "Scotland", 4, 2),
    ("D1", "Bundesliga", "Germany", 1, 1),
    ("D2", "2. Bundesliga", "Germany", 2, 1),
    ("I1", "Serie A", "Italy", 1, 1),
    ("I2", "Serie B", "Italy", 2, 1),
    ("SP1", "La Liga", "Spain", 1, 1),
    ("SP2", "Segunda División", "Spain", 2, 1),
    ("F1", "Ligue 1", "France", 1, 1),
    ("F2", "Ligue 2", "France", 2, 1),
    ("N1", "Eredivisie", "Netherlands", 1, 1),
    # Here play-offs for the title and for Europe follow the regular season in the same file.
    ("B1", "Pro League", "Belgium", 1, 2),
    ("P1", "Primeira Liga", "Portugal", 1, 1),
    ("T1", "Süper Lig", "Turkey", 1, 2),
    ("G1", "Super League", "Greece", 1, 2),
)

DIVISIONS: dict[str, Competition] = {
    code: Competition(code=code, name=name, country=country, tier=tier, meetings=meetings)
    for code, name, country, tier, meetings in _LISTED
}
"""The divisions in the catalogue, by code."""

_CODE = re.compile(r"([A-Z]{1,4})(\d{0,2})")
_MOST_TIERS = 20
_CAUTIOUS_MEETINGS = 2


def division(code: str) -> Competition | None:
    """Return the division of this code, a plain one if it is not in the catalogue, None if it is no code.

    Examples
    --------
    >>> division("SC0").country, division("AR2").name, division("AR2").tier, division("n/a")
    ('Scotland', 'AR2 (not in the catalogue)', 2, None)
    """
    return DIVISIONS.get(code) or _unlisted(code)


def _unlisted(code: str) -> Competition | None:
    found = _CODE.fullmatch(code)
    if not found or len(code) == 1:
        return None
    country, digits = found.groups()
    tier = max(int(digits or 1), 1)
    if tier > _MOST_TIERS:
        return None
    name = f"{code} (not in the catalogue)"
    return Competition(code=code, name=name, country=country, tier=tier, meetings=_CAUTIOUS_MEETINGS)
