"""What the columns of somebody's table mean, as a small TOML file says it."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from monps.domain.base import Noun
from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.errors import DataRefused, UsageError

_NAME = r"^[a-z][a-z0-9-]{1,30}$"
_TAKEN = ("football-data", "understat", "fbref", "sofascore", "results")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Cell(Noun):
    """Where a value is from: a column, the file's name, or a constant; and what is done to it.

    ``file`` is a regular expression whose first group is taken out of the payload's name. ``values``
    translates, ``unknown`` lists texts that mean nothing is known, ``count`` counts a regular expression
    in the text, ``replace`` replaces regular expressions in their order.
    """

    column: str | None = None
    file: Pattern | None = None
    value: str | None = None
    values: dict[str, str] = Field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    count: Pattern | None = None
    replace: dict[Pattern, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _from_one_place(self) -> Self:
        if sum(each is not None for each in (self.column, self.file, self.value)) != 1:
            raise ValueError("say one of column, file and value")
        return self


def _cell(given: Any) -> Any:
    return {"column": given} if isinstance(given, str) else given


class MatchCells(Noun):
    """Which match a row is of; ``key`` is the source's own number for it."""

    competition: Cell
    season: Cell | None = None
    date: Cell | None = None
    date_format: str = "%Y-%m-%d"
    home: Cell | None = None
    away: Cell | None = None
    home_goals: Cell | None = None
    away_goals: Cell | None = None
    key: Cell | None = None
    referee: Cell | None = None


class SideCells(Noun):
    """Which side a row is of, or how both sides' columns are called.

    ``{side}`` and ``{other}`` in a column's name stand for ``home`` and ``away`` here. Where a row is of one
    side, ``is_home`` says of which, ``team`` who it is and ``opponent`` who the other side is; where ``team``
    is not there, a side is called what the other side's rows call their opponent.
    """

    home: str = "home"
    away: str = "away"
    is_home: Cell | None = None
    team: Cell | None = None
    opponent: Cell | None = None
    measures: dict[str, Cell] = Field(default_factory=dict)


class PlayerCells(Noun):
    """Who a row is about; where ``key_of_season`` is true, his number is another one every season."""

    key: Cell
    key_of_season: bool = False
    name: Cell
    position: Cell | None = None
    started: Cell | None = None
    minutes: Cell | None = None
    measures: dict[str, Cell] = Field(default_factory=dict)


class Mapping(Noun):
    """What a table's rows are, and what its columns mean.

    ``rows`` is ``matches`` (one row a match, both sides in it), ``sides`` (one row for each side of a match)
    or ``appearances`` (one row for each player in each match). ``files`` says which files of a folder are
    meant, such as ``"gws/*"``; all CSV and Parquet files if it is left out.
    """

    source: str = Field(pattern=_NAME)
    rows: Literal["matches", "sides", "appearances"]
    files: str = "*"
    match: MatchCells
    side: SideCells = SideCells()
    player: PlayerCells | None = None

    @model_validator(mode="before")
    @classmethod
    def _columns_for_short(cls, given: Any) -> Any:
        """Let a cell that is but a column be written as its name."""
        return _expand(given)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.source in _TAKEN:
            raise ValueError(f"source: {self.source!r} is a source of its own; choose another name")
        if self.rows == "matches" and not (self.match.home and self.match.away):
            raise ValueError("match: rows of matches need home and away")
        if self.rows != "matches" and not (self.side.is_home and (self.side.team or self.side.opponent)):
            raise ValueError("side: rows of one side need is_home, and team or opponent")
        if self.rows == "appearances" and self.player is None:
            raise ValueError("player: rows of appearances need a player")
        if self.rows != "matches" and not (self.match.key or self.match.date):
            raise ValueError("match: rows of one side need a key, or a date, to find the other side's")
        self._names_are_known(self.side.measures, SIDE_MEASURES)
        self._names_are_known(self.player.measures if self.player else {}, PLAYER_MEASURES)
        return self

    @staticmethod
    def _names_are_known(given: dict[str, Cell], known: tuple[str, ...]) -> None:
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise ValueError(f"measures: {', '.join(unknown)} are none of {', '.join(known)}")


_CELLS = {
    "match": ("competition", "season", "date", "home", "away", "home_goals", "away_goals", "key", "referee"),
    "side": ("is_home", "team", "opponent"),
    "player": ("key", "name", "position", "started", "minutes"),
}


def _expand(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    expanded = dict(given)
    for part, names in _CELLS.items():
        if isinstance(section := given.get(part), dict):
            cells = {name: _cell(cell) if name in names else cell for name, cell in section.items()}
            if isinstance(measures := section.get("measures"), dict):
                cells["measures"] = {name: _cell(cell) for name, cell in measures.items()}
            expanded[part] = cells
    return expanded


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a TOML file.

    Raises
    ------
    UsageError
        If there is no such file.
    DataRefused
        If it is no TOML, or says what makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    try:
        return mapping_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataRefused(f"{path.name}: this is no TOML: {error}") from error
    except DataRefused as error:
        raise DataRefused(f"{path.name}: {error}") from error


def mapping_of(given: dict[str, Any]) -> Mapping:
    """Make a mapping of what a TOML file, or a ``dict``, holds.

    Raises
    ------
    DataRefused
        If it says what makes no sense.
    """
    try:
        return Mapping.model_validate(given)
    except ValidationError as error:
        told = (
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}".lstrip(": ")
            for fault in error.errors()
        )
        raise DataRefused("; ".join(told)) from error
