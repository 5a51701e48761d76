from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import score_grid
from monps.errors import ShapeError, UsageError
from monps.numerics.grid import ScoreGrid
from monps.players import GoalscorerCalculator, SquadShares

PLAYERS = 5


def squad(n: int, rng: np.random.Generator, own_goals: float = 0.03) -> SquadShares:
    """Return squads that differ, whose parts sum to 1."""
    starts, parts = rng.uniform(0, 0.8, (n, PLAYERS)), rng.uniform(0, 0.3, (2, n, PLAYERS))
    comes_on = (1 - starts) * rng.uniform(0, 1, (n, PLAYERS))
    others = rng.uniform(0, 0.1, n)
    parts *= ((1 - own_goals - others) / (starts * parts[0] + comes_on * parts[1]).sum(axis=1))[:, None]
    parts = np.minimum(parts, 1.0)
    known = (starts * parts[0] + comes_on * parts[1]).sum(axis=1)
    return SquadShares(starts, comes_on, *parts, 1 - own_goals - known, np.full(n, own_goals))


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_goal_is_somebodys_and_no_price_contradicts_another(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sheet = GoalscorerCalculator(score_grid(20, rng)).price(squad(20, rng), squad(20, rng))
    first = sum(side.first.sum(axis=1) + side.own_goal_first for side in (sheet.home, sheet.away))
    assert np.abs(first + sheet.no_goal - 1.0).max() < 1e-12
    for side in (sheet.home, sheet.away):
        assert (side.first <= side.team_first + 1e-15).all()
        assert (side.team_first <= side.anytime + 1e-15).all()
        assert (side.hat_trick <= side.two_or_more).all()
        assert (side.two_or_more <= side.anytime).all()


def test_as_drawing_line_ups_scores_and_scorers_says() -> None:
    """All cases of a small match, one by one."""
    grid = small_grid()
    home = SquadShares(
        np.array([[0.6]]),
        np.array([[0.3]]),
        np.array([[0.5]]),
        np.array([[0.2]]),
        np.array([0.6]),
        np.array([0.04]),
    )
    side = GoalscorerCalculator(grid).price(home, home).home
    expected = dict.fromkeys(("anytime", "first", "two_or_more"), 0.0)
    for (goals, conceded), (chance, part) in product(np.ndindex(3, 3), ((0.6, 0.5), (0.3, 0.2), (0.1, 0.0))):
        weight = chance * grid.probabilities[0, goals, conceded]
        expected["anytime"] += weight * (1 - (1 - part) ** goals)
        expected["two_or_more"] += weight * (part**2 if goals == 2 else 0.0)
        expected["first"] += weight * part * goals / max(goals + conceded, 1)
    for name, value in expected.items():
        assert getattr(side, name)[0, 0] == pytest.approx(value, abs=1e-14)


def small_grid() -> ScoreGrid:
    chances = np.arange(1.0, 10.0).reshape(1, 3, 3)
    return ScoreGrid(chances / chances.sum(), np.zeros(1))


def test_a_player_known_to_start_is_worth_more_than_one_who_may() -> None:
    """Uncertain line-ups make two goals likelier, and one goal less likely, than the mean share says."""
    rng = np.random.default_rng(3)
    grid, certain = score_grid(1, rng), squad(1, rng)
    parts = certain.parts[:, :PLAYERS]
    mean = SquadShares(
        np.ones((1, PLAYERS)), np.zeros((1, PLAYERS)), parts, parts, certain.others, certain.own_goals
    )
    uncertain, sure = (GoalscorerCalculator(grid).price(one, one).home for one in (certain, mean))
    assert (uncertain.anytime <= sure.anytime + 1e-15).all()
    assert (uncertain.two_or_more >= sure.two_or_more - 1e-15)[0, 0]
    assert np.allclose(uncertain.first, sure.first, atol=1e-15)


@pytest.mark.parametrize(
    "broken",
    [
        {"others": np.array([0.9])},
        {"starts": np.full((1, PLAYERS), 1.1)},
        {"if_starting": np.full((1, PLAYERS), np.nan)},
        {"comes_on": np.full((1, PLAYERS), 0.99)},
    ],
)
def test_parts_that_make_no_whole_are_refused(broken: dict[str, np.ndarray]) -> None:
    with pytest.raises(UsageError):
        replace(squad(1, np.random.default_rng(1)), **broken)


def test_shapes_must_fit() -> None:
    good = squad(2, np.random.default_rng(1))
    with pytest.raises(ShapeError):
        replace(good, comes_on=good.comes_on[:, :2])
    with pytest.raises(ShapeError):
        GoalscorerCalculator(score_grid(3, np.random.default_rng(1))).price(good, good)
