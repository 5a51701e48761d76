"""Nouns as rows and rows as nouns; nothing is lost on the way."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from operator import attrgetter
from typing import Any

from monps.domain.football import Competition, Fixture, Match, SideStats
from monps.domain.moments import from_micros, to_micros
from monps.domain.odds import OddsQuote
from monps.ports.repositories import QuoteFilter

Row = Sequence[Any]
Facts = tuple[Any, ...]
"""What a revision says of a match, in the order of the table's columns from ``kickoff`` to ``referee``."""

KICKOFF, KICKOFF_KNOWN, NEUTRAL = range(3)
SCORE, HALF_TIME = slice(3, 5), slice(5, 7)
_HOME, _AWAY = slice(7, 14), slice(14, 21)
_REFEREE = 21

_DAY = timedelta(days=1) // timedelta(microseconds=1)
_SIDE_FIELDS = tuple(SideStats.model_fields)
COLUMN_NAMES = (
    "match_id", "competition", "season", "home", "away", "meeting", "known_at",
    "kickoff", "kickoff_known", "neutral",
    "home_goals", "away_goals", "home_half_time_goals", "away_half_time_goals",
    *(f"{side}_{name}" for side in ("home", "away") for name in _SIDE_FIELDS),
    "referee",
)  # fmt: skip
"""What a row of a match says, in its order."""

_side = attrgetter(*_SIDE_FIELDS)
_UNKNOWN_SIDE = (None,) * len(_SIDE_FIELDS)


def fixture_facts(fixture: Fixture) -> Facts:
    """Set out what is known of a match before it is played."""
    timing = (to_micros(fixture.kickoff), fixture.kickoff_known, fixture.neutral)
    return (*timing, None, None, None, None, *_UNKNOWN_SIDE, *_UNKNOWN_SIDE, None)


def match_facts(match: Match) -> Facts:
    """Set out what is known of a match that was played."""
    fixture, score, half = match.fixture, match.score, match.half_time
    return (
        to_micros(fixture.kickoff), fixture.kickoff_known, fixture.neutral,
        score.home, score.away,
        half.home if half else None, half.away if half else None,
        *_side(match.home_stats), *_side(match.away_stats),
        match.referee,
    )  # fmt: skip


def is_played(facts: Facts) -> bool:
    """Whether facts have a score."""
    return facts[SCORE] != (None, None)


def merge(current: Facts, given: Facts, known_at: int) -> Facts:
    """Return what is known once ``given`` was read too: what it leaves blank stays as it was.

    Parameters
    ----------
    current, given : Facts
        What was known before, and what is said now.
    known_at : int
        From when ``given`` is known: no kick-off may be later.
    """
    merged = [old if new is None else new for old, new in zip(current, given, strict=True)]
    if given[SCORE] != current[SCORE]:
        merged[HALF_TIME] = given[HALF_TIME]  # the old half-time may contradict the new score
    if _only_hour_is_missing(current, given) and current[KICKOFF] < known_at:
        merged[KICKOFF], merged[KICKOFF_KNOWN] = current[KICKOFF], True
    return tuple(merged)


def _only_hour_is_missing(current: Facts, given: Facts) -> bool:
    within = given[KICKOFF] <= current[KICKOFF] < given[KICKOFF] + _DAY
    return bool(current[KICKOFF_KNOWN] and not given[KICKOFF_KNOWN] and within)


def fixture_of(row: Row) -> Fixture:
    """Read (competition, season, home, away, meeting, known_at, facts …) as a fixture."""
    return Fixture.model_validate(_fixture(row))


def match_of(row: Row) -> Match:
    """Read (competition, season, home, away, meeting, known_at, facts …) as a match."""
    facts = row[6:]
    (home, away), half = facts[SCORE], facts[HALF_TIME]
    return Match.model_validate(
        {
            "fixture": _fixture(row),
            "known_at": from_micros(row[5]),
            "score": {"home": home, "away": away},
            "half_time": None if half[0] is None else {"home": half[0], "away": half[1]},
            "home_stats": dict(zip(_SIDE_FIELDS, facts[_HOME], strict=True)),
            "away_stats": dict(zip(_SIDE_FIELDS, facts[_AWAY], strict=True)),
            "referee": facts[_REFEREE],
        }
    )


_BOOK = ("bookmaker", "market", "line", "closing")
_QUOTED = ("known_at", "odds_1", "odds_2", "odds_3")


def match_columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Set rows of (match_id, competition, season, home, away, meeting, known_at, facts …) out as columns."""
    return _columns(rows, COLUMN_NAMES)


def quote_columns(rows: Sequence[Row], books: Mapping[int, Row]) -> dict[str, list[Any]]:
    """Set rows of (match_id, book, known_at, odds_1, odds_2, odds_3) out as columns, books by their names."""
    columns = _columns(rows, ("match_id", "book", *_QUOTED))
    named = {name: [book[place] for book in books.values()] for place, name in enumerate(_BOOK)}
    places = {number: place for place, number in enumerate(books)}
    at = [places[number] for number in columns.pop("book")]
    return columns | {name: [column[place] for place in at] for name, column in named.items()}


def quotes_by_name(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Set rows of (match_id, bookmaker, market, line, closing, known_at, odds …) out as columns."""
    return _columns(rows, ("match_id", *_BOOK, *_QUOTED))


def _columns(rows: Sequence[Row], names: Sequence[str]) -> dict[str, list[Any]]:
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    return dict(zip(names, columns, strict=True))


def is_chosen(book: Row, only: QuoteFilter) -> bool:
    """Whether a book, (bookmaker, market, line, closing), passes a filter."""
    bookmaker, market, _, closing = book
    return (
        (not only.bookmakers or bookmaker in only.bookmakers)
        and (not only.markets or market in only.markets)
        and only.closing in (None, bool(closing))
    )


def _fixture(row: Row) -> dict[str, object]:
    competition, season, home, away, meeting, _, kickoff, kickoff_known, neutral, *_ = row
    return {
        "key": {
            "competition": competition,
            "season": {"start": season},
            "home": home,
            "away": away,
            "meeting": meeting,
        },
        "kickoff": from_micros(kickoff),
        "kickoff_known": bool(kickoff_known),
        "neutral": bool(neutral),
    }


def padded(odds: tuple[float, ...]) -> tuple[float | None, ...]:
    """Fill two-way odds up to the three columns.

    Examples
    --------
    >>> padded((1.9, 2.0))
    (1.9, 2.0, None)
    """
    return odds if len(odds) == 3 else (*odds, None)  # noqa: PLR2004 - columns


def quote_of(row: Row) -> OddsQuote:
    """Read (bookmaker, market, line, closing, known_at, odds_1, odds_2, odds_3) as a quote."""
    bookmaker, market, line, closing, known_at, first, second, third = row
    odds = (first, second) if third is None else (first, second, third)
    return OddsQuote(bookmaker, market, line, bool(closing), odds, from_micros(known_at))


def competition_of(row: Row) -> Competition:
    """Read (code, name, country, tier, meetings) as a competition."""
    return Competition.model_validate(dict(zip(Competition.model_fields, row, strict=True)))


def storable(text: str) -> str:
    r"""Write what no database takes as text (NUL, bytes of a file name that are no text) with a backslash.

    Examples
    --------
    >>> storable("E0\0.csv")
    'E0\\x00.csv'
    """
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", r"\x00")
