"""Tables of text cells, column by column, whatever the file was written with."""

import codecs
from collections.abc import Sequence
from io import BytesIO

import polars as pl

from monps.domain.ingestion import Reject
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._looks import describe

LINE = "#line"
"""The column that says in which line of the file a row stands; the header is line 1."""

_PARQUET = b"PAR1"
_REJECTS_SHOWN = 1000


def read_cells(payload: Payload) -> pl.DataFrame:
    """Read CSV or Parquet as columns of text, blank cells as null, with a column of line numbers.

    Raises
    ------
    DataRefused
        If the payload has a fault, is empty, or is no table.
    """
    if payload.fault is not None:
        raise DataRefused(f"{payload.name}: {payload.fault}")
    if not payload.content.strip():
        raise DataRefused(f"{payload.name}: the file is empty")
    try:
        frame = _parquet(payload) if payload.content.startswith(_PARQUET) else _csv(payload)
    except (pl.exceptions.PolarsError, UnicodeError, OSError) as error:
        raise DataRefused(f"{payload.name}: this is {describe(payload.content)}, not a table") from error
    cells = frame.with_columns(pl.all().str.strip_chars().replace("", None))
    return cells.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(LINE))


def numbers(cells: pl.DataFrame, names: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read columns as numbers.

    Parameters
    ----------
    cells : polars.DataFrame
        Text.
    names : sequence of str
        Which columns; those that are not there are passed over.

    Returns
    -------
    rows : polars.DataFrame
        The rows whose numbers can be read, with these columns as floats.
    refused : polars.DataFrame
        The other rows' ``LINE`` and, as ``reason``, what could not be read.
    """
    there = [name for name in names if name in cells.columns]
    read = {name: pl.col(name).cast(pl.Float64, strict=False) for name in there}
    unread = [
        pl.when(pl.col(name).is_not_null() & (number.is_null() | ~number.is_finite()))
        .then(pl.format("{}: {} is no number", pl.lit(name), pl.col(name)))
        .alias(f"?{name}")
        for name, number in read.items()
    ]
    judged = cells.with_columns(
        pl.concat_str(unread, separator="; ", ignore_nulls=True).alias("reason")
        if unread
        else pl.lit("").alias("reason")
    )
    refused = judged.filter(pl.col("reason") != "").select(LINE, "reason")
    rows = judged.filter(pl.col("reason") == "").drop("reason")
    return rows.with_columns(number.alias(name) for name, number in read.items()), refused


def rejects(payload: Payload, refused: pl.DataFrame) -> tuple[Reject, ...]:
    """Set out refused rows, each with its line and reason."""
    return tuple(
        Reject(file=payload.name, line=line, reason=reason)
        for line, reason in refused.select(LINE, "reason").rows()
    )


def require(payload: Payload, cells: pl.DataFrame, names: Sequence[str]) -> None:
    """Refuse a table without these columns.

    Raises
    ------
    DataRefused
        With the names of those that are missing.
    """
    missing = [name for name in names if name not in cells.columns]
    if missing:
        raise DataRefused(
            f"{payload.name}: required column{'s' if len(missing) > 1 else ''} missing: {', '.join(missing)}"
        )


def retyped(cells: pl.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that should hold numbers and hold not a single one."""
    told = {name: cells[name].drop_nulls() for name in names if name in cells.columns}
    return tuple(
        name
        for name, texts in told.items()
        if texts.len() and texts.cast(pl.Float64, strict=False).null_count() == texts.len()
    )


def _parquet(payload: Payload) -> pl.DataFrame:
    frame = pl.read_parquet(BytesIO(payload.content))
    return frame.select(pl.col(name).cast(pl.String) for name in frame.columns)


def _csv(payload: Payload) -> pl.DataFrame:
    text = _decode(payload.content)
    header = text.split("\n", 1)[0]
    if header.lstrip().startswith(("<", "{", "[")):
        raise pl.exceptions.ComputeError("no table")
    separator = ";" if header.count(";") > header.count(",") else ","
    return pl.read_csv(
        BytesIO(text.encode()), separator=separator, infer_schema=False, truncate_ragged_lines=True
    )


def _decode(content: bytes) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content[:1024]:
        raise pl.exceptions.ComputeError("binary")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")
