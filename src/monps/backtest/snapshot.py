"""A history as bytes, the same bytes for the same history, to be read where the store is not."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import polars as pl

from monps.agents import History

_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""An archive notes when a part was written; this one may not, or its bytes would differ."""


def pack(history: History) -> bytes:
    """Return a history as an archive of Arrow files, one a table."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, kind in _tables():
            if (table := getattr(history, name)) is not None:
                archive.writestr(zipfile.ZipInfo(f"{name}.{kind.__name__}", _ANY_DAY), _arrow(table.frame))
    return kept.getvalue()


def unpack(content: bytes) -> History:
    """Return the history that was packed.

    Examples
    --------
    >>> from monps.tables.matches import MatchTable
    >>> from monps.tables.quotes import QuoteTable
    >>> history = History(MatchTable.from_matches([]), QuoteTable.from_quotes([]))
    >>> pack(unpack(pack(history))) == pack(history)
    True
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = set(archive.namelist())
        found = {
            name: kind(pl.read_ipc(io.BytesIO(archive.read(part))))
            for name, kind in _tables()
            if (part := f"{name}.{kind.__name__}") in held
        }
    return History(**found)


def _tables() -> Iterator[tuple[str, type[Any]]]:
    """Name the tables of a history, each with its kind; ``Kind | None`` is one that may be absent."""
    kinds = get_type_hints(History)
    for field in fields(History):
        kind = kinds[field.name]
        yield field.name, next((part for part in get_args(kind) if part is not type(None)), kind)


def _arrow(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.rechunk().write_ipc(written, compression="zstd")
    return written.getvalue()
