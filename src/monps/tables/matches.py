"""Played matches as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from monps.domain.football import Match, SideStats
from monps.errors import NotEnoughData, UsageError
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.counts import log_factorials
from monps.tables.encode import TeamIndex
from monps.tables.export import export

STATISTICS = tuple(SideStats.model_fields)
"""Per side, in the order of the domain: shots, shots_on_target, fouls, corners, cards, expected_goals."""

IMPLIED = "implied_goals"
"""Per side, the goals that bookmakers' last prices stood for; nothing until ``with_implied_goals``."""

SECONDS_A_DAY = 86_400.0
_MICROS_A_DAY = 1e6 * SECONDS_A_DAY
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When the result of a match that was not played yet becomes known."""

_UTC = pl.Datetime("us", "UTC")
_STATISTIC_COLUMNS = tuple(f"{side}_{name}" for side in ("home", "away") for name in STATISTICS)
SCHEMA: dict[str, pl.DataType] = {
    "match_id": pl.Int64(),
    "competition": pl.String(),
    "season": pl.Int32(),
    "kickoff": _UTC,
    "kickoff_known": pl.Boolean(),
    "known_at": _UTC,
    "home": pl.String(),
    "away": pl.String(),
    "neutral": pl.Boolean(),
    "home_goals": pl.Int16(),
    "away_goals": pl.Int16(),
    "home_half_time_goals": pl.Int16(),
    "away_half_time_goals": pl.Int16(),
    **dict.fromkeys(_STATISTIC_COLUMNS, pl.Float64()),
    "referee": pl.String(),
    **dict.fromkeys((f"home_{IMPLIED}", f"away_{IMPLIED}"), pl.Float64()),
}
_REQUIRED = ("competition", "season", "kickoff", "known_at", "home", "away", "home_goals", "away_goals")


@dataclass(frozen=True, eq=False)
class MatchTable:
    """Played matches, one row each, ordered by kick-off; ``until`` is the only way to look back.

    Parameters
    ----------
    frame : polars.DataFrame
        With the columns of ``SCHEMA``; make one with ``from_matches`` or ``from_dataframe``.
    """

    frame: pl.DataFrame

    @classmethod
    def from_matches(cls, matches: Iterable[Match], ids: Sequence[int] | None = None) -> "MatchTable":
        """Set matches out in columns; ``ids`` number them (default: their place)."""
        rows = [_row(match) for match in matches]
        numbers = range(len(rows)) if ids is None else ids
        columns = dict(zip(list(SCHEMA)[1:], zip(*rows, strict=True), strict=True)) if rows else {}
        frame = pl.DataFrame({"match_id": list(numbers), **columns} if rows else None, schema=SCHEMA)
        return cls(frame.sort("kickoff", "competition", "home", maintain_order=True))

    @classmethod
    def from_columns(cls, columns: Mapping[str, Sequence[Any]]) -> "MatchTable":
        """Take columns as a repository hands them out: by name, moments in microseconds since 1970."""
        moments = ("kickoff", "known_at")
        kinds = {name: pl.Int64() if name in moments else SCHEMA[name] for name in SCHEMA if name in columns}
        # A database says 0 and 1 for truth.
        kinds |= {name: pl.Int8() for name, kind in kinds.items() if kind == pl.Boolean()}
        given = pl.DataFrame({name: columns[name] for name in kinds}, schema=kinds, strict=False)
        return cls(_complete(given).sort("kickoff", "competition", "home", maintain_order=True))

    @classmethod
    def from_dataframe(cls, data: Any) -> "MatchTable":
        """Take a dataframe of any library that narwhals knows, with at least the required columns.

        Raises
        ------
        UsageError
            If a required column is missing, or one has the wrong type.
        """
        import narwhals as nw  # noqa: PLC0415 - only the public edge needs it

        given = nw.from_native(data, eager_only=True).to_polars()
        missing = [name for name in _REQUIRED if name not in given.columns]
        if missing:
            raise UsageError(f"columns missing: {', '.join(missing)}; required are {', '.join(_REQUIRED)}")
        return cls(_complete(given).sort("kickoff", "competition", "home", maintain_order=True))

    def to_dataframe(self, backend: str = "polars") -> Any:
        """Return the columns as a dataframe of ``"polars"``, ``"pandas"`` or ``"pyarrow"``."""
        return export(self.frame, backend)

    def __len__(self) -> int:
        return self.frame.height

    def until(self, as_of: datetime) -> "MatchTable":
        """Return the matches whose result was known at that moment.

        Raises
        ------
        UsageError
            If the moment has no time zone.
        """
        if as_of.tzinfo is None:
            raise UsageError("as_of needs a time zone: a naive datetime names no moment")
        known = self.known_by(as_of)
        return self if known.all() else MatchTable(self.frame.filter(known))

    def known_by(self, as_of: datetime) -> Bools:
        """Shape (n,): whether each result was known at a moment, which is aware."""
        known: Bools = self._known_micros <= (as_of - _EPOCH) // _MICROSECOND
        return known

    def last_known_at(self) -> datetime:
        """Return when the newest result became known.

        Raises
        ------
        NotEnoughData
            If there is no match.
        """
        if not len(self):
            raise NotEnoughData("the table has no match")
        return self._last_known

    def with_implied_goals(self, home: Floats, away: Floats) -> "MatchTable":
        """Return the table with the goals that prices stood for, each of shape (n,), NaN where unknown."""
        columns = {f"home_{IMPLIED}": home, f"away_{IMPLIED}": away}
        return MatchTable(self.frame.with_columns(pl.Series(k, v).fill_nan(None) for k, v in columns.items()))

    def where(self, condition: pl.Expr) -> "MatchTable":
        """Return the matches for which a polars expression holds."""
        return MatchTable(self.frame.filter(condition))

    @property
    def teams(self) -> TeamIndex:
        """The teams that play here."""
        return self._sides[0]

    @property
    def home_index(self) -> Ints:
        """Shape (n,): the home side's number in ``teams``."""
        return self._sides[1]

    @property
    def away_index(self) -> Ints:
        """Shape (n,): the away side's number in ``teams``."""
        return self._sides[2]

    @cached_property
    def kickoff_days(self) -> Floats:
        """Shape (n,): days from 1970 to kick-off, with fractions."""
        return self._micros("kickoff") / _MICROS_A_DAY

    @cached_property
    def known_days(self) -> Floats:
        """Shape (n,): days from 1970 to the moment from which the result was known, with fractions."""
        return self._known_micros / _MICROS_A_DAY

    @cached_property
    def is_played(self) -> Bools:
        """Shape (n,): whether it is a match that was played, and not a fixture."""
        return self._known_micros < (NEVER - _EPOCH) // _MICROSECOND

    def column(self, name: str) -> Floats:
        """Shape (n,): a numeric column, NaN where unknown.

        Raises
        ------
        UsageError
            If there is no such column.
        """
        if name not in SCHEMA:
            raise UsageError(f"there is no column {name!r}; there are {', '.join(SCHEMA)}")
        if name not in self._read:
            self._read[name] = self.frame[name].cast(pl.Float64).to_numpy()
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, Floats]:
        """The numeric columns that were asked for before."""
        return {}

    @property
    def home_goals(self) -> Floats:
        """Shape (n,): the home side's goals."""
        return self.column("home_goals")

    @property
    def away_goals(self) -> Floats:
        """Shape (n,): the away side's goals."""
        return self.column("away_goals")

    @property
    def outcomes(self) -> Ints:
        """Shape (n,): 0 where the home side won, 1 where nobody did, 2 where the away side won; −1 before."""
        sign = 1 - np.sign(self.home_goals - self.away_goals)
        return np.where(np.isfinite(sign), sign, -1.0).astype(np.int64)

    @cached_property
    def log_factorials(self) -> Floats:
        """Shape (n,): ``log h! + log a!`` of each score, which likelihoods leave out; 0 of a fixture."""
        goals = np.nan_to_num([self.home_goals, self.away_goals]).astype(np.int64)
        both: Floats = log_factorials(int(goals.max(initial=0)))[goals].sum(axis=0)
        return both

    @cached_property
    def has_neutral(self) -> bool:
        """Whether a match is on neutral ground."""
        return bool((self.column("neutral") > 0).any())

    @cached_property
    def _known_micros(self) -> Ints:
        return self._micros("known_at")

    @cached_property
    def _last_known(self) -> datetime:
        return datetime.fromtimestamp(int(self._known_micros.max()) / 1e6, UTC)

    def _micros(self, column: str) -> Ints:
        return self.frame[column].cast(pl.Int64).to_numpy()

    @cached_property
    def _sides(self) -> tuple[TeamIndex, Ints, Ints]:
        homes, aways = self.frame["home"].to_list(), self.frame["away"].to_list()
        teams = TeamIndex.of((*homes, *aways))
        return teams, teams.encode(homes), teams.encode(aways)


