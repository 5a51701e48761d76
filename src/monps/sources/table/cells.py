"""From columns as they are to columns as the mapping means them."""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from monps.domain.identifiers import Season
from monps.errors import DataRefused, UsageError
from monps.ports.source import Payload
from monps.sources._cells import LINE, read_cells
from monps.sources._fields import Drift
from monps.sources._leagues import season_of
from monps.sources.table.mapping import Cell
from monps.sources.table.mapping import Mapping as TableMapping

_TRUE, _FALSE = ("true", "1", "1.0", "yes", "h", "home"), ("false", "0", "0.0", "no", "a", "away")
_CODE = r"^[A-Z][A-Z0-9]{1,7}$"


class MappedCells:
    """A table's columns under our names: text, numbers, days.

    Parameters
    ----------
    payload : Payload
        The table.
    mapping : Mapping
        What its columns mean.
    drift : Drift
        Told of columns that are missing and rows that are refused.
    """

    def __init__(self, payload: Payload, mapping: TableMapping, drift: Drift) -> None:
        self._payload, self._drift, self._mapping = payload, drift, mapping
        self._given = read_cells(payload)
        self._rows = self._given.select(LINE)

    def text(self, name: str, cell: Cell | None, *, needed: bool = True) -> None:
        """Add a column of text.

        Raises
        ------
        DataRefused
            If it is needed and its column is missing.
        """
        self._rows = self._rows.with_columns(self._column(name, cell, needed=needed))

    def number(self, name: str, cell: Cell | None, *, needed: bool = False) -> None:
        """Add a column of numbers; rows in which it is none are refused when ``finish`` is called."""
        raw = self._column(name, cell, needed=needed)
        read = raw.cast(pl.Float64, strict=False)
        bad = raw.is_not_null() & (read.is_null() | ~read.is_finite().fill_null(value=False))
        if bad.any() and read.drop_nulls().is_empty():
            self._drift.retype(cell.column if cell and cell.column else name)
        self._rows = self._rows.with_columns(read.alias(name), bad.alias(f"?{name}"), raw.alias(f"!{name}"))

    def flag(self, name: str, cell: Cell | None, *, needed: bool = False) -> None:
        """Add a column of true and false; what is neither is refused when ``finish`` is called."""
        raw = self._column(name, cell, needed=needed)
        words = dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
        read = raw.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
        self._rows = self._rows.with_columns(
            read.alias(name), (raw.is_not_null() & read.is_null()).alias(f"?{name}"), raw.alias(f"!{name}")
        )

    def match(self) -> None:
        """Add what tells the match: competition, season, day, goals, key, referee.

        Raises
        ------
        DataRefused
            If the competition cannot be told, or a column is missing.
        """
        cells = self._mapping.match
        self.text("competition", cells.competition)
        self.text("date", cells.date, needed=cells.date is not None)
        self.text("key", cells.key, needed=cells.key is not None)
        self.text("referee", cells.referee, needed=False)
        self.number("home_goals", cells.home_goals)
        self.number("away_goals", cells.away_goals)
        day = pl.col("date").str.to_date(cells.date_format, strict=False)
        if any(mark in cells.date_format for mark in "HIT"):
            day = pl.col("date").str.to_datetime(cells.date_format, strict=False).dt.date()
        self._rows = self._rows.with_columns(day.alias("day"))
        self._rows = self._rows.with_columns(
            (pl.col("date").is_not_null() & pl.col("day").is_null()).alias("?day"),
            pl.col("date").alias("!day"),
        )
        self._season(cells.season)

    def finish(self, *needed: str) -> pl.DataFrame:
        """Refuse rows with a cell that cannot be read or is missing, and return the others."""
        rows = self._rows
        faults = [name[1:] for name in rows.columns if name.startswith("?")]
        reasons = [
            *(
                pl.when(f"?{name}").then(pl.format("{}: {} cannot be read", pl.lit(name), pl.col(f"!{name}")))
                for name in faults
            ),
            *(pl.when(pl.col(name).is_null()).then(pl.lit(f"{name} is missing")) for name in needed),
            pl.when(~pl.col("competition").str.contains(_CODE)).then(
                pl.format("{} is no code of a competition; translate it with values", "competition")
            ),
        ]
        judged = rows.with_columns(pl.concat_str(reasons, separator="; ", ignore_nulls=True).alias("reason"))
        for line, reason in judged.filter(pl.col("reason") != "").select(LINE, "reason").rows():
            self._drift.refuse(line, reason)
        kept = judged.filter(pl.col("reason") == "")
        return kept.select(name for name in kept.columns if name[0] not in "?!" and name != "reason")

    def _season(self, cell: Cell | None) -> None:
        if cell is None:
            year = season_of(day for day in self._rows["day"].drop_nulls())
            self._rows = self._rows.with_columns(
                pl.lit(year, pl.Int64).alias("season"), pl.lit(value=False).alias("?season")
            )
        else:
            self.text("written", cell)
            starts = dict(_starts(self._rows["written"]))
            read = pl.col("written").replace_strict(starts, default=None, return_dtype=pl.Int64)
            self._rows = self._rows.with_columns(read.alias("season"))
            bad = pl.col("written").is_not_null() & pl.col("season").is_null()
            self._rows = self._rows.with_columns(bad.alias("?season"))
        written = pl.col("written") if cell else pl.lit(None, pl.String)
        self._rows = self._rows.with_columns(written.alias("!season"))

    def _column(self, name: str, cell: Cell | None, *, needed: bool) -> pl.Series:
        value = self._value(cell, needed=needed).cast(pl.String)
        return self._given.with_columns(value.alias("#value"))["#value"].alias(name)

    def _value(self, cell: Cell | None, *, needed: bool) -> pl.Expr:
        if cell is None:
            return pl.lit(None, pl.String)
        value = self._raw(cell, needed=needed)
        for pattern, text in cell.replace.items():
            value = value.str.replace_all(pattern, text)
        if cell.unknown:
            value = pl.when(value.is_in(cell.unknown)).then(None).otherwise(value)
        if cell.values:
            value = value.replace(dict(cell.values))
        # A text with nothing in it has none of what is counted, which is known.
        return value.fill_null("").str.count_matches(cell.count) if cell.count else value

    def _raw(self, cell: Cell, *, needed: bool) -> pl.Expr:
        if cell.value is not None:
            return pl.lit(cell.value)
        if cell.file is not None:
            found = re.search(cell.file, self._payload.name)
            if not found:
                raise DataRefused(
                    f"{self._payload.name}: its name does not fit {cell.file!r}, of which the mapping speaks"
                )
            return pl.lit(found[1] if found.groups() else found[0])
        if cell.column in self._given.columns:
            return pl.col(cell.column or "")
        if needed:
            raise DataRefused(f"{self._payload.name}: required column missing: {cell.column}")
        self._drift.compare("columns", (), frozenset({cell.column or ""}))
        return pl.lit(None, pl.String)


def _starts(written: pl.Series) -> Iterator[tuple[str, int]]:
    for text in written.drop_nulls().unique():
        if text.isdecimal() and len(text) == 4 and 1870 < int(text) < 2200 and not _follows(text):  # noqa: PLR2004
            yield text, int(text)
            continue
        try:
            yield text, Season.parse(text).start
        except UsageError:
            continue


def _follows(text: str) -> bool:
    """Whether four figures are two years that follow each other, as in 2223."""
    return (int(text[:2]) + 1) % 100 == int(text[2:])


def formatted(cells: Mapping[str, Cell], side: str, other: str) -> dict[str, Cell]:
    """Fill the names of both sides into columns' names."""
    return {
        name: cell.model_copy(
            update={"column": cell.column.replace("{side}", side).replace("{other}", other)}
        )
        if cell.column
        else cell
        for name, cell in cells.items()
    }
