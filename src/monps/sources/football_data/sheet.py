"""Bytes as a sheet of text cells, whatever their encoding and their line ends."""

import codecs
import csv
from typing import NamedTuple

from monps.errors import DataRefused
from monps.ports.source import Payload

Cells = list[str]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = 40
_LOOKS = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b"<?xml", "XML"),
    (b"<", "a web page (HTML)"),
)


class Row(NamedTuple):
    """A row of the sheet with the number of its line, from 1, in the file."""

    line: int
    cells: Cells


class Sheet(NamedTuple):
    """A header, and rows that have a cell for each of its names and a blank one after the last.

    ``cut_line`` is the last line if the file ends in the middle of it.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    cut_line: int | None


def read_sheet(payload: Payload) -> Sheet:
    """Split a payload into rows; blank ones are left out, short ones filled up, surplus cells dropped.

    Quotation marks bind only within a line, so that a stray one cannot swallow the rest of the file.

    Raises
    ------
    DataRefused
        If the payload could not be read or holds no text.
    """
    if payload.fault is not None:
        raise DataRefused(f"{payload.name}: {payload.fault}")
    if not payload.content.strip():
        raise DataRefused(f"{payload.name}: the file is empty")
    lines = _decode(payload.content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip(", \t\0")]
    if not numbered:
        raise DataRefused(f"{payload.name}: the file holds nothing but blank lines")
    names = tuple(name.strip() for name in _split(numbered[0][1]))
    width = max((place for place, name in enumerate(names, 1) if name), default=0)
    rows = tuple(Row(number, _split(line)) for number, line in numbered[1:])
    cut = rows[-1].line if rows and rows[-1].line == len(lines) and len(rows[-1].cells) < width else None
    for row in rows:
        row.cells[width:] = [""] * (width + 1 - min(len(row.cells), width))
    return Sheet(names[:width], rows, cut)


def describe(content: bytes) -> str:
    """Say what a payload looks like that has not the columns it should have.

    Examples
    --------
    >>> describe(b"<!DOCTYPE html><html>"), describe(b"Date;Home"), describe(bytes(64))
    ('a web page (HTML)', "text that begins 'Date;Home'", 'binary data')
    """
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, look in _LOOKS:
        if start.startswith(mark):
            return look
    if b"\0" in start[:1024]:
        return "binary data"
    return f"text that begins {_decode(start)[:_SHOWN].splitlines()[0]!r}"


def _split(line: str) -> Cells:
    if '"' in line and len(line) < csv.field_size_limit():
        return next(csv.reader([line]))
    return line.split(",")


def _decode(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Line by line, so that one damaged byte does not change how the other lines are read.
        return "".join(map(_decode_line, content.splitlines(keepends=True)))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
