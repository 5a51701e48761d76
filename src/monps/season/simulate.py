"""Play what is left of a season many times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monps.domain.season import Criterion, Zone
from monps.errors import UsageError
from monps.numerics.checks import Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.season.league import LeagueSeason
from monps.season.ranking import rank
from monps.season.scores import draw_scores
from monps.tables.encode import TeamIndex

_AT_ONCE = 250
"""Seasons held in memory at a time: about as many as stay in a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedSeasons:
    """How r simulated seasons of t teams ended.

    Parameters
    ----------
    teams : TeamIndex
        The teams.
    positions : ndarray of uint8, shape (t, r)
        Each team's position, 1 at the top.
    points : ndarray of int16, shape (t, r)
        Each team's points, deductions taken away.
    """

    teams: TeamIndex
    positions: NDArray[np.uint8]
    points: NDArray[np.int16]

    @property
    def runs(self) -> int:
        """How many seasons."""
        return int(self.positions.shape[1])

    def position_chances(self) -> Floats:
        """Shape (t, t): the chance of each team, by row, to finish at each position, by column."""
        count = len(self.teams)
        cell = np.arange(count)[:, None] * count + self.positions - 1
        counted = np.bincount(cell.ravel(), minlength=count * count)
        chances: Floats = counted.reshape(count, count) / self.runs
        return chances

    def zone_chances(self, zone: Zone) -> Floats:
        """Shape (t,): the chance of each team to finish in a zone."""
        inside = zone.positions(len(self.teams))
        chances: Floats = ((self.positions >= inside.start) & (self.positions < inside.stop)).mean(axis=1)
        return chances

    def expected_points(self) -> Floats:
        """Shape (t,): mean points."""
        means: Floats = self.points.mean(axis=1)
        return means

    def points_interval(self, confidence: float = 0.95) -> Ints:
        """Shape (t, 2): the points between which this share of the seasons end."""
        tails = [(1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0]
        quantiles = np.quantile(self.points, tails, axis=1, method="inverted_cdf")
        return quantiles.T.astype(np.int64)


def simulate(
    season: LeagueSeason,
    draws: Iterable[tuple[ScoreGrid, int]],
    criteria: Sequence[Criterion],
    rng: np.random.Generator,
    *,
    deductions: Ints | None = None,
) -> SimulatedSeasons:
    """Play the fixtures of a season many times, and rank the teams each time.

    Parameters
    ----------
    season : LeagueSeason
        Teams, results and fixtures.
    draws : iterable of (ScoreGrid, int)
        Grids of all fixtures, and how many seasons to play on them. One pair for each set of strengths:
        within a season all matches are then played with the same ones.
    criteria : sequence of Criterion
        What separates teams level on points.
    rng : numpy.random.Generator
        Where chance comes from.
    deductions : ndarray of int, shape (t,), optional
        Points taken away.

    Returns
    -------
    SimulatedSeasons

    Raises
    ------
    UsageError
        If there is no season to play.
    """
    taken = np.zeros(len(season.teams), dtype=np.int64) if deductions is None else deductions
    positions, points = [], []
    for grid, count in _batches(draws):
        scores = np.divmod(np.arange(grid.size**2), grid.size)
        ledger = season.completed(*scores, draw_scores(grid, count, rng))
        ended = ledger.record.points - taken[:, None]
        order = rank(ledger, criteria, points=ended, lots=rng.random(ended.shape))
        positions.append(_positions(order))
        points.append(ended.astype(np.int16))
    if not points:
        raise UsageError("there is no season to simulate: no draw was given")
    return SimulatedSeasons(season.teams, np.concatenate(positions, axis=1), np.concatenate(points, axis=1))


def _batches(draws: Iterable[tuple[ScoreGrid, int]]) -> Iterator[tuple[ScoreGrid, int]]:
    for grid, count in draws:
        for begun in range(0, count, _AT_ONCE):
            yield grid, min(_AT_ONCE, count - begun)


def _positions(order: Ints) -> NDArray[np.uint8]:
    """Turn the team at each position into each team's position."""
    positions = np.empty(order.shape, dtype=np.uint8)
    places = np.arange(1, len(order) + 1, dtype=np.uint8)
    np.put_along_axis(positions, order, places[:, None], axis=0)
    return positions