def _row(match: Match) -> tuple[object, ...]:
    fixture, half = match.fixture, match.half_time
    return (
        fixture.key.competition,
        fixture.key.season.start,
        fixture.kickoff,
        fixture.kickoff_known,
        match.known_at,
        fixture.key.home,
        fixture.key.away,
        fixture.neutral,
        match.score.home,
        match.score.away,
        half.home if half else None,
        half.away if half else None,
        *_statistics(match.home_stats),
        *_statistics(match.away_stats),
        match.referee,
        None,
        None,
    )


def _statistics(side: SideStats) -> tuple[float | None, ...]:
    return (
        side.shots,
        side.shots_on_target,
        side.fouls,
        side.corners,
        side.yellow_cards,
        side.red_cards,
        side.expected_goals,
    )


def _complete(given: pl.DataFrame) -> pl.DataFrame:
    defaults = {"match_id": pl.int_range(pl.len()), "kickoff_known": pl.lit(value=True)}
    defaults["neutral"] = pl.lit(value=False)
    columns = [
        (pl.col(name) if name in given.columns else defaults.get(name, pl.lit(None))).cast(kind).alias(name)
        for name, kind in SCHEMA.items()
    ]
    try:
        return given.select(columns)
    except pl.exceptions.PolarsError as error:
        raise UsageError(f"a column has the wrong type: {error}") from error
