"""How far each dimension of a team's DNA repeats itself: ``python -m benchmarks reliability``.

Within a season, every other match of a team beside the rest; and a season beside the next. Both are
correlations over teams, each league and season centred on its own mean. The store is read, since shots,
passes and line-ups come from other sources than results: ``monps ingest`` fills it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.data import FIVE, Absent
from benchmarks.report import Cell, Report
from monps import bootstrap
from monps.dna import DIMENSIONS
from monps.dna.indices import Evidence
from monps.errors import MonpsError
from monps.services.measures import gather

LEAST = 0.3
"""A dimension repeats itself if a season's correlation with the next is at least this."""
FEWEST_MATCHES = 16
_TEAMS = 10_000
NOTES = (
    "Correlations over team-seasons of five leagues, centred by league and season; no shrinkage.",
    f"A dimension repeats itself where the correlation with the next season is at least {LEAST}.",
    "In brackets, 95 % intervals by Fisher's transformation.",
)


class Seasons(NamedTuple):
    """Indices of team-seasons: all matches, one half and the other, shape (t, 3, d); NaN where too few."""

    team: np.ndarray
    season: np.ndarray
    index: np.ndarray


def measure() -> Report:
    """Correlate halves, and seasons."""
    leagues = [_seasons(code) for code in FIVE]
    rows = [_row(place, name, leagues) for place, name in enumerate(DIMENSIONS)]
    return Report("Reliability of the dimensions", rows, NOTES)


def _seasons(code: str) -> Seasons:
    application = bootstrap.application()
    now = application.clock.now()
    try:
        measures = gather(application.open_work, code, as_of=now, now=now)
    except MonpsError as reason:
        raise Absent(f"the store lacks {code}: {reason}") from reason
    evidence = Evidence.of(measures, tuple(DIMENSIONS.values()))
    season = np.repeat(evidence.table.column("season").astype(int), 2)
    chosen, number = np.unique(season * _TEAMS + evidence.team.ravel(), return_inverse=True)
    half = _alternating(2 * number + np.tile([0, 1], len(evidence.table)))
    counts = np.stack([evidence.counted, evidence.expected, evidence.expected > 0], axis=2)
    halves = np.zeros((len(chosen), 2, *counts.shape[2:]))
    np.add.at(halves, (number, half), counts.reshape(-1, *counts.shape[2:]))
    parts = np.concatenate([halves.sum(axis=1, keepdims=True), halves], axis=1)
    enough = parts[:, :, 2] >= np.array([FEWEST_MATCHES, FEWEST_MATCHES / 2, FEWEST_MATCHES / 2])[:, None]
    index = np.divide(parts[:, :, 0], parts[:, :, 1], out=np.full(enough.shape, np.nan), where=enough)
    return Seasons(chosen % _TEAMS, chosen // _TEAMS, _centred(index, chosen // _TEAMS))


def _alternating(labels: np.ndarray) -> np.ndarray:
    """Return 0 for the first, third … of each label and 1 for the others, home matches shared alike."""
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], labels[order])
    half = np.empty(len(labels), dtype=int)
    half[order] = (np.arange(len(labels)) - starts) % 2
    return half


def _centred(index: np.ndarray, season: np.ndarray) -> np.ndarray:
    centred = index.copy()
    for each in np.unique(season):
        rows = season == each
        told = np.isfinite(index[rows])
        total = np.where(told, index[rows], 0.0).sum(axis=0)
        centred[rows] -= total / np.maximum(told.sum(axis=0), 1)
    return centred


def _row(place: int, name: str, leagues: list[Seasons]) -> dict[str, Cell]:
    halves = np.concatenate([league.index[:, 1:, place] for league in leagues])
    years = np.concatenate(
        [np.stack(list(_next(league, place)) or [np.zeros(2) * np.nan]) for league in leagues]
    )
    halves, years = (each[np.isfinite(each).all(axis=1)] for each in (halves, years))
    within, between = _correlation(halves), _correlation(years)
    return {
        "group": DIMENSIONS[name].group,
        "dimension": name,
        "n": len(halves),
        "halves": _words(within, len(halves)),
        "n next": len(years),
        "next season": _words(between, len(years)),
        "repeats": "yes" if between >= LEAST else "no",
    }


def _next(league: Seasons, place: int) -> Iterator[np.ndarray]:
    """Yield each team's index in a season and in the next."""
    where = {
        (team, season): each
        for each, (team, season) in enumerate(zip(league.team.tolist(), league.season.tolist(), strict=True))
    }
    for (team, season), each in where.items():
        if (team, season + 1) in where:
            yield league.index[[each, where[team, season + 1]], 0, place]


def _correlation(pairs: np.ndarray) -> float:
    return float(np.corrcoef(pairs.T)[0, 1]) if len(pairs) > 3 else float("nan")


def _words(r: float, n: int) -> str:
    if not n > 3:
        return "–"
    low, high = np.tanh(np.arctanh(r) + np.array([-1.96, 1.96]) / np.sqrt(n - 3))
    return f"{r:.2f} ({low:.2f} … {high:.2f})"
