"""Rows that may be corrected: what is new is added, what differs takes the place of what was said before."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select, update

from monps.storage.bulk import insert_rows

if TYPE_CHECKING:
    from monps.storage.mappers import Row

Key = tuple[Any, ...]
Values = tuple[Any, ...]

_SAME = 1e-4
"""Providers round the same number differently in different files: that is no correction."""


class Kept(NamedTuple):
    """How many rows were new, filled blanks of an older one, corrected it, or differ from another file's."""

    added: int = 0
    filled: int = 0
    corrected: int = 0
    differing: int = 0


class Current(NamedTuple):
    """The last word on something, and the file that it is from."""

    revision: int
    file_id: int
    values: Values


class Reading(NamedTuple):
    """The file at hand: its number, when it was read in microseconds, and earlier readings of the same."""

    file_id: int
    read_at: int
    earlier: frozenset[int] = frozenset()


class RevisedTable:
    """A table whose columns are a key, ``revision, known_at, superseded_at, file_id``, and values.

    Parameters
    ----------
    connection : Connection
        Within a transaction that writes.
    table : Table
        Its key goes first.
    reading : Reading
        The file at hand. A new reading of the same file corrects it; what another file of the source told
        first stays, since the source itself does not agree with itself.
    known_at : int, optional
        From when what is new is known; None is with the result of its match.
    """

    def __init__(
        self, connection: Connection, table: Table, reading: Reading, known_at: int | None = None
    ) -> None:
        self._connection, self._table = connection, table
        self._reading, self._known_at = reading, known_at
        names = [column.name for column in table.columns]
        place = names.index("revision")
        self._keys, self._names = names[:place], names[place + 4 :]

    def keep(self, rows: Iterable[tuple[Key, Values]], among: ColumnElement[bool]) -> Kept:
        """Store rows; what one leaves blank stays as it was.

        Parameters
        ----------
        rows : iterable
            Keys with values, each key once.
        among : condition
            Which rows of the table may have these keys.
        """
        current, sorted_out = self._current(among), _SortedOut()
        for key, values in rows:
            last = current.get(key)
            if last is None:
                sorted_out.new.append((*key, 1, self._known_at, None, self._reading.file_id, *values))
            else:
                self._compare(key, last, values, sorted_out)
        self._supersede(sorted_out.corrected)
        self._fill(sorted_out.filled)
        insert_rows(self._connection, self._table, sorted_out.new)
        added, filled = len(sorted_out.new) - len(sorted_out.corrected), len(sorted_out.filled)
        return Kept(added, filled, len(sorted_out.corrected), sorted_out.differing)

    def _compare(self, key: Key, last: Current, given: Values, into: "_SortedOut") -> None:
        merged, contradicts = merge(last.values, given)
        if not contradicts:
            if merged != last.values:
                into.filled.append((key, last._replace(values=merged)))
        elif last.file_id in self._reading.earlier:
            file_id, read_at, _ = self._reading
            into.corrected.append(key)
            into.new.append((*key, last.revision + 1, read_at, None, file_id, *merged))
        else:
            into.differing += 1

    def _current(self, among: ColumnElement[bool]) -> dict[Key, Current]:
        width = len(self._keys)
        rows = select(self._table).where(self._table.c.superseded_at.is_(None), among)
        return {
            tuple(row[:width]): Current(row[width], row[width + 3], tuple(row[width + 4 :]))
            for row in self._connection.execute(rows)
        }

    def _supersede(self, keys: Sequence[Key]) -> None:
        if keys:
            last = and_(self._at_key(), self._table.c.superseded_at.is_(None))
            statement = update(self._table).where(last).values(superseded_at=self._reading.read_at)
            self._connection.execute(statement, [self._bound(key) for key in keys])

    def _fill(self, filled: Sequence[tuple[Key, Current]]) -> None:
        """Write what nobody had said before into the row that is there: it contradicts nothing."""
        if filled:
            at = and_(self._at_key(), self._table.c.revision == bindparam("at_revision"))
            statement = (
                update(self._table).where(at).values({name: bindparam(f"new_{name}") for name in self._names})
            )
            self._connection.execute(statement, [self._filling(key, current) for key, current in filled])

    def _filling(self, key: Key, current: Current) -> dict[str, Any]:
        values = {f"new_{name}": value for name, value in zip(self._names, current.values, strict=True)}
        return self._bound(key) | values | {"at_revision": current.revision}

    def _at_key(self) -> ColumnElement[bool]:
        return and_(*(self._table.c[name] == bindparam(f"at_{name}") for name in self._keys))

    def _bound(self, key: Key) -> dict[str, Any]:
        return {f"at_{name}": value for name, value in zip(self._keys, key, strict=True)}


class _SortedOut:
    """What is to be written, by what has to be done with it."""

    def __init__(self) -> None:
        self.new: list[Row] = []
        self.filled: list[tuple[Key, Current]] = []
        self.corrected: list[Key] = []
        self.differing = 0


def merge(current: Values, given: Values) -> tuple[Values, bool]:
    """Return what is known once ``given`` was read too, and whether it contradicts what was said before.

    Examples
    --------
    >>> merge((1.0, None, "a"), (1.00001, 2.0, None))
    ((1.0, 2.0, 'a'), False)
    >>> merge((1.0, None), (1.5, None))
    ((1.5, None), True)
    """
    if current == given:
        return current, False
    merged, contradicts = [], False
    for old, new in zip(current, given, strict=True):
        differs = old is not None and new is not None and not _same(old, new)
        contradicts |= differs
        merged.append(new if differs or old is None else old)
    return tuple(merged), contradicts


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, float) or isinstance(new, float):
        return math.isclose(old, new, rel_tol=_SAME, abs_tol=_SAME)
    return bool(old == new)
