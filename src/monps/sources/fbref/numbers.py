"""FBref's numbers and days."""

import re
from datetime import date

_MONTHS = {
    name: place
    for place, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        1,
    )
}
_SPELT = re.compile(r"([A-Z][a-z]+) (\d{1,2}), (\d{4})")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SCORE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_YEARS = re.compile(r"(?<!\d)(\d{4})-(\d{4}|\d\d)(?!\d)")


class CellRefused(ValueError):  # noqa: N818 - a verdict, not a fault
    """A cell is not what it should be; the message says which."""


def number(cells: dict[str, str], name: str) -> float | None:
    """Return a cell's number; None where it is blank or not there.

    Raises
    ------
    CellRefused
        If it is something else.
    """
    text = cells.get(name, "").replace(",", "").removeprefix("+")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise CellRefused(f"{name} is {text!r}, not a number") from None


def day_in(text: str) -> date | None:
    """Return the first day that a text tells, spelt out or as figures.

    Examples
    --------
    >>> day_in("Friday August 15, 2025"), day_in("2025-08-15")
    (datetime.date(2025, 8, 15), datetime.date(2025, 8, 15))
    """
    if found := _ISO.search(text):
        return _day(*(int(part) for part in found[0].split("-")))
    for month, day, year in _SPELT.findall(text):
        if month.lower() in _MONTHS:
            return _day(int(year), _MONTHS[month.lower()], int(day))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def score_in(text: str) -> tuple[int, int] | tuple[None, None]:
    """Return the two numbers of goals that a text tells; penalties in brackets are no goals.

    Examples
    --------
    >>> score_in("(4) 2–2 (3)"), score_in("")
    ((2, 2), (None, None))
    """
    found = _SCORE.search(re.sub(r"\(\d+\)", "", text))
    return (int(found[1]), int(found[2])) if found else (None, None)


def season_in(text: str) -> int | None:
    """Return the year in which the season starts that a text tells.

    Examples
    --------
    >>> season_in("2022-2023 Premier League Stats"), season_in("epl_2021-22_overview.csv")
    (2022, 2021)
    """
    for first, second in _YEARS.findall(text):
        if (int(first) + 1) % 100 == int(second) % 100:
            return int(first)
    return None
