from dataclasses import dataclass, field
from itertools import permutations

import numpy as np
import pytest

from monps.agents import Forecast
from monps.brain.pool import PooledForecast, lean_weights, learn_weights
from monps.numerics.grid import ScoreGrid
from monps.numerics.pools import logarithmic_pool


def forecast(n=40, seed=1, missing=()):
    rng = np.random.default_rng(seed)
    home, away, rho = rng.uniform(0.6, 2.4, n), rng.uniform(0.6, 2.4, n), rng.uniform(-0.1, 0.0, n)
    home[list(missing)] = np.nan
    return Forecast(home, away, rho, 1.08)


def every(n=40):
    return np.ones(n, dtype=bool)


@dataclass
class Picky:
    """Refuses to be asked for a match that it has no forecast of."""

    forecast: Forecast
    asked: list[int] = field(default_factory=list)

    def grid(self, rows):
        assert self.forecast.made[rows].all()
        self.asked.append(int(rows.sum()))
        return self.forecast.grid(rows)


def drawn(weights, n, seed=2, spread=0.6):
    """Draw outcomes from a logarithmic pool of members with these weights."""
    rng = np.random.default_rng(seed)
    common = rng.normal(0.0, 0.5, (1, n, 3))
    scores = common + rng.normal(0.0, spread, (len(weights), n, 3))
    logs = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
    pooled = np.tensordot(np.array(weights), logs, axes=1) + rng.gumbel(size=(n, 3))
    return logs, pooled.argmax(axis=1)


@pytest.mark.parametrize("weights", [(1.0, 0.0, 0.0), (0.2, 0.3, 0.5), (1.3, 0.2, -0.5)])
def test_members_of_one_mind_are_believed(weights):
    same = forecast()
    pooled = PooledForecast((same, same, same), np.tile(weights, (40, 1)), 0).grid(every())
    np.testing.assert_allclose(pooled.probabilities, same.grid(every()).probabilities, atol=1e-15)
    np.testing.assert_allclose(pooled.tail, same.grid(every()).tail, atol=1e-15)


def test_the_pool_is_the_product_of_powers():
    members = forecast(seed=1), forecast(seed=2), forecast(seed=3)
    weights = np.random.default_rng(4).normal(0.3, 0.4, (40, 3))
    grid = PooledForecast(members, weights, 0).grid(every())
    parts = [member.grid(every()).probabilities for member in members]
    known = logarithmic_pool(parts, weights.T)
    np.testing.assert_allclose(grid.cells.reshape(known.shape), known, atol=1e-15)
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0)
    assert (grid.tail >= forecast(seed=1).grid(every()).tail).all()


def test_who_abstains_is_not_asked():
    there, gone = Picky(forecast(seed=1)), Picky(forecast(seed=2, missing=range(30)))
    weights = np.array([[1.0, 0.0]] * 30 + [[0.7, 0.3]] * 10)
    pooled = PooledForecast((there, gone), weights, 0).grid(every())
    assert (there.asked, gone.asked) == ([40], [10])
    np.testing.assert_allclose(
        pooled.probabilities[:30], there.forecast.grid(every()).probabilities[:30], atol=1e-15
    )


def test_only_the_chosen_matches_are_built():
    members = forecast(seed=1), forecast(seed=2)
    pool = PooledForecast(members, np.tile((0.6, 0.4), (40, 1)), 0)
    some = np.arange(40) % 3 == 1
    np.testing.assert_allclose(
        pool.grid(some).probabilities, pool.grid(every()).probabilities[some], atol=1e-15
    )


def test_a_forecast_is_made_where_there_are_weights():
    weights = np.tile((1.0, 0.0), (40, 1))
    weights[5] = np.nan
    assert np.flatnonzero(~PooledForecast((forecast(), forecast()), weights, 0).made).tolist() == [5]


def test_what_a_member_calls_impossible_may_have_a_negative_weight():
    certain = ScoreGrid(np.pad([[[1.0]]], ((0, 0), (0, 14), (0, 14))), np.zeros(1))

    class Sure:
        def grid(self, rows):
            return certain[np.zeros(rows.sum(), dtype=int)]

    grid = PooledForecast((forecast(1), Sure()), np.array([[1.0, -1e-3]]), 0).grid(every(1))
    assert np.isfinite(grid.probabilities).all()
    assert grid.probabilities.sum() + grid.tail[0] == pytest.approx(1.0)


def test_one_member_alone_is_made_sharper_or_duller():
    """Outcomes drawn from the square root of what it says: the weight comes nearer to one half."""
    few, many = (float(learn_weights(*drawn([0.5], n))[0]) for n in (3_000, 60_000))
    assert 0.5 < many < few < 1.0
    assert many < 0.75


def test_where_the_leader_is_right_the_others_have_no_say():
    assert learn_weights(*drawn([1.0, 0.0, 0.0], 20_000)) == pytest.approx([1.0, 0.0, 0.0], abs=0.04)


def test_followers_move_the_leader_against_each_other():
    logs, happened = drawn([1.0, 0.3, -0.3], 30_000)
    assert learn_weights(logs, happened) == pytest.approx([1.0, 0.3, -0.3], abs=0.05)


def test_followers_hardly_move_it_together():
    """Their sum is held to nothing a hundred times as firmly as their difference."""
    _, first, second = learn_weights(*drawn([1.0, 0.15, 0.15], 3_000))
    assert 0.0 < first + second < 0.15
    leader, alone = learn_weights(*drawn([1.0, 0.15], 3_000))
    assert leader == pytest.approx(1.0, abs=0.15)
    assert 0.0 < alone < 0.1


def test_few_matches_leave_the_leader_alone():
    assert learn_weights(*drawn([0.0, 1.0, 0.0], 5)) == pytest.approx([1.0, 0.0, 0.0], abs=0.1)


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_order_of_followers_does_not_matter(order):
    logs, happened = drawn([1.0, 0.2, -0.3, 0.1], 2_000)
    leader, *followers = learn_weights(logs, happened)
    again = learn_weights(logs[[0, *order]], happened)
    np.testing.assert_allclose(again, [leader, *(followers[place - 1] for place in order)], atol=1e-6)


def a_league(rng: np.random.Generator, matches: int, leans: float) -> tuple[np.ndarray, np.ndarray]:
    """Two members' log probabilities, and outcomes drawn from their pool, the first leaning by ``leans``."""
    logs = np.log(rng.dirichlet([2.0, 2.0, 2.0], (2, matches)))
    powers = leans * logs[0] + (1.0 - leans) * logs[1]
    chances = np.exp(powers) / np.exp(powers).sum(axis=1, keepdims=True)
    happened = (chances.cumsum(axis=1) < rng.random((matches, 1))).sum(axis=1)
    return logs, happened


def test_a_competition_leans_from_the_shared_weights_towards_its_own() -> None:
    logs, happened = a_league(np.random.default_rng(3), 4000, leans=1.0)
    shared = np.array([0.5, 0.5])
    firmly, loosely = (lean_weights(shared, logs, happened, precision) for precision in (1e4, 1e1))
    assert 0.5 < firmly[0] < loosely[0]
    np.testing.assert_allclose(loosely, [1.0, 0.0], atol=0.15)


def test_a_competition_without_matches_shares_the_weights_of_all() -> None:
    shared = np.array([0.9, 0.3])
    assert (lean_weights(shared, np.empty((2, 0, 3)), np.empty(0, dtype=np.int64), 1e4) == shared).all()
