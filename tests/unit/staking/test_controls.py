"""Controls only ever take away, hold what they say, and tell where they bit."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.domain.stakes import Limits
from monps.staking.controls import CONTROLS, Account, Slate, control

WIDE = Limits(per_bet=1, per_match=1, per_day=1, per_competition=1, drawdown_stop=1, daily_loss=1)
ACCOUNT = Account(balance=1000.0, wealth=1000.0, peak=1000.0)


def slate(stakes=(30.0, 50.0, 20.0), match=(0, 0, 1), competition=(0, 0, 1), account=ACCOUNT, **more):
    return Slate(np.array(stakes), np.array(match), np.array(competition), account, **more)


def limits(**changed):
    return WIDE.model_copy(update=changed)


@given(
    st.lists(st.tuples(st.floats(0, 500), st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=12),
    st.floats(10, 1000),
    st.floats(0, 200),
    st.floats(0, 100),
)
def test_whatever_happens_all_limits_hold(bets, wealth, staked, on_match):
    stakes, match, competition = (np.array(column) for column in zip(*bets, strict=True))
    limit = Limits(per_bet=0.05, per_match=0.08, per_day=0.2, per_competition=0.15)
    account = Account(balance=wealth, wealth=wealth, peak=wealth, staked_today=staked)
    found = control(Slate(stakes, match, competition, account, on_match, 0.0), limit)
    left, close = found.stakes, 1e-9 * wealth
    assert ((left >= 0) & (left <= stakes)).all()
    assert left.max() <= 0.05 * wealth + close
    assert np.bincount(match, weights=left).max() <= max(0.08 * wealth - on_match, 0) + close
    assert np.bincount(competition, weights=left).max() <= 0.15 * wealth + close
    assert left.sum() <= min(max(0.2 * wealth - staked, 0), wealth) + close
    assert sum(found.bites.values(), np.zeros(len(left))) == pytest.approx(stakes - left)
    assert list(found.bites) == [name for name in CONTROLS if name in found.bites]


def test_wide_limits_change_nothing():
    found = control(slate(), WIDE)
    assert found.stakes.tolist() == [30.0, 50.0, 20.0]
    assert found.bites == {}


@pytest.mark.parametrize(
    ("name", "limit", "left"),
    [
        ("per_bet", 0.025, [25.0, 25.0, 20.0]),
        ("per_match", 0.04, [15.0, 25.0, 20.0]),
        ("per_competition", 0.04, [15.0, 25.0, 20.0]),
        ("per_day", 0.05, [15.0, 25.0, 10.0]),
    ],
)
def test_each_limit_bites_alone_and_says_so(name, limit, left):
    found = control(slate(), limits(**{name: limit}))
    assert found.stakes == pytest.approx(left)
    assert list(found.bites) == [name]


def test_what_is_open_already_counts():
    limit = limits(per_match=0.1, per_competition=0.2)
    full = slate(on_match=np.array([100.0, 100.0, 0.0]))
    assert control(full, limit).stakes.tolist() == [0.0, 0.0, 20.0]
    half = slate(on_competition=np.array([160.0, 160.0, 0.0]))
    assert control(half, limit).stakes == pytest.approx([15.0, 25.0, 20.0])
    early = slate(account=replace(ACCOUNT, staked_today=950.0))
    assert control(early, WIDE).stakes.sum() == pytest.approx(50.0)


@pytest.mark.parametrize(("wealth", "stops"), [(701.0, False), (700.0, True), (300.0, True)])
def test_a_drawdown_stops_everything(wealth, stops):
    found = control(slate(account=Account(wealth, wealth, peak=1000.0)), limits(drawdown_stop=0.3))
    assert (found.stakes.sum() == 0) == stops
    assert ("drawdown_stop" in found.bites) == stops


@pytest.mark.parametrize(("lost", "stops"), [(0.0, False), (99.0, False), (100.0, True), (101.0, True)])
def test_a_bad_day_stops_the_day(lost, stops):
    account = Account(1000.0 - lost, 1000.0 - lost, peak=2000.0, lost_today=lost)
    found = control(slate(account=account), limits(daily_loss=0.1))
    assert ("daily_loss" in found.bites) == stops


def test_nobody_stakes_what_is_not_there():
    found = control(slate(account=replace(ACCOUNT, balance=50.0)), WIDE)
    assert found.stakes == pytest.approx([15.0, 25.0, 10.0])
    assert list(found.bites) == ["bankroll"]


def test_a_stake_too_small_to_be_taken_is_none():
    found = control(slate(), limits(least_stake=Decimal(25)))
    assert found.stakes.tolist() == [30.0, 50.0, 0.0]
    assert found.bites["least_stake"].tolist() == [0.0, 0.0, 20.0]


def test_a_stake_just_large_enough_is_taken():
    found = control(slate(), limits(least_stake=Decimal(30)))
    assert found.stakes.tolist() == [30.0, 50.0, 0.0]


def test_an_account_has_lost_and_staked_nothing_unless_it_is_said():
    narrow = limits(daily_loss=0.0005, per_day=0.1)
    assert control(slate(), narrow).stakes.tolist() == [30.0, 50.0, 20.0]
    assert control(slate(account=replace(ACCOUNT, lost_today=0.6)), narrow).stakes.tolist() == [0.0] * 3
    assert control(slate(account=replace(ACCOUNT, staked_today=50.0)), narrow).stakes.sum() == pytest.approx(
        50.0
    )
