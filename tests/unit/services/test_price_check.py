"""Prices beside a kept prediction: what they are worth, how sure that is, what to stake, and why nothing."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from factories import fixture_record, parsed_file, quote
from fakes import FakeStore
from monps.domain.market import MarketKey, Selection
from monps.domain.stakes import Funds, Limits, PositionRequest
from monps.services.kept_grid import grid_of
from monps.services.price_check import BY_HAND, Staking, check_prices
from monps.services.risk import size_position
from monps.staking.value import ValueRule
from predictions import MORNING, prediction

HOME_WIN = Selection(MarketKey("match_result"), "home")
OVER = Selection(MarketKey("totals", 2.5), "over")
LEVEL = Selection(MarketKey("asian_handicap", 0.0), "home")
HALF_DRAW = Selection(MarketKey("match_result", period="first_half"), "draw")
BANKROLL = Decimal("1000.00")
MADE = prediction()


def ask(typed=None, quotes=(), *, made=MADE, bankroll=BANKROLL, now=MORNING, **asked):
    store = FakeStore()
    with store(write=True) as work:
        work.matches.add_file(parsed_file(fixtures=(fixture_record(None, *quotes),)), MORNING)
        work.commit()
    return check_prices(store, made, typed or {}, Staking(bankroll, **asked), now=now)


@pytest.mark.parametrize("backed", [HOME_WIN, OVER, LEVEL, HALF_DRAW], ids=str)
def test_value_is_our_chance_times_the_odds_less_one(backed):
    checked = ask({backed: 2.4}).typed[backed]
    ours = next(p for p in MADE.markets if (MarketKey(p.family, p.line, p.period), p.selection) == backed)
    assert checked.value.expected_value == pytest.approx(ours.probability * 2.4 - 1)
    assert checked.value.fair_odds == ours.fair_odds
    low, high = checked.value.interval
    assert low < checked.value.expected_value < high
    assert checked.value.bookmaker == BY_HAND


def test_an_interval_is_wider_where_goals_are_less_certain():
    def width(error):
        made = MADE.model_copy(update={"home_goals_error": error, "away_goals_error": error})
        low, high = ask({HOME_WIN: 2.4}, made=made).typed[HOME_WIN].value.interval
        return high - low

    assert width(0.0) == pytest.approx(0.0)
    assert width(0.3) > 2 * width(0.1) > 0


def test_no_edge_and_too_little_certainty_are_no_bet():
    assert ask({HOME_WIN: 2.0}).typed[HOME_WIN].no_bet.reason == "no_edge"
    unsure = MADE.model_copy(update={"home_goals_error": 0.8})
    assert ask({HOME_WIN: 2.3}, made=unsure).typed[HOME_WIN].no_bet.reason == "uncertain"
    assert ask({HOME_WIN: 2.3}).typed[HOME_WIN].no_bet is None


def test_a_stake_is_a_share_of_the_bankroll_and_capped():
    small, large = (
        ask({HOME_WIN: 2.3}, bankroll=b).typed[HOME_WIN].position for b in (BANKROLL, 10 * BANKROLL)
    )
    assert large.stake == pytest.approx(10 * small.stake, abs=Decimal("0.10"))
    assert not small.controls
    capped = ask({HOME_WIN: 6.0}).typed[HOME_WIN].position
    assert capped.stake == Decimal("50.00")
    assert [bite.control for bite in capped.controls] == ["per_bet"]


def test_the_limits_that_one_set_oneself_are_kept():
    capped = ask({HOME_WIN: 6.0}, limits=Limits(per_bet=0.01)).typed[HOME_WIN].position
    assert capped.stake == Decimal("10.00")


def test_a_stake_is_the_one_that_risk_sizes():
    found = ask({HOME_WIN: 2.3}).typed[HOME_WIN]
    low, high = found.value.interval
    error = (high - low) / (2 * 1.959964 * 2.3)
    request = PositionRequest(
        funds=Funds(balance=BANKROLL), probability=found.value.probability, odds=2.3, standard_error=error
    )
    assert found.position.stake == size_position(request).stake


def test_nothing_is_staked_of_nothing():
    assert ask({HOME_WIN: 2.6}, bankroll=Decimal("0.00")).typed[HOME_WIN].no_bet.reason == "no_stake"


def test_the_best_of_what_is_offered_counts():
    quotes = [quote(odds=(1.9, 3.5, 4.0)), quote(odds=(2.0, 3.4, 3.9), bookmaker="bet365")]
    offered = ask(quotes=quotes).offered
    assert (offered[HOME_WIN].value.odds, offered[HOME_WIN].value.bookmaker) == (2.0, "bet365")


def test_summaries_over_bookmakers_are_no_offers():
    assert ask(quotes=[quote(odds=(9.0, 9.0, 9.0), bookmaker="maximum")]).offered == {}


def test_a_later_quote_of_a_book_replaces_the_earlier():
    early, late = (
        quote(odds=(odds, 3.5, 4.0), known_at=MORNING - timedelta(hours=h))
        for odds, h in ((2.5, 5), (1.9, 1))
    )
    assert ask(quotes=[early, late]).offered[HOME_WIN].value.odds == 1.9


def test_an_old_quote_is_stale():
    old = quote(odds=(2.6, 3.0, 3.0), known_at=MORNING - timedelta(days=8))
    assert ask(quotes=[old]).offered[HOME_WIN].no_bet.reason == "stale_quote"


def test_odds_far_above_the_crowd_are_taken_for_an_error():
    crowd = [quote(odds=(1.9, 3.5, 4.0), bookmaker=f"book{n}") for n in range(3)]
    checked = ask(quotes=[*crowd, quote(odds=(4.0, 3.5, 4.0), bookmaker="odd")]).offered[HOME_WIN]
    assert checked.no_bet.reason == "anomalous_quote"


def test_an_exchange_keeps_its_commission():
    rule = ValueRule(commission={BY_HAND: 0.05})
    value = ask({HOME_WIN: 3.0}, rule=rule).typed[HOME_WIN].value
    assert value.expected_value == pytest.approx(MADE.home_win * 2.9 - 1)


def test_what_is_not_priced_is_left_out():
    assert ask({Selection(MarketKey("nothing_like_it"), "x"): 2.0}).typed == {}


def test_the_grid_read_back_is_that_of_the_prices():
    grid = grid_of(MADE)
    assert grid.probabilities.sum() + grid.tail[0] == pytest.approx(1.0)
    assert np.tril(grid.probabilities[0], -1).sum() == pytest.approx(MADE.home_win, abs=0.01)
