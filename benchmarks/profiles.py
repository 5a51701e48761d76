"""How long profiles take from the store: ``python -m benchmarks profiles``.

All teams of a league, and one team, on the first of March of every year; what was counted has been gathered
before, as it is once after new data. The store is read: ``monps ingest`` fills it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter, process_time

import numpy as np

from benchmarks.data import FIVE, Absent
from benchmarks.report import Cell, Report
from monps import bootstrap
from monps.errors import MonpsError
from monps.services.features import league_dna, team_dna

YEARS = range(2015, 2024)
NOTES = (
    "Milliseconds by the wall's clock, and by the processor's. The first call gathers, and is not timed.",
)


def measure() -> Report:
    """Time every league on nine dates."""
    return Report("Profiles from the store", _rows(), NOTES)


def _rows() -> Iterator[dict[str, Cell]]:
    application = bootstrap.application()
    now = application.clock.now()
    for code in FIVE:
        try:
            league_dna(application.open_work, code, as_of=datetime(2023, 3, 1, tzinfo=UTC), now=now)
        except MonpsError as reason:
            raise Absent(f"the store lacks {code}: {reason}") from reason
        whole, single = [], []
        for year in YEARS:
            asked = {"as_of": datetime(year, 3, 1, tzinfo=UTC), "now": now}
            begun = _clocks()
            teams = [dna.team for dna in league_dna(application.open_work, code, **asked)]
            whole.append(_clocks() - begun)
            begun = _clocks()
            team_dna(application.open_work, code, teams[0], **asked)
            single.append(_clocks() - begun)
        yield {"league": code, "dates": len(YEARS), **_told("league", whole), **_told("one team", single)}


def _clocks() -> np.ndarray:
    """Return milliseconds by the wall's clock and by the processor's."""
    return 1e3 * np.array([perf_counter(), process_time()])


def _told(label: str, times: list[np.ndarray]) -> dict[str, Cell]:
    wall, processor = np.median(times, axis=0)
    return {f"{label}, median": round(float(wall)), f"{label}, processor": round(float(processor))}
