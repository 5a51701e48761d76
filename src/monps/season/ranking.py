"""Who finishes where, by a league's own tie-breaks, in many seasons at once."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from monps.domain.season import Criterion
from monps.numerics.checks import Bools, Floats, Ints
from monps.season.records import Ledger, Pairs

_FIELDS: dict[Criterion, str] = {
    "goal_difference": "goal_difference",
    "goals_for": "goals_for",
    "wins": "won",
    "away_goals": "away_goals",
    "head_to_head_points": "points",
    "head_to_head_goal_difference": "goal_difference",
    "head_to_head_away_goals": "away_goals",
}
"""What each criterion looks at in a record: of all matches, or of those between level teams."""


def rank(ledger: Ledger, criteria: Sequence[Criterion], *, points: Ints, lots: Floats | None = None) -> Ints:
    """Order the teams of each season.

    Head-to-head criteria that follow each other look at one small table: that of all teams level on
    everything before them.

    Parameters
    ----------
    ledger : Ledger
        What was played.
    criteria : sequence of Criterion
        What separates teams level on points, first what counts most.
    points : ndarray of int, shape (t, r)
        Deductions taken away.
    lots : ndarray, shape (t, r), optional
        Decide what is still level, the lowest first; without them, the lower number.

    Returns
    -------
    ndarray of int, shape (t, r)
        The team at each position, best first.
    """
    values = [points]
    for head_to_head, names in groupby(criteria, key=_is_head_to_head):
        if head_to_head:
            values += _between_level(ledger, values, [_FIELDS[name] for name in names])
        else:
            values += [getattr(ledger.record, _FIELDS[name]) for name in names]
    last = [] if lots is None else [lots]
    return np.lexsort((*last, *(-value for value in reversed(values))), axis=0)


def without_head_to_head(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that look at all matches."""
    return tuple(criterion for criterion in criteria if not _is_head_to_head(criterion))


def _is_head_to_head(criterion: Criterion) -> bool:
    return criterion.startswith("head_to_head_")


def _between_level(ledger: Ledger, values: Sequence[Ints], fields: Sequence[str]) -> list[Ints]:
    """Return counts of the matches between level teams; 0 in the seasons where no teams are level."""
    found = [np.zeros_like(values[0]) for _ in fields]
    seasons = np.flatnonzero(_any_level(values))
    if len(seasons):
        level = _level([value[:, seasons] for value in values], ledger.pairs)
        between = ledger.between(seasons, level)
        for counted, field in zip(found, fields, strict=True):
            counted[:, seasons] = getattr(between, field)
    return found


def _any_level(values: Sequence[Ints]) -> Bools:
    """Shape (r,): whether any two teams of a season are level on all values."""
    order = np.lexsort(values[::-1], axis=0)
    steps = [np.diff(np.take_along_axis(value, order, axis=0), axis=0) == 0 for value in values]
    found: Bools = np.logical_and.reduce(steps).any(axis=0)
    return found


def _level(values: Sequence[Ints], pairs: Pairs) -> Bools:
    """Shape (n, r): whether the two sides of a match are level on all values."""
    found: Bools = np.logical_and.reduce([value[pairs.home] == value[pairs.away] for value in values])
    return found
