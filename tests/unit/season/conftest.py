"""Small seasons, written down as results."""

from collections.abc import Callable

import numpy as np
import pytest

from monps.season import Fixtures, LeagueSeason, Results, remaining
from monps.tables.encode import TeamIndex

Scores = dict[tuple[int, int], tuple[int, int]]
"""Home and away team to home and away goals."""
NAMES = tuple("ABCDEFGHIJKLMNOPQRST")


def results(scores: Scores) -> Results:
    home, away = np.array(list(scores), dtype=np.int64).reshape(-1, 2).T
    home_goals, away_goals = np.array(list(scores.values()), dtype=np.int64).reshape(-1, 2).T
    return Results(home, away, home_goals, away_goals)


@pytest.fixture
def season_of() -> Callable[..., LeagueSeason]:
    """Return how to make a season of so many teams from its scores; the rest of it is still to be played."""

    def make(teams: int, scores: Scores, *, over: bool = False) -> LeagueSeason:
        played = results(scores)
        none = np.zeros(0, dtype=np.int64)
        left = Fixtures(none, none, none.astype(bool)) if over else remaining(teams, played)
        return LeagueSeason(TeamIndex(NAMES[:teams]), played, left)

    return make
