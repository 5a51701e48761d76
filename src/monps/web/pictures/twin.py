"""The text twin of a picture: the same numbers as a table."""

from typing import Literal, NamedTuple

Form = Literal["text", "percent", "signed_percent", "number", "signed", "count", "odds", "message"]
"""How a column is written; a ``message`` is text that has translations."""
Value = str | float | int | None


class Column(NamedTuple):
    """One column: its heading (a message), and how its values are written, with how many decimals."""

    heading: str
    form: Form = "number"
    places: int | None = None


class Twin(NamedTuple):
    """A table that says what a picture shows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
