"""What was counted of both sides of every match, from whichever tables there are, side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from monps.dna.line_ups import of_appearances
from monps.dna.shooting import of_shots
from monps.numerics.checks import Bools, Floats
from monps.tables.appearances import AppearanceTable
from monps.tables.matches import IMPLIED, SECONDS_A_DAY, STATISTICS, MatchTable
from monps.tables.shots import ShotTable
from monps.tables.team_matches import TeamMatchTable

OF_RESULTS, OF_PRICES = "results", "closing odds"
_MADE_OF = {
    "cards": ("yellow_cards", "red_cards"),
    "aerials": ("aerials_won", "aerials_lost"),
    "deep_by_both": ("deep_completions", "deep_completions_allowed"),
    "shots_by_both": ("shots",),
    "implied_by_both": (IMPLIED,),
    "shots_while_ahead": ("shots_ahead",),
    "shots_while_behind": ("shots_behind",),
}
_WHOLE, _ROUNDING = 100.0, 2.0
_COUNTS = tuple(name for name, kind in TeamMatchTable.SCHEMA.items() if kind == pl.Float64())
_NOT_COUNTED = ("match_id", "is_home", "source")


@dataclass(frozen=True, slots=True, eq=False)
class Details:
    """What other sources say of matches; any of it may be absent.

    Parameters
    ----------
    team_matches : TeamMatchTable, optional
        One row for each match and side.
    shots : ShotTable, optional
    appearances : AppearanceTable, optional
    preference : tuple of str
        Where several sources tell the same of a side, the first of these is believed, then others by name.
    """

    team_matches: TeamMatchTable | None = None
    shots: ShotTable | None = None
    appearances: AppearanceTable | None = None
    preference: tuple[str, ...] = ()


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Counts of both sides of n matches.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    columns : mapping of str to ndarray, shape (n, 2)
        By name: home and away; NaN where nobody counted.
    sources : mapping of str to str
        Who counted each.
    """

    table: MatchTable
    columns: Mapping[str, Floats]
    sources: Mapping[str, str]

    def of(self, name: str) -> Floats:
        """Shape (n, 2): one measure; NaN throughout where nobody counts it."""
        found = self.columns.get(name)
        return np.full((len(self.table), 2), np.nan) if found is None else found

    def source_of(self, *names: str) -> str:
        """Say who counted some measures, the results' own statistics aside unless there is nothing else."""
        told = {
            self.sources[name]
            for part in names
            for name in _MADE_OF.get(part, (part,))
            if name in self.sources
        }
        return "+".join(sorted(told - {OF_RESULTS}) or sorted(told))

    def only(self, names: Collection[str]) -> "Measures":
        """Return the same with some of the measures alone, which are quicker to cut."""
        columns = {name: values for name, values in self.columns.items() if name in names}
        return Measures(self.table, columns, self.sources)

    def where(self, rows: Bools) -> "Measures":
        """Return the same of some of the matches, rows of shape (n,)."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return Measures(MatchTable(self.table.frame.filter(rows)), columns, self.sources)

    def until(self, as_of: datetime) -> "Measures":
        """Return the same of the matches whose results were known at a moment."""
        return self.where(self.table.known_days <= as_of.timestamp() / SECONDS_A_DAY)

    @classmethod
    def read(cls, table: MatchTable, details: Details = NO_DETAILS) -> "Measures":
        """Gather what the tables say of a table's matches.

        Parameters
        ----------
        table : MatchTable
            The n matches, with the goals that past prices stood for where there are any.
        details : Details
            What other sources say, as far as it was known when the table was.
        """
        columns, sources = _of_results(table)
        for frame, names in _frames(details):
            _add(columns, sources, _aligned(table, frame, names))
        return cls(table, columns | _derived(columns), sources)


def _of_results(table: MatchTable) -> tuple[dict[str, Floats], dict[str, str]]:
    """Return what comes with results, and the goals that prices stood for."""
    names = ("goals", "half_time_goals", *STATISTICS, IMPLIED)
    columns = {
        name: np.stack([table.column(f"{side}_{name}") for side in ("home", "away")], axis=1)
        for name in names
    }
    sources = dict.fromkeys(names, OF_RESULTS) | {IMPLIED: OF_PRICES}
    return columns, sources


def _frames(details: Details) -> list[tuple[pl.DataFrame, tuple[str, ...]]]:
    """Return frames with a row for each match and side, and what is counted there."""
    frames = []
    if details.team_matches is not None:
        frames += [(part, _COUNTS) for part in _by_source(details.team_matches.frame, details.preference)]
    if details.shots is not None:
        frames.append(_with_names(of_shots(details.shots)))
    if details.appearances is not None:
        frames.append(_with_names(of_appearances(details.appearances)))
    return frames


def _by_source(frame: pl.DataFrame, preference: tuple[str, ...]) -> list[pl.DataFrame]:
    """Split rows by who tells them, the most trusted first."""
    rank = {source: place for place, source in enumerate(preference)}
    told = sorted(frame["source"].unique().to_list(), key=lambda each: (rank.get(each, len(rank)), str(each)))
    return [frame.filter(pl.col("source").eq_missing(source)) for source in told]


def _with_names(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    return frame, tuple(name for name in frame.columns if name not in _NOT_COUNTED)


def _aligned(table: MatchTable, frame: pl.DataFrame, names: tuple[str, ...]) -> dict[str, tuple[Floats, str]]:
    """Lay columns of a frame out by match and side, with who counted them."""
    rows = table.frame.select("match_id").with_row_index("row")
    found = frame.join(rows, on="match_id", how="inner")
    place = found["row"].to_numpy(), np.where(found["is_home"].to_numpy(), 0, 1)
    said = found["source"].to_numpy()
    laid = {}
    for name in names:
        values = found[name].cast(pl.Float64).to_numpy()
        known = np.isfinite(values)
        if known.any():
            column = np.full((len(table), 2), np.nan)
            column[place[0][known], place[1][known]] = values[known]
            laid[name] = column, str(said[known][-1]).removeprefix(f"{OF_RESULTS}+")
    return laid


def _add(columns: dict[str, Floats], sources: dict[str, str], more: Mapping[str, tuple[Floats, str]]) -> None:
    """Fill in what was not counted so far."""
    for name, (values, source) in more.items():
        before = columns.get(name)
        known = np.isfinite(before) if before is not None else np.zeros(values.shape, dtype=np.bool_)
        if before is None or not known.any():
            columns[name], sources[name] = values, source
        else:
            columns[name] = np.where(known, before, values)


def _derived(columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return sums and differences that dimensions ask for."""
    unknown = np.full_like(columns["goals"], np.nan)

    def told(name: str) -> Floats:
        return columns.get(name, unknown)

    possession = told("possession")
    # Sources write 0 to 0 where they do not know; shares that do not make a whole are none.
    is_whole = np.abs(possession + possession[:, ::-1] - _WHOLE) <= _ROUNDING
    return {
        "matches": np.ones_like(unknown),
        "possession": np.where(is_whole, possession, np.nan),
        "cards": told("yellow_cards") + told("red_cards"),
        "later_goals": told("goals") - told("half_time_goals"),
        "aerials": told("aerials_won") + told("aerials_lost"),
        "deep_by_both": told("deep_completions") + told("deep_completions_allowed"),
        "shots_by_both": told("shots") + told("shots")[:, ::-1],
        "implied_by_both": told(IMPLIED) + told(IMPLIED)[:, ::-1],
        "shots_while_ahead": told("shots_ahead") + told("shots_behind")[:, ::-1],
        "shots_while_behind": told("shots_behind") + told("shots_ahead")[:, ::-1],
    }
