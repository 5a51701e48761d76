"""Fields of JSON objects: read as what they should be; what is missing, new or of another kind is told."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from monps.domain.ingestion import Reject
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._looks import describe

Json = Mapping[str, Any]


class FieldRefused(ValueError):  # noqa: N818 - a verdict, not a fault
    """A field is missing or not what it should be; the message says which."""


class Drift:
    """Gathers how a payload's fields differ from those that are known, and the rows that were refused.

    Parameters
    ----------
    payload : Payload
        Whose name goes into every reject.
    """

    def __init__(self, payload: Payload) -> None:
        self._name = payload.name
        self._new: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._retyped: Counter[str] = Counter()
        self._rejects: list[Reject] = []

    def look(self, where: str, rows: Sequence[Json], known: frozenset[str]) -> None:
        """Note the fields of rows that are not known, and known ones that no row has."""
        if not rows:
            return
        objects: Iterator[object] = iter(rows)
        seen = frozenset(name for row in objects if isinstance(row, Mapping) for name in row)
        self._new.update(f"{where}.{name}" for name in seen - known)
        self._missing.update(f"{where}.{name}" for name in known - seen)

    def compare(self, where: str, seen: Iterable[str], known: frozenset[str]) -> None:
        """Note the columns of a table that are not known, and known ones that it has not."""
        there = frozenset(seen)
        self._new.update(f"{where}.{name}" for name in there - known)
        self._missing.update(f"{where}.{name}" for name in known - there)

    def retype(self, field: str) -> None:
        """Note a field that holds another kind of value than it should."""
        self._retyped[field] += 1

    def refuse(self, line: int | None, reason: str) -> None:
        """Note a row that was refused; ``line`` counts the rows of its list from 1."""
        self._rejects.append(Reject(file=self._name, line=line, reason=reason))

    @property
    def new(self) -> tuple[str, ...]:
        """Fields that are not known."""
        return tuple(sorted(self._new))

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that should be there and are not."""
        return tuple(sorted(self._missing))

    @property
    def retyped(self) -> tuple[str, ...]:
        """Fields of another kind."""
        return tuple(sorted(self._retyped))

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """What was refused."""
        return tuple(self._rejects)


def load(payload: Payload, content: bytes | None = None) -> Any:
    """Read a payload as JSON.

    Raises
    ------
    DataRefused
        If it has a fault, is empty, or is something else.
    """
    if payload.fault is not None:
        raise DataRefused(f"{payload.name}: {payload.fault}")
    content = payload.content if content is None else content
    if not content.strip():
        raise DataRefused(f"{payload.name}: the file is empty")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise DataRefused(f"{payload.name}: this is {describe(content)}, not whole JSON ({error})") from error


class Row:
    """One JSON object, whose fields are read by name.

    Parameters
    ----------
    where : str
        What its fields are called in front of their names, for messages.
    fields : mapping
        The object.
    drift : Drift
        Told of fields of another kind.
    """

    def __init__(self, where: str, fields: object, drift: Drift) -> None:
        if not isinstance(fields, Mapping):
            drift.retype(where)
            raise FieldRefused(f"{where} is {_kind(fields)}, not an object")
        self._where, self._fields, self._drift = where, fields, drift

    def number(self, name: str) -> float | None:
        """Return a number, also one written as text; None where there is none.

        Raises
        ------
        FieldRefused
            If it is something else.
        """
        value = self._fields.get(name)
        if value is None or value == "":
            return None
        read = _number(value)
        if read is None:
            raise self._another_kind(name, value, "a number")
        return read

    def whole(self, name: str) -> int | None:
        """Return a whole number; None where there is none.

        Raises
        ------
        FieldRefused
            If it is something else.
        """
        read = self.number(name)
        if read is None:
            return None
        if not read.is_integer():
            raise self._another_kind(name, read, "a whole number")
        return int(read)

    def text(self, name: str) -> str | None:
        """Return a text; None where there is none, or a blank one.

        Raises
        ------
        FieldRefused
            If it is something else.
        """
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise self._another_kind(name, value, "a text")

    def flag(self, name: str) -> bool | None:
        """Return true or false; None where nothing is said."""
        value = self._fields.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise self._another_kind(name, value, "true or false")

    def row(self, name: str) -> "Row":
        """Return an object within this one; an empty one where there is none."""
        value = self._fields.get(name)
        return Row(f"{self._where}.{name}", {} if value is None else value, self._drift)

    def rows(self, name: str) -> list[Any]:
        """Return a list; an empty one where there is none."""
        value = self._fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._another_kind(name, value, "a list")
        return value

    def require(self, *names: str) -> None:
        """Refuse an object without these fields.

        Raises
        ------
        FieldRefused
            With the first that is missing.
        """
        for name in names:
            if self._fields.get(name) in (None, ""):
                raise FieldRefused(f"{self._where}.{name} is missing")

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields."""
        return tuple(self._fields)

    def _another_kind(self, name: str, value: object, wanted: str) -> FieldRefused:
        field = f"{self._where}.{name}"
        self._drift.retype(field)
        return FieldRefused(f"{field} is {_kind(value)}, not {wanted}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = float(value)
    except ValueError:
        return None
    return read if math.isfinite(read) else None


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f"the text {value[:30]!r}"
    if isinstance(value, bool | int | float):
        return f"{value!r}"
    return {list: "a list", dict: "an object", type(None): "nothing"}.get(type(value), type(value).__name__)
