"""Yield, the deepest fall, closing line value, and what of them may be luck."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.evaluation.closing_line import closing_line_value
from monps.evaluation.profit import deepest_fall, deflate, fall_interval, mean_of, ratio_of, yield_of


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def bets(rng, count=400, per_day=4):
    profits = np.where(rng.random(count) < 0.5, 1.0, -1.0)
    return profits, np.ones(count), np.repeat(np.arange(count // per_day), per_day)


def test_a_yield_is_profit_over_stakes(rng):
    profits, stakes, days = bets(rng)
    found = yield_of(profits * 3, stakes * 3, days)
    assert found.value == pytest.approx(profits.mean())
    assert found.interval[0] < found.value < found.interval[1]
    assert yield_of(profits[:4], stakes[:4], days[:4]) is None
    assert mean_of(profits[:0], days[:0]) is None


def test_the_interval_covers_as_often_as_it_says(rng):
    hits = 0
    for _ in range(100):
        low, high = yield_of(*bets(rng, 200)).interval
        hits += low <= 0 <= high
    assert hits >= 86


def test_bets_of_one_day_are_drawn_together(rng):
    profits = np.repeat(np.where(rng.random(100) < 0.5, 1.0, -1.0), 4)
    stakes, days = np.ones(400), np.arange(400)
    alone, together = yield_of(profits, stakes, days), yield_of(profits, stakes, days // 4)
    assert np.ptp(together.interval) > 1.5 * np.ptp(alone.interval)


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=20))
def test_no_fall_is_deeper(path):
    wealth = np.array(path)
    found = deepest_fall(wealth)
    brute = max(
        (
            1 - wealth[later] / wealth[early]
            for early in range(len(path))
            for later in range(early, len(path))
        ),
        default=0.0,
    )
    assert found.share == pytest.approx(brute)
    assert found.peak <= found.trough
    assert found.amount == pytest.approx(wealth[found.peak] - wealth[found.trough])


def test_the_interval_of_a_fall_holds_falls_of_other_orders(rng):
    returns = rng.normal(0.0, 0.02, 300)
    low, high = fall_interval(returns)
    falls = [deepest_fall(np.cumprod(1 + rng.permutation(returns))).share for _ in range(50)]
    assert 0 < low < np.median(falls) < high < 1
    assert fall_interval(returns[:1]) is None


def test_the_ratio_is_about_normal_without_skill(rng):
    ratios = np.array([ratio_of(*bets(rng, 200)) for _ in range(300)])
    assert ratios.mean() == pytest.approx(0, abs=0.2)
    assert ratios.std() == pytest.approx(1, abs=0.15)
    assert ratio_of(np.ones(2), np.ones(2), np.array([1, 1])) is None
    assert ratio_of(np.ones(2), np.ones(2), np.array([1, 2])) is None


def test_the_best_of_many_is_no_surprise(rng):
    drawn = rng.standard_normal((20_000, 50)).max(axis=1)
    found = deflate(2.5, 50)
    assert found.expected_best == pytest.approx(drawn.mean(), abs=0.05)
    assert found.p_value == pytest.approx((drawn > 2.5).mean(), abs=0.02)
    assert deflate(2.5, 1).p_value == pytest.approx(0.00621, abs=1e-4)
    assert deflate(2.5, 1).expected_best == 0.0
    with pytest.raises(UsageError):
        deflate(1.0, 0)


def test_closing_line_value_is_measured_where_there_is_a_close():
    odds, fair = np.array([2.2, 2.0, 3.0]), np.array([2.0, np.nan, 3.0])
    found = closing_line_value(odds, fair, np.array([1, 2, 3]), null=np.array([-0.05, np.nan]))
    assert (found.n, found.null, found.null_n) == (2, -0.05, 1)
    assert found.value.value == pytest.approx(0.05)
    assert closing_line_value(odds, fair, np.array([1, 2, 3])).null is None
    assert closing_line_value(odds[:1], fair[:1], np.array([1])) is None
