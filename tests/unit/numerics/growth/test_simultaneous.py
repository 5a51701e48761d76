"""The exact optimum over all bets of a match, against other ways to find it."""

import numpy as np
import pytest
from scipy.optimize import minimize

from factories import score_grid
from monps.domain.market import MarketKey
from monps.errors import MonpsError, ShapeError, UsageError
from monps.markets.catalogue import market
from monps.numerics.growth import bet_returns, expected_growth, kelly_simultaneous, kelly_single, simultaneous

KEYS = (
    MarketKey("match_result"),
    *(MarketKey("totals", line) for line in (1.5, 2.25, 2.5, 3.5)),
    *(MarketKey("asian_handicap", line) for line in (-1.0, -0.25, 0.0, 0.5)),
    MarketKey("both_teams_to_score"),
)
PAYOFFS = np.concatenate([np.reshape(market(k).payoffs(15), (len(market(k).selections), -1)) for k in KEYS])
SPREADS = ((0.85, 1.15), (0.9, 1.04), (0.99, 1.01), (0.6, 1.5))
MOST_BETS = 20


def match(rng, bets=MOST_BETS, spread=(0.85, 1.15)):
    """Draw a match, and odds around its fair ones; return returns (k, c) and chances (c,)."""
    chance = score_grid(1, rng).cells[0]
    payoffs = PAYOFFS[rng.permutation(len(PAYOFFS))[:bets]]
    win, lose = np.maximum(payoffs, 0) @ chance, np.maximum(-payoffs, 0) @ chance
    odds = 1.0 + lose / win * rng.uniform(*spread, len(payoffs))
    return bet_returns(payoffs, odds), chance


def cover(returns, chance, rounds=200_000, close=1e-9):
    """Find the log-optimal portfolio as Cover (1984) does: slowly, by multiplying shares, and surely."""
    gross = np.vstack([np.ones(len(chance)), 1.0 + returns])
    shares = np.full(len(gross), 1.0 / len(gross))
    for _ in range(rounds):
        ratio = gross @ (chance / (shares @ gross))
        shares = shares * ratio
        if ratio.max() < 1.0 + close:
            break
    return float(np.log(shares @ gross) @ chance)


@pytest.mark.parametrize("spread", SPREADS)
def test_a_thousand_matches_have_no_better_stakes(spread):
    """The certificate is checked against every asset by hand, so it is no word of the method itself."""
    rng = np.random.default_rng(11)
    for _ in range(250):
        returns, chance = match(rng, rng.integers(1, MOST_BETS + 1), spread)
        found = kelly_simultaneous(returns, chance)
        wealth = 1.0 + found.stakes @ returns
        ratios = np.array([(chance / wealth).sum(), *((1.0 + returns) @ (chance / wealth))])
        assert np.log(ratios.max()) < 1e-8
        assert found.growth == pytest.approx(np.log(wealth) @ chance, abs=1e-15)
        assert found.stakes.min() >= 0.0
        assert found.stakes.sum() <= 1.0 + 1e-9


def test_brute_force_finds_the_same_growth():
    rng = np.random.default_rng(5)
    for bets in (1, 2, 3, 4, 6, 9):
        returns, chance = match(rng, bets, (0.9, 1.2))
        found = kelly_simultaneous(returns, chance)
        assert cover(returns, chance) == pytest.approx(found.growth, abs=1e-8)


def test_a_general_optimiser_finds_the_same_stakes():
    rng = np.random.default_rng(6)
    for _ in range(10):
        returns, chance = match(rng, 3, (0.95, 1.15))
        found = kelly_simultaneous(returns, chance)

        def loss(stakes, returns=returns, chance=chance):
            return -np.log1p(stakes @ returns) @ chance

        best = minimize(
            loss,
            np.full(3, 0.01),
            bounds=[(0, 1)] * 3,
            constraints={"type": "ineq", "fun": lambda stakes: 1 - stakes.sum() - 1e-9},
            method="SLSQP",
            options={"ftol": 1e-15, "maxiter": 1000},
        )
        assert found.growth >= -best.fun - 1e-9
        assert found.stakes == pytest.approx(best.x, abs=1e-4)


def test_growth_is_never_below_that_of_a_single_bet():
    rng = np.random.default_rng(7)
    for _ in range(200):
        returns, chance = match(rng)
        found = kelly_simultaneous(returns, chance)
        for row, stake in enumerate(single_stakes(returns, chance)):
            alone = expected_growth([stake], returns[row : row + 1], chance)
            assert found.growth >= alone - 1e-9


def single_stakes(returns, chance):
    """The best stake on each bet alone, halves and voids included."""
    return [kelly_simultaneous(row[None], chance).stakes[0] for row in returns]


def test_a_single_bet_gets_its_single_stake():
    found = kelly_simultaneous([[1.2, -1.0]], [0.5, 0.5])
    assert found.stakes[0] == pytest.approx(float(kelly_single(0.5, 2.2)), abs=1e-9)


def test_bets_without_value_get_nothing():
    returns, chance = match(np.random.default_rng(8), spread=(0.7, 0.999))
    assert kelly_simultaneous(returns, chance) == (pytest.approx(np.zeros(len(returns))), 0.0, 0.0, 0)


def test_the_same_bet_twice_gets_no_more_than_once():
    once = kelly_simultaneous([[1.2, -1.0]], [0.5, 0.5])
    twice = kelly_simultaneous([[1.2, -1.0], [1.2, -1.0]], [0.5, 0.5])
    assert twice.stakes.sum() == pytest.approx(once.stakes[0], abs=1e-7)
    assert twice.growth == pytest.approx(once.growth, abs=1e-9)


def test_a_sure_gain_takes_all_there_is_and_no_more():
    found = kelly_simultaneous([[1.5, -1.0], [-1.0, 1.5]], [0.5, 0.5])
    assert found.stakes.sum() == pytest.approx(1.0, abs=1e-9)
    assert found.growth == pytest.approx(np.log(1.25), abs=1e-9)


def test_outcomes_that_cannot_be_have_no_say():
    one = kelly_simultaneous([[1.2, -1.0, 50.0]], [0.5, 0.5, 0.0])
    assert one.stakes[0] == pytest.approx(float(kelly_single(0.5, 2.2)), abs=1e-9)


@pytest.mark.parametrize(
    ("returns", "chance", "error"),
    [
        ([[1.0, -1.0]], [0.5, 0.6], UsageError),
        ([[1.0, -1.5]], [0.5, 0.5], UsageError),
        ([[1.0, np.nan]], [0.5, 0.5], UsageError),
        ([1.0, -1.0], [0.5, 0.5], ShapeError),
        ([[1.0, -1.0, 0.0]], [0.5, 0.5], ShapeError),
    ],
)
def test_what_makes_no_sense_is_refused(returns, chance, error):
    with pytest.raises(error):
        kelly_simultaneous(returns, chance)


def test_an_optimum_that_is_not_reached_is_not_passed_off_as_one(monkeypatch):
    monkeypatch.setattr(simultaneous, "_MOST_STEPS", 2)
    with pytest.raises(MonpsError, match="fall short"):
        kelly_simultaneous(*match(np.random.default_rng(1)))
