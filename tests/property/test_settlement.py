"""One rule prices and settles: a match that is sure to end in one way is priced at what it settles to."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.domain.ledger import RESULTS, profit
from monps.markets.catalogue import listed, market, settle
from monps.markets.facts import Facts
from monps.markets.pricing import price
from monps.markets.views import FullTime
from monps.numerics.grid import ScoreGrid
from monps.numerics.growth import bet_returns
from monps.staking.slip import payoffs

SIZES = {"goals": 15, "corners": 20, "cards": 12}


def sure(size):
    """One match for every score, each certain to end in it; and these scores."""
    cells = np.eye(size * size).reshape(-1, size, size)
    home, away = (counts.ravel() for counts in np.indices((size, size)))
    return ScoreGrid(cells, np.zeros(len(cells))), Facts.of_scores(home, away)


@pytest.mark.parametrize("subject", SIZES)
def test_price_and_settlement_agree_for_every_market_on_every_cell(subject):
    grid, facts = sure(SIZES[subject])
    keys = [key for key in listed(subject) if isinstance(market(key).view, FullTime)]
    sheet = price(grid, keys)
    settled = np.stack([settle(selection, facts) for selection in sheet.selections])
    np.testing.assert_array_equal(sheet.win.T, np.maximum(settled, 0.0))
    np.testing.assert_array_equal(sheet.lose.T, np.maximum(-settled, 0.0))
    assert len(sheet.selections) >= 19


def test_stakes_see_the_same_payoffs():
    size = SIZES["goals"]
    facts = sure(size)[1]
    keys = [key for key in listed() if isinstance(market(key).view, FullTime)]
    selections = tuple(selection for key in keys for selection in market(key).selections)
    told = payoffs(selections, size)
    settled = np.stack([settle(selection, facts) for selection in selections])
    np.testing.assert_array_equal(told.settled @ told.outcome.T, settled)


@given(
    st.decimals("0.01", "1000", places=2),
    st.decimals("1.01", "50", places=2),
    st.sampled_from(sorted(RESULTS)),
)
def test_the_ledger_pays_what_the_engine_reckons(stake, odds, result):
    unit = float(RESULTS[result])
    reckoned = float(stake) * bet_returns(np.array([[unit]]), np.array([float(odds)]))[0, 0]
    assert abs(float(profit(stake, odds, RESULTS[result])) - reckoned) <= 0.005 + 1e-9


@given(st.decimals("0.01", "1000", places=2), st.decimals("1.01", "50", places=2))
def test_a_void_bet_gives_back_what_was_staked(stake, odds):
    assert profit(stake, odds, RESULTS["void"]) == Decimal("0.00")
    assert profit(stake, odds, RESULTS["lost"]) == -stake
