"""The Python door: files and arrays in, tables and prices out, and no database in between."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from monps import bootstrap
from monps.domain.ingestion import MatchRecord, ParsedFile, Reject
from monps.domain.odds import OddsQuote
from monps.errors import DataRefused
from monps.markets.pricing import price
from monps.numerics.overround import remove_margin
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

__all__ = ["Reading", "price", "read", "read_football_data", "remove_margin", "simulate"]

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


@dataclass(frozen=True, eq=False)
class Reading:
    """What files held: matches and quotes, with a reason for everything that was refused.

    Parameters
    ----------
    matches : MatchTable
        Each match once; where several files have it, as the last one has it.
    quotes : QuoteTable
        Bookmakers' odds; ``match_id`` says for which match.
    rejects : tuple of Reject
        Every row, quote or file that was refused: where it stands, and why.
    unknown_columns : tuple of str
        What the files held and nobody looked at.
    """

    matches: MatchTable
    quotes: QuoteTable
    rejects: tuple[Reject, ...]
    unknown_columns: tuple[str, ...]


def read(paths: Paths, source: str = "football-data", *, strict: bool = False) -> Reading:
    """Read a provider's files.

    Parameters
    ----------
    paths : path, or iterable of them
        Files (plain, gzipped or zipped) and folders, which are searched with their subfolders.
    source : str
        The provider.
    strict : bool
        Whether anything refused is an error.

    Returns
    -------
    Reading

    Raises
    ------
    UsageError
        If there is nothing at a path, or no such provider.
    DataRefused
        When strict, at the first file of which anything is refused.
    """
    listed = [paths] if isinstance(paths, str | PathLike) else list(paths)
    return _gather(bootstrap.read_files(source, [Path(path) for path in listed], strict=strict))


def read_football_data(paths: Paths, *, strict: bool = False) -> MatchTable:
    """Read the matches in files of football-data.co.uk; ``read`` returns the odds and the rejects too.

    Parameters
    ----------
    paths : path, or iterable of them
        Files (plain, gzipped or zipped) and folders, which are searched with their subfolders.
    strict : bool
        Whether anything refused is an error rather than a warning.

    Returns
    -------
    MatchTable

    Raises
    ------
    UsageError
        If there is nothing at a path.
    DataRefused
        If there is no match in the files, or, when strict, if anything in them is refused.
    """
    reading = read(paths, strict=strict)
    if not len(reading.matches):
        reasons = "; ".join(f"{reject.file}: {reject.reason}" for reject in reading.rejects[:3])
        raise DataRefused(f"there is no match in the files{': ' if reasons else ''}{reasons}")
    if reading.rejects:
        said = f"{len(reading.rejects)} rows, quotes or files were refused; monps.read(...).rejects says why"
        warnings.warn(said, stacklevel=2)
    return reading.matches


def simulate(
    seed: int = 1,
    *,
    seasons: int = 6,
    until: date = date(2026, 3, 12),
    folder: str | PathLike[str] | None = None,
) -> Reading:
    """Simulate a country of two divisions, ``SIM1`` and ``SIM2``, and read its files.

    Parameters
    ----------
    seed : int
        Where all chance comes from; the same seed gives the same country.
    seasons : int
        How many, the last one being played.
    until : datetime.date
        The last day that has been played.
    folder : path, optional
        Where its files are written too, as the sources publish them.

    Returns
    -------
    Reading

    Examples
    --------
    >>> country = simulate(seasons=1)
    >>> len(country.matches), len(country.rejects)
    (642, 0)
    """
    country = bootstrap.simulated_country(seed=seed, seasons=seasons, until=until)
    if folder is not None:
        country.write(Path(folder))
    return _gather(bootstrap.simulated_files(country))


def _gather(files: Iterable[ParsedFile]) -> Reading:
    records: dict[object, MatchRecord] = {}
    rejects: list[Reject] = []
    columns: dict[str, None] = {}
    for file in files:
        records |= {record.match.key: record for record in file.records}
        rejects.extend(file.rejects)
        columns |= dict.fromkeys(file.unknown_columns)
    kept = tuple(records.values())
    matches = MatchTable.from_matches([record.match for record in kept])
    return Reading(matches, QuoteTable.from_quotes(_quotes(kept)), tuple(rejects), tuple(columns))


def _quotes(records: Iterable[MatchRecord]) -> Iterator[tuple[int, OddsQuote]]:
    for number, record in enumerate(records):
        for quote in record.quotes:
            yield number, quote
