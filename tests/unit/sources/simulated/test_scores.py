import numpy as np
import pytest

from monps.sources.simulated.scores import (
    Rates,
    draw_scores,
    goal_difference,
    goals_pmf,
    outcomes,
    score_grid,
    under,
)

RATES = Rates(np.array([2.0, 0.7, 1.4]), np.array([0.8, 1.9, 1.4]))


@pytest.mark.parametrize("rho", [-0.1, 0.0, 0.05])
def test_the_fast_difference_is_that_of_the_grid(rho: float) -> None:
    grid = score_grid(RATES, rho)
    level = np.subtract.outer(np.arange(grid.size), np.arange(grid.size)).ravel()
    slow = np.stack([grid.cells[:, level == margin].sum(axis=1) for margin in range(-14, 15)], axis=1)
    assert goal_difference(RATES, rho) == pytest.approx(slow, abs=1e-12)
    assert outcomes(goal_difference(RATES, rho)) == pytest.approx(grid.outcomes(), abs=1e-12)


def test_dixon_coles_at_a_known_point() -> None:
    # λ = 2.0, μ = 0.8, ρ = −0.1, computed independently.
    assert outcomes(goal_difference(RATES, -0.1))[0] == pytest.approx([0.6447, 0.2241, 0.1312], abs=5e-5)


def test_totals_are_those_of_the_grid() -> None:
    grid = score_grid(RATES, -0.1)
    total = np.add.outer(np.arange(grid.size), np.arange(grid.size))
    assert under(2, RATES) == pytest.approx(grid.probabilities[:, total <= 2].sum(axis=1), abs=1e-12)


def test_drawn_scores_follow_the_grid() -> None:
    n = 60_000
    rates = Rates(np.full(n, 1.5), np.full(n, 1.1))
    goals = draw_scores(score_grid(rates, -0.1), np.random.default_rng(1))
    seen = np.bincount(goals[:, 0] * 15 + goals[:, 1], minlength=225) / n
    expected = score_grid(Rates(rates.home[:1], rates.away[:1]), -0.1).cells[0]
    assert np.abs(seen - expected).max() < 4 * np.sqrt(expected.max() / n)
    assert goals.mean(axis=0) == pytest.approx([1.5, 1.1], abs=0.025)


def test_goals_are_poisson() -> None:
    assert goals_pmf(np.array([1.0]))[0, :3] == pytest.approx(np.exp(-1) * np.array([1, 1, 0.5]))
