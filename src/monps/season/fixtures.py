"""What has been played, and what is left of the round-robin."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monps.domain.football import Fixture
from monps.numerics.checks import Bools, Ints
from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable


class Results(NamedTuple):
    """Matches that were played, every array of shape (n,); teams are numbers."""

    home: Ints
    away: Ints
    home_goals: Ints
    away_goals: Ints


class Fixtures(NamedTuple):
    """Matches to be played, every array of shape (m,); teams are numbers."""

    home: Ints
    away: Ints
    neutral: Bools


def remaining(
    teams: int, results: Results, listed: Fixtures | None = None, *, meetings: int | None = 1
) -> Fixtures:
    """Return what is left to play: the round-robin less the results, and whatever else is listed.

    Parameters
    ----------
    teams : int
        How many.
    results : Results
        What was played.
    listed : Fixtures, optional
        Fixtures known by name, none of them played.
    meetings : int or None
        How often one side receives another; None if only the listed fixtures are known.

    Returns
    -------
    Fixtures

    Examples
    --------
    >>> nil = np.zeros(1, dtype=np.int64)
    >>> left = remaining(3, Results(home=nil, away=nil + 2, home_goals=nil, away_goals=nil))
    >>> list(zip(left.home.tolist(), left.away.tolist()))
    [(0, 1), (1, 0), (1, 2), (2, 0), (2, 1)]
    """
    everyone = (meetings or 0) * (1 - np.eye(teams, dtype=np.int64))
    left = np.maximum(everyone - _count(teams, results.home, results.away), 0)
    neutral = np.zeros_like(left, dtype=bool)
    if listed is not None:
        left = np.maximum(left, _count(teams, listed.home, listed.away))
        neutral[listed.home, listed.away] = listed.neutral
    home, away = (np.repeat(side, left[left > 0]) for side in np.nonzero(left))
    return Fixtures(home, away, neutral[home, away])


def results_of(table: MatchTable, teams: TeamIndex) -> Results:
    """Return a table's matches with their teams numbered as an index does, which must know them all."""
    home, away = (teams.encode(table.frame[side].to_list()) for side in ("home", "away"))
    return Results(home, away, table.home_goals.astype(np.int64), table.away_goals.astype(np.int64))


def fixtures_of(fixtures: Sequence[Fixture], teams: TeamIndex) -> Fixtures:
    """Set fixtures out in columns, their teams numbered as an index does, which must know them all."""
    home, away = (teams.encode([getattr(each.key, side) for each in fixtures]) for side in ("home", "away"))
    return Fixtures(home, away, np.array([each.neutral for each in fixtures], dtype=bool))


def _count(teams: int, home: Ints, away: Ints) -> Ints:
    counted: Ints = np.bincount(home * teams + away, minlength=teams * teams).reshape(teams, teams)
    return counted
