"""The small numbers that stand for names in rows: found, or given to what is new."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, insert, or_, select, update

from monps.domain.football import Competition
from monps.storage.bulk import insert_rows
from monps.storage.orm import books, competitions, matches, teams

Team = tuple[str, str]
"""A country, and the name of a team there."""

MatchKey = tuple[int, int, int, int, int]
"""A match's key in numbers: competition, season, home side, away side, meeting."""

Book = tuple[str, str, float | None, bool]
"""What is quoted: bookmaker, market, line, closing."""

Scope = tuple[int, int]
"""A competition's number and a season."""

Key = TypeVar("Key", bound=tuple[Any, ...])


def competition_numbers(connection: Connection, given: Iterable[Competition], file_id: int) -> dict[str, int]:
    """Return each competition's number by its code; what is said of it now is what counts."""
    table = competitions.c
    known = {row.code: row for row in connection.execute(select(competitions))}
    for competition in given:
        values = competition.model_dump()
        row = known.get(competition.code)
        if row is None:
            connection.execute(insert(competitions).values(**values, file_id=file_id))
        elif any(row._mapping[name] != value for name, value in values.items()):  # noqa: SLF001 - its public name
            connection.execute(update(competitions).where(table.id == row.id).values(values))
    return {row.code: row.id for row in connection.execute(select(table.code, table.id))}


def team_numbers(connection: Connection, wanted: Iterable[Team]) -> dict[Team, int]:
    """Return each team's number by country and name."""
    pairs = list(dict.fromkeys(wanted))
    rows = select(teams).where(teams.c.country.in_({country for country, _ in pairs}))
    return _numbers(connection, teams, rows, pairs)


def match_numbers(
    connection: Connection, wanted: Iterable[MatchKey], scopes: Iterable[Scope]
) -> dict[MatchKey, int]:
    """Return each match's number by its key."""
    return _numbers(connection, matches, select(matches).where(within(scopes)), wanted)


def within(scopes: Iterable[Scope]) -> ColumnElement[bool]:
    """Say that a match belongs to one of these seasons of competitions."""
    of, season = matches.c.competition_id, matches.c.season
    return or_(false(), *(and_(of == competition, season == year) for competition, year in scopes))


def _numbers(
    connection: Connection, table: Table, rows: Select[Any], wanted: Iterable[Key]
) -> dict[Key, int]:
    known = _read(connection, rows)
    missing = [key for key in dict.fromkeys(wanted) if key not in known]
    if not missing:
        return known
    insert_rows(connection, table, missing)
    return _read(connection, rows)


def _read(connection: Connection, rows: Select[Any]) -> dict[Any, int]:
    return {tuple(key): number for number, *key in connection.execute(rows)}


class BookNumbers(dict[Book, int]):
    """Each book's number; one asked for that has none is given one.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(select(books))
        super().__init__({(*names, line, bool(closing)): number for number, *names, line, closing in rows})
        self._connection = connection

    def __missing__(self, book: Book) -> int:
        names = dict(zip(("bookmaker", "market", "line", "closing"), book, strict=True))
        number: int = self._connection.execute(insert(books).values(names).returning(books.c.id)).scalar_one()
        self[book] = number
        return number
