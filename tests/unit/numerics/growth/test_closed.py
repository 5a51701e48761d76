"""Stakes that can be written down, against optima found by search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from monps.errors import ShapeError, UsageError
from monps.numerics.growth import (
    bet_returns,
    expected_growth,
    expected_value,
    kelly_exclusive,
    kelly_simultaneous,
    kelly_single,
    net_odds,
    uncertainty_shrinkage,
)

probabilities = st.floats(0.01, 0.99)
prices = st.floats(1.02, 50.0)


@given(probabilities, prices)
def test_a_single_stake_is_above_nothing_exactly_if_the_value_is(p, odds):
    assert (kelly_single(p, odds) > 0) == (expected_value(p, odds) > 0)


@given(probabilities, prices)
def test_a_single_stake_maximises_growth(p, odds):
    def loss(share):
        return -p * np.log1p(share * (odds - 1)) - (1 - p) * np.log1p(-share)

    found = minimize_scalar(loss, bounds=(0, 1 - 1e-9), method="bounded", options={"xatol": 1e-10})
    assert kelly_single(p, odds) == pytest.approx(found.x, abs=1e-5)


def test_void_parts_do_not_change_a_single_stake():
    settled = np.array([[1.0, 0.0, -1.0]])
    for void in (0.0, 0.3, 0.8):
        chance = np.array([0.6 * (1 - void), void, 0.4 * (1 - void)])
        found = kelly_simultaneous(bet_returns(settled, np.array([2.0])), chance)
        assert found.stakes[0] == pytest.approx(kelly_single(0.6, 2.0), abs=1e-6)


def markets(count, k, rng, *, low=0.8, high=1.15):
    p = rng.dirichlet(rng.uniform(0.5, 4.0, k), count)
    return p, np.maximum(rng.uniform(low, high, (count, k)) / np.maximum(p, 1e-3), 1.01)


@pytest.mark.parametrize("k", [1, 2, 3, 7])
def test_exclusive_stakes_are_those_of_the_general_method(k):
    p, odds = markets(120, k, np.random.default_rng(k))
    stakes = kelly_exclusive(p, odds)
    for chance, price, stake in zip(p, odds, stakes, strict=True):
        returns = bet_returns(2.0 * np.eye(k) - 1.0, price)
        found = kelly_simultaneous(returns, chance / chance.sum())
        growth = expected_growth(stake, returns, chance / chance.sum())
        assert growth == pytest.approx(found.growth, abs=1e-8)


def test_exclusive_stakes_need_no_complete_market():
    """What is not on offer, or has no odds, may still happen."""
    p, odds = np.array([0.5, 0.2, 0.3]), np.array([2.4, np.nan, 3.0])
    assert kelly_exclusive(p[:1], odds[:1]) == pytest.approx(kelly_single(0.5, 2.4))
    stakes = kelly_exclusive(p, odds)
    assert stakes[1] == 0.0
    returns = bet_returns(np.array([[1.0, -1.0, -1.0], [-1.0, -1.0, 1.0]]), odds[[0, 2]])
    assert stakes[[0, 2]] == pytest.approx(kelly_simultaneous(returns, p).stakes, abs=1e-6)


def test_a_book_that_pays_whatever_happens_takes_everything():
    stakes = kelly_exclusive([0.5, 0.3, 0.2], [2.5, 4.0, 6.0])
    assert stakes == pytest.approx([0.5, 0.3, 0.2])


def test_nothing_of_value_gets_nothing():
    p, odds = markets(200, 3, np.random.default_rng(9), low=0.8, high=0.999)
    assert not kelly_exclusive(p, odds)[(p * odds).max(axis=1) <= 1].any()


def test_many_markets_at_once_are_the_same_as_one_by_one():
    p, odds = markets(30, 3, np.random.default_rng(3))
    np.testing.assert_array_equal(
        kelly_exclusive(p.reshape(5, 6, 3), odds.reshape(5, 6, 3)).reshape(30, 3), kelly_exclusive(p, odds)
    )
    assert kelly_exclusive(p[0], odds[0]).tolist() == kelly_exclusive(p, odds)[0].tolist()


def test_commission_is_taken_from_winnings():
    assert net_odds([2.0, np.nan], 0.02).tolist() == pytest.approx([1.98, np.nan], nan_ok=True)


@given(st.floats(-1, 1), st.floats(0, 1))
def test_shrinkage_is_a_share_that_falls_with_the_error(value, error):
    share, less = uncertainty_shrinkage(value, [error, 2 * error])
    assert 0 <= less <= share <= 1


def test_shrinkage_maximises_expected_growth_of_small_stakes():
    """Growth of a stake f at an even bet is about f·v − f²/2, f being found with an error."""
    rng = np.random.default_rng(1)
    value, error = 0.06, 0.05
    seen = value + error * rng.standard_normal(200_000)
    shares = np.linspace(0.0, 1.0, 101)
    growth = [(share * seen * value - (share * seen) ** 2 / 2).mean() for share in shares]
    assert shares[np.argmax(growth)] == pytest.approx(float(uncertainty_shrinkage(value, error)), abs=0.02)


@pytest.mark.parametrize(
    "call",
    [
        lambda: net_odds(1.0),
        lambda: net_odds(2.0, 1.0),
        lambda: kelly_exclusive([0.7, 0.7], [2.0, 2.0]),
        lambda: kelly_exclusive([-0.1, 0.7], [2.0, 2.0]),
        lambda: uncertainty_shrinkage(0.1, -0.1),
    ],
)
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(UsageError):
        call()


def test_probabilities_and_odds_have_one_shape():
    with pytest.raises(ShapeError, match="shapes differ"):
        kelly_exclusive([0.5, 0.5], [2.0, 2.0, 2.0])
