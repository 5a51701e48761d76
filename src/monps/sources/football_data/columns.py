"""What football-data.co.uk's column names mean: a list for what is played, a rule for what is quoted.

A price column is a bookmaker's abbreviation, a ``C`` if the price is a closing one, and a market's
suffix: ``PS`` + ``C`` + ``H`` is Pinnacle's closing price of a home win, ``B365`` + ``>2.5`` what bet365
quoted for three goals or more. By this rule a bookmaker never seen before is understood too; it goes by
its abbreviation in lower case.

References
----------
Football-Data.co.uk, "Notes for Football Data", https://www.football-data.co.uk/notes.txt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from monps.domain.odds import QUOTED_SELECTIONS
from monps.sources.football_data.bookmakers import BOOKMAKERS

REQUIRED: dict[str, tuple[str, ...]] = {
    "Div": (),
    "Date": (),
    "HomeTeam": ("HT",),
    "AwayTeam": ("AT",),
    "FTHG": ("HG",),
    "FTAG": ("AG",),
}
"""Columns that no file can do without, with the names that a few files give them instead."""

OPTIONAL: dict[str, tuple[str, ...]] = {
    "Time": (),
    "FTR": ("Res",),
    "HTHG": (),
    "HTAG": (),
    "HTR": (),
    "Referee": (),
}

STATISTICS: Mapping[str, tuple[str, str]] = {
    "shots": ("HS", "AS"),
    "shots_on_target": ("HST", "AST"),
    "fouls": ("HF", "AF"),
    "corners": ("HC", "AC"),
    "yellow_cards": ("HY", "AY"),
    "red_cards": ("HR", "AR"),
    "expected_goals": ("HxG", "AxG"),
}
"""Fields of ``SideStats`` with the column of the home side and that of the away side."""

NOT_READ = frozenset(
    {
        "Attendance",
        "HHW",
        "AHW",
        "HO",
        "AO",
        "HFKC",
        "AFKC",
        "HBP",
        "ABP",
        "Bb1X2",
        "BbOU",
        "BbAH",
        "AHh",
        "AHCh",
        "BbAHh",
    }
)
"""Columns whose meaning is known but which carry no fact of ours: attendance, woodwork, offsides, free
kicks, booking points, how many bookmakers a summary is over; and the lines that price columns refer to.
"""

# The shortest possible stem comes first, so that the C before a suffix is taken for "closing".
_PRICE = re.compile(r"([A-Za-z0-9]+?)(C?)(AH[HA]|[<>]\d{1,2}(?:\.\d{1,2})?|[HDA])")
_SELECTIONS = {
    "H": ("match_result", "home"),
    "D": ("match_result", "draw"),
    "A": ("match_result", "away"),
    "AHH": ("asian_handicap", "home"),
    "AHA": ("asian_handicap", "away"),
    ">": ("totals", "over"),
    "<": ("totals", "under"),
}


class Book(NamedTuple):
    """The columns that together quote one market at one bookmaker.

    ``prices`` are in the order of ``QUOTED_SELECTIONS``. The line is ``line``, or stands in the column
    ``line_column``.
    """

    bookmaker: str
    market: str
    closing: bool
    prices: tuple[str, ...]
    line: float | None = None
    line_column: str | None = None


class Columns(NamedTuple):
    """What a header holds: the books that it quotes, and the columns that mean nothing to us."""

    books: tuple[Book, ...]
    unknown: tuple[str, ...]


class _Price(NamedTuple):
    stem: str
    closing: bool
    market: str
    selection: str
    line: float | None


def read_header(names: Sequence[str]) -> Columns:
    """Find the books in a header, and what is left over.

    Parameters
    ----------
    names : sequence of str
        The column names, in the file's order.

    Returns
    -------
    Columns
        A book needs all its selections: a column whose siblings are missing is unknown.

    Examples
    --------
    >>> books, unknown = read_header(["Div", "PSCH", "PSCD", "PSCA", "QQH", "Weather"])
    >>> [(book.bookmaker, book.market, book.closing) for book in books], unknown
    ([('pinnacle', 'match_result', True)], ('QQH', 'Weather'))
    """
    names = list(dict.fromkeys(names))
    spoken_for = _spoken_for()
    prices = {name: price for name in names if name not in spoken_for and (price := _price(name))}
    books = tuple(_books(prices, frozenset(names)))
    used = {column for book in books for column in (*book.prices, book.line_column)}
    return Columns(books, tuple(name for name in names if name not in spoken_for | used))


def _spoken_for() -> frozenset[str]:
    listed = [name for table in (REQUIRED, OPTIONAL) for key in table for name in (key, *table[key])]
    return NOT_READ.union(listed, *STATISTICS.values())


def _price(name: str) -> _Price | None:
    found = _PRICE.fullmatch(name)
    if not found:
        return None
    stem, closing, suffix = found.groups()
    # VCH is VC Bet before the close, not a bookmaker called V at the close.
    if closing and stem not in BOOKMAKERS and f"{stem}C" in BOOKMAKERS:
        stem, closing = f"{stem}C", ""
    line = float(suffix[1:]) if suffix[0] in "<>" else None
    market, selection = _SELECTIONS[suffix if line is None else suffix[0]]
    return _Price(stem, bool(closing), market, selection, line)


def _books(prices: Mapping[str, _Price], names: frozenset[str]) -> Iterable[Book]:
    quoted: dict[tuple[str, bool, str, float | None], dict[str, str]] = defaultdict(dict)
    for name, price in prices.items():
        quoted[price.stem, price.closing, price.market, price.line][price.selection] = name
    early = {price.stem for price in prices.values() if not price.closing}
    seen: set[tuple[object, ...]] = set()
    for (stem, closing, market, line), columns in quoted.items():
        # XYCH alone is the close of XY or the early price of XYC: to guess would be to look ahead.
        doubtful = closing and stem not in BOOKMAKERS and stem not in early
        line_column = _line_column(stem, names, closing=closing) if market == "asian_handicap" else None
        key = (bookmaker := BOOKMAKERS.get(stem, stem.lower()), market, closing, line)
        complete = len(columns) == len(QUOTED_SELECTIONS[market])
        if doubtful or not complete or key in seen or (market == "asian_handicap" and not line_column):
            continue
        seen.add(key)
        selected = tuple(columns[selection] for selection in QUOTED_SELECTIONS[market])
        yield Book(bookmaker, market, closing, selected, line, line_column)


def _line_column(stem: str, names: frozenset[str], *, closing: bool) -> str | None:
    own = f"{stem}{'C' if closing else ''}AH"
    shared = "AHCh" if closing else "AHh"
    if stem.startswith("Bb"):
        shared = "BbAHh"
    return next((name for name in (own, shared) if name in names), None)
