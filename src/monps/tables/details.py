"""What the tables of details have in common: a schema, columns in, and one way to look back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

import polars as pl

from monps.errors import UsageError
from monps.tables.export import export

UTC_MOMENT = pl.Datetime("us", "UTC")
Columns = Mapping[str, Sequence[Any]]
"""Equally long columns by their names; moments are aware, or microseconds since 1970."""

MATCH_COLUMNS: dict[str, pl.DataType] = {
    "match_id": pl.Int64(),
    "competition": pl.String(),
    "season": pl.Int32(),
    "kickoff": UTC_MOMENT,
    "known_at": UTC_MOMENT,
}


class DetailTable:
    """Rows about matches; ``until`` is the only way to look back.

    Parameters
    ----------
    frame : polars.DataFrame
        With the columns of the table's ``SCHEMA``; make one with ``from_columns`` or ``from_dataframe``.
    """

    SCHEMA: ClassVar[dict[str, pl.DataType]] = {}
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    ORDER: ClassVar[tuple[str, ...]] = ("kickoff", "match_id")

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    @classmethod
    def from_columns(cls, columns: Columns) -> Self:
        """Take columns as a repository hands them out; those left out are unknown.

        Raises
        ------
        UsageError
            If a required column is missing, or one has the wrong type.
        """
        types = {name: cls._read_as(name) for name in columns if name in cls.SCHEMA}
        try:
            given = pl.DataFrame({name: columns[name] for name in types}, schema=types, strict=False)
        except (pl.exceptions.PolarsError, TypeError) as error:
            raise UsageError(f"a column has the wrong type: {error}") from error
        return cls._of(given)

    @classmethod
    def from_dataframe(cls, data: Any) -> Self:
        """Take a dataframe of any library that narwhals knows, with at least the required columns.

        Raises
        ------
        UsageError
            If a required column is missing, or one has the wrong type.
        """
        import narwhals as nw  # noqa: PLC0415 - only the public edge needs it

        return cls._of(nw.from_native(data, eager_only=True).to_polars())

    def to_dataframe(self, backend: str = "polars") -> Any:
        """Return the columns as a dataframe of ``"polars"``, ``"pandas"`` or ``"pyarrow"``."""
        return export(self.frame, backend)

    def __len__(self) -> int:
        return self.frame.height

    def until(self, as_of: datetime) -> Self:
        """Return the rows that were known at that moment.

        Raises
        ------
        UsageError
            If the moment has no time zone.
        """
        if as_of.tzinfo is None:
            raise UsageError("as_of needs a time zone: a naive datetime names no moment")
        return self.where(pl.col("known_at") <= as_of)

    def where(self, condition: pl.Expr) -> Self:
        """Return the rows for which a polars expression holds."""
        return type(self)(self.frame.filter(condition))

    @classmethod
    def _of(cls, given: pl.DataFrame) -> Self:
        missing = [name for name in cls.REQUIRED if name not in given.columns]
        if missing:
            raise UsageError(f"columns missing: {', '.join(missing)}; required are {', '.join(cls.REQUIRED)}")
        columns = [
            (pl.col(name) if name in given.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in cls.SCHEMA.items()
        ]
        try:
            return cls(given.select(columns).sort(cls.ORDER, maintain_order=True))
        except pl.exceptions.PolarsError as error:
            raise UsageError(f"a column has the wrong type: {error}") from error

    @classmethod
    def _read_as(cls, name: str) -> pl.DataType | None:
        """Moments may come as numbers: polars finds out, and they are cast afterwards."""
        kind = cls.SCHEMA[name]
        return None if kind == UTC_MOMENT else kind
