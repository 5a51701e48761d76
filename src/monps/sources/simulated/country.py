"""The simulated country: a seed and a day, from which its seasons and files follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np

from monps.domain.football import Fixture
from monps.domain.identifiers import MatchKey
from monps.errors import UnknownNameError, UsageError
from monps.numerics.checks import Bools, Ints
from monps.sources.simulated import results_file, understat_file, understat_tables
from monps.sources.simulated.history import DIVISIONS, History
from monps.sources.simulated.season import DivisionSeason

_SMALLEST_DIVISION = 8
_SEASONS_BEGIN = 7
_ROUND_LASTS = timedelta(days=2)


@dataclass(frozen=True)
class SimulatedCountry:
    """Two divisions of clubs that do not exist, from a seed.

    The same seed gives the same country, byte for byte. A later ``until`` in the same season leaves all
    that was played before as it was.

    Parameters
    ----------
    seed : int
        Where all chance comes from, at least 0.
    until : datetime.date
        The last day that has been played.
    seasons : int
        How many, counting the one in which ``until`` lies (a season begins in July).
    sizes : tuple of int
        Clubs in the first and in the second division, even numbers.
    home_advantage : float
        Logarithm of how many more goals a side scores at home than away.
    rho : float
        Dixon–Coles dependence of low scores.
    detailed_seasons : int
        Of how many of the last seasons shots and appearances are written.

    Raises
    ------
    UsageError
        If the seed is negative, there is no season, or a division's size is odd or below 8.

    Examples
    --------
    >>> country = SimulatedCountry(seed=1, seasons=1, sizes=(8, 8))
    >>> [(division.competition, len(division)) for division in country.divisions]
    [('SIM1', 56), ('SIM2', 56)]
    >>> country.fixtures()[0].kickoff.isoformat()
    '2026-03-13T20:00:00+00:00'
    """

    seed: int = 5
    until: date = date(2026, 3, 12)
    seasons: int = 6
    sizes: tuple[int, int] = (20, 22)
    home_advantage: float = 0.24
    rho: float = -0.06
    detailed_seasons: int = 2

    def __post_init__(self) -> None:
        if self.seed < 0 or self.seasons < 1:
            raise UsageError(
                f"a country needs a seed from 0 on and a season, not {self.seed} and {self.seasons}"
            )
        if any(size < _SMALLEST_DIVISION or size % 2 for size in self.sizes):
            raise UsageError(
                f"a division has an even number of clubs from {_SMALLEST_DIVISION} on, not {self.sizes}"
            )

    @cached_property
    def divisions(self) -> tuple[DivisionSeason, ...]:
        """Every division's every season, the oldest first, the first division before the second."""
        last = self.until.year - (self.until.month < _SEASONS_BEGIN)
        history = History(self.seed, self.sizes, self.home_advantage, self.rho)
        return tuple(history.seasons(last - self.seasons + 1, last))

    def season(self, competition: str, start: int) -> DivisionSeason:
        """Return one division's season by the year in which it starts.

        Raises
        ------
        UnknownNameError
            If it was not simulated.
        """
        for division in self.divisions:
            if (division.competition, division.season.start) == (competition, start):
                return division
        known = tuple(f"{division.competition} {division.season.start}" for division in self.divisions)
        raise UnknownNameError("simulated season", f"{competition} {start}", known)

    def fixtures(self) -> tuple[Fixture, ...]:
        """Return the next round of both divisions: the next day of play and the two days after it."""
        return tuple(chain.from_iterable(_fixtures(division, rows) for division, rows in self._next_round()))

    def write(self, folder: Path) -> list[Path]:
        """Write results, fixtures and players below a folder, in the formats in which sources publish them.

        ``football-data/<season>/<division>.csv`` holds what was played, ``football-data/fixtures.csv`` the
        next round with its early odds, ``understat/<division>_<year>.json`` the league's payload; of the
        last ``detailed_seasons`` seasons, ``understat/shots_<division>_<years>.csv`` every shot and
        ``understat/appearances_<division>_<years>.csv`` everyone who played.

        Returns
        -------
        list of Path
            Every file, in the order of writing.
        """
        written = []
        for name, content in self.payloads():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
        return written

    def payloads(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that ``write`` writes: each one's name and bytes."""
        for division in self.divisions:
            played = division.played(self.until)
            if played.any():
                code, start = division.competition, division.season.start
                rows = np.flatnonzero(played)
                yield f"football-data/{division.season.code}/{code}.csv", results_file.content(division, rows)
                yield f"understat/{code}_{start}.json", understat_file.content(division, played)
                if start > self.divisions[-1].season.start - self.detailed_seasons:
                    yield from _tables(division, played)
        upcoming = self._next_round()
        if upcoming:
            yield "football-data/fixtures.csv", results_file.fixtures_content(upcoming)

    def _next_round(self) -> list[tuple[DivisionSeason, Ints]]:
        current = self.divisions[-len(DIVISIONS) :]
        to_come = [division.schedule.day[~division.played(self.until)] for division in current]
        if not any(map(len, to_come)):
            return []
        last = date(1970, 1, 1) + timedelta(days=int(np.concatenate(to_come).min())) + _ROUND_LASTS
        return [(each, np.flatnonzero(each.played(last) & ~each.played(self.until))) for each in current]


def _tables(division: DivisionSeason, played: Bools) -> Iterator[tuple[str, bytes]]:
    what = f"{division.competition}_{_years(division)}.csv"
    yield f"understat/shots_{what}", understat_tables.shots_content(division, played)
    yield f"understat/appearances_{what}", understat_tables.appearances_content(division, played)


def _years(division: DivisionSeason) -> str:
    start = division.season.start
    return f"{start % 100:02d}-{(start + 1) % 100:02d}"


def _fixtures(division: DivisionSeason, rows: Ints) -> Iterator[Fixture]:
    home, away, kickoffs = division.home, division.away, division.kickoff.to_list()
    for row in rows.tolist():
        key = MatchKey(
            competition=division.competition, season=division.season, home=home[row], away=away[row]
        )
        yield Fixture(key=key, kickoff=kickoffs[row])
