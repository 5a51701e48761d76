"""One cell of text as a date, a time, a count, a price or a line; texts recur, so answers are kept."""

import math
import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,6}(?:\.\d{0,12})?|\.\d{1,12}", re.ASCII)
_SIGNED = re.compile(r"[+-]?\d{1,2}(?:\.\d{1,4})?", re.ASCII)

_FIRST_YEAR, _LAST_YEAR = 1870, 2199
_PIVOT = 70
_MOST_REMEMBERED = 65_536

NOT_A_NUMBER = -1
"""What stands for a text that is no number: no goal, price or statistic is negative."""


@lru_cache(maxsize=4096)
def read_date(text: str) -> date | None:
    """Read ``13/08/05``, ``13/08/2005`` or ``2005-08-13``; None if that is no day of the calendar.

    Examples
    --------
    >>> read_date("13/08/97"), read_date("31/02/2005")
    (datetime.date(1997, 8, 13), None)
    """
    text = text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        if len(found[3]) == len("yy"):
            year += 1900 if year >= _PIVOT else 2000
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def read_time(text: str) -> time | None:
    """Read ``19:45``; None if that is no time of day."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def read_whole(text: str) -> int | None:
    """Read ``3`` or, as some programs write it, ``3.0``; None if blank, ``NOT_A_NUMBER`` if not whole."""
    text = text.strip()
    if not text:
        return None
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else NOT_A_NUMBER


class _Decimals(dict[str, float]):
    """Answers a text that recurs without a Python frame: prices are read by the million."""

    def __missing__(self, text: str) -> float:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[text] = number = _decimal(text.strip())
        return number


def _decimal(text: str) -> float:
    if not text:
        return math.nan
    return float(text) if _DECIMAL.fullmatch(text) else NOT_A_NUMBER


_decimals = _Decimals()


def read_decimals(texts: Iterable[str]) -> list[float]:
    """Read ``2.35``; NaN where a cell is blank, ``NOT_A_NUMBER`` where it holds something else.

    Examples
    --------
    >>> read_decimals(["2.35", "", "evens"])
    [2.35, nan, -1]
    """
    return list(map(_decimals.__getitem__, texts))


@lru_cache(maxsize=1024)
def read_line(text: str) -> float | None:
    """Read a handicap: ``-0.75``, or the two halves that a split one is made of, ``-0.5,-1``.

    None if the text is no handicap that can be settled, a multiple of a quarter goal.

    Examples
    --------
    >>> read_line("-0.75"), read_line("-0.5,-1"), read_line("+0.5"), read_line("-1.2")
    (-0.75, -0.75, 0.5, None)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > len(("one half", "the other")) or not all(map(_SIGNED.fullmatch, parts)):
        return None
    numbers = [float(part) for part in parts]
    line = sum(numbers) / len(numbers) + 0.0
    apart = max(numbers) - min(numbers)
    return line if (line * 4).is_integer() and apart in (0.0, 0.5) else None
