"""Matches to measure with: real ones where the data folder is, else a simulated country's."""

import os
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl

import monps
from monps import bootstrap
from monps.agents import History
from monps.errors import MonpsError
from monps.services.history import read_history

FIVE = ("E0", "SP1", "D1", "I1", "F1")
SECOND = ("E1", "E2", "E3", "SP2", "D2", "I2", "F2")
_ALL_PLAYED = date(2026, 6, 30)
_ROOT = Path(__file__).parents[1]


def folder() -> Path | None:
    """Return the folder of football-data files, if there is one."""
    base = Path(os.environ.get("MONPS_DATA_DIR", _ROOT.parent / "shared" / "data"))
    found = base / "football-data"
    return found if found.is_dir() else None


class Absent(Exception):  # noqa: N818 - not an error: a benchmark that cannot be run here
    """There are no real files."""


def real_folder() -> Path:
    """Return that folder where nothing else will do."""
    if (found := folder()) is None:
        raise Absent("real files are needed: set MONPS_DATA_DIR to a folder with football-data/ in it")
    return found


def real(divisions: Iterable[str], first: int, last: int) -> monps.Reading:
    """Read the files of some divisions, from one season to another."""
    base, codes = real_folder(), tuple(divisions)
    seasons = [f"{year % 100:02d}{(year + 1) % 100:02d}" for year in range(first, last + 1)]
    return monps.read([base / season / f"{code}.csv" for season in seasons for code in codes])


def stored_history(codes: Iterable[str], as_of: datetime) -> History:
    """Return what the store knew of some competitions at a moment."""
    application = bootstrap.application()
    try:
        with application.open_work() as work:
            return read_history(work, tuple(codes), as_of)
    except MonpsError as reason:
        raise Absent(f"the store does not do: {reason}") from reason


@cache
def one_league() -> tuple[str, monps.MatchTable]:
    """Return five seasons of a league of twenty teams, and where they come from."""
    if folder() is not None:
        return "Premier League 2018/19–2022/23", real(["E0"], 2018, 2022).matches
    first = monps.simulate(seasons=5, until=_ALL_PLAYED).matches.where(pl.col("competition") == "SIM1")
    return "a simulated league", first


@cache
def five_leagues() -> tuple[str, monps.MatchTable]:
    """Return five leagues with at least twelve seasons, and where they come from."""
    if folder() is not None:
        return "five leagues 2005/06–2022/23", real(FIVE, 2005, 2022).matches
    frames = []
    for seed in range(1, 6):
        first = monps.simulate(seed, seasons=12, until=_ALL_PLAYED).matches.frame.filter(
            pl.col("competition") == "SIM1"
        )
        frames.append(first.with_columns(competition=pl.lit(f"SIM{seed}")))
    return "five simulated leagues", monps.MatchTable.from_dataframe(pl.concat(frames))
