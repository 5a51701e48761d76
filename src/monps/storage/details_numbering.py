"""The small numbers that stand for a source's own names: found, or given to what is new."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from monps.domain.details import Player
from monps.storage.bulk import insert_rows
from monps.storage.orm import competitions, source_matches, source_players, source_teams

_DAY = 86_400_000_000
_SAME_DAY = 3 * _DAY
_MANY = 2000
_TOLD = ("day", "home_goals", "away_goals", "key", "referee")
"""What a source may say of a match later than that it takes place."""

TeamSeason = tuple[int, int, str]
"""A competition's number, a season, and the name by which a source calls a team."""


class TeamNumbers(dict[TeamSeason, int]):
    """Each team-season's number in one source.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    source : str
        Its name.
    wanted : iterable of TeamSeason
        Those that must have a number.
    """

    def __init__(self, connection: Connection, source: str, wanted: Iterable[TeamSeason]) -> None:
        table = source_teams.c
        asked = dict.fromkeys(wanted)
        rows = select(table.competition_id, table.season, table.name, table.id).where(
            table.source == source, table.season.in_({season for _, season, _ in asked})
        )
        super().__init__(_read(connection, rows))
        missing = [(source, *key, None, None, None, None) for key in asked if key not in self]
        if missing:
            insert_rows(connection, source_teams, missing)
            self.update(_read(connection, rows))


class MatchNumbers:
    """Each match's number in one source, in the order in which they were given.

    A match is the same one when the same sides meet at the same home in the same season; where they may do
    so more than once, when they do on the same day, give or take three.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    given : iterable of tuple
        Home and away side's numbers, day in microseconds, goals of both, the source's key, the referee.
    """

    def __init__(self, connection: Connection, given: Iterable[tuple[Any, ...]]) -> None:
        self._connection = connection
        rows = list(given)
        homes = {row[0] for row in rows}
        self._known = self._stored(homes)
        self._meetings = self._most_meetings(homes)
        self._days = {key: row.day for key, row in self._known.items()}
        keys = [self._key(row) for row in rows]
        insert_rows(connection, source_matches, self._new(keys, rows))
        self._update(keys, rows)
        numbers = self._stored(homes)
        self.numbers: Sequence[int] = [numbers[key][0] for key in keys]

    def _stored(self, homes: set[int]) -> dict[tuple[int, int, int], Any]:
        table = source_matches
        chosen = table.c.home_id.in_(homes) if len(homes) <= _MANY else table.c.home_id >= min(homes)
        found = self._connection.execute(select(table).where(chosen))
        return {(row.home_id, row.away_id, row.meeting): row for row in found}

    def _most_meetings(self, homes: set[int]) -> dict[int, int]:
        joined = source_teams.join(competitions, competitions.c.id == source_teams.c.competition_id)
        rows = select(source_teams.c.id, competitions.c.meetings).select_from(joined)
        more_than_once = self._connection.execute(rows.where(competitions.c.meetings > 1))
        return {number: meetings for number, meetings in more_than_once if number in homes}

    def _key(self, row: tuple[Any, ...]) -> tuple[int, int, int]:
        home, away, day, *_ = row
        meeting = 1
        for meeting in range(1, self._meetings.get(home, 1) + 1):
            other = self._days.setdefault((home, away, meeting), day)
            if day is None or other is None or abs(other - day) <= _SAME_DAY:
                break
        return home, away, meeting

    def _new(self, keys: Sequence[tuple[int, int, int]], rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        new = {key: (*key, *row[2:-1], None, row[-1]) for key, row in zip(keys, rows, strict=True)}
        return [row for key, row in new.items() if key not in self._known]

    def _update(self, keys: Sequence[tuple[int, int, int]], rows: Sequence[tuple[Any, ...]]) -> None:
        """Put a result that was not known before, or another day, in the place of what was there."""
        changed = []
        for key, (_, _, *given) in zip(keys, rows, strict=True):
            stored = self._known.get(key)
            if stored is None:
                continue
            before = tuple(stored._mapping[name] for name in _TOLD)  # noqa: SLF001 - its public name
            after = tuple(old if new is None else new for old, new in zip(before, given, strict=True))
            if after != before:
                new = dict(zip((f"new_{name}" for name in _TOLD), after, strict=True))
                changed.append({"number": stored.id, **new})
        if changed:
            values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _TOLD}
            of_number = source_matches.c.id == bindparam("number")
            self._connection.execute(update(source_matches).where(of_number).values(values), changed)


class PlayerNumbers(dict[str, int]):
    """Each player's number in one source by the source's key.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    source : str
        Its name.
    wanted : iterable of Player
        Those that must have a number.
    """

    def __init__(self, connection: Connection, source: str, wanted: Iterable[Player]) -> None:
        asked = {player.key: player.name for player in wanted}
        table = source_players.c
        rows = select(table.key, table.id).where(table.source == source)
        if len(asked) <= _MANY:
            rows = rows.where(table.key.in_(asked))
        super().__init__((key, number) for key, number in connection.execute(rows))
        missing = [(source, key, name, None, None) for key, name in asked.items() if key not in self]
        if missing:
            insert_rows(connection, source_players, missing)
            self.update((key, number) for key, number in connection.execute(rows))


def _read(connection: Connection, rows: Select[Any]) -> dict[TeamSeason, int]:
    return {(of, season, name): number for of, season, name, number in connection.execute(rows)}
