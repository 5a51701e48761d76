"""What the open book may lose: exactly, by drawing, and as it must be."""

import numpy as np
import pytest

from factories import score_grid
from monps.numerics import tail_risk as tails
from monps.staking.exposure import OpenBet, OpenMatch, book_risk, exact_risk, simulated_risk
from monps.staking.portfolio import MatchBets
from offers import SELECTIONS


def book(matches, rng, bets=3):
    grid = score_grid(matches, rng)
    made = []
    for match in range(matches):
        chosen = tuple(SELECTIONS[place] for place in rng.permutation(len(SELECTIONS))[:bets])
        odds, stakes = rng.uniform(1.5, 4.0, bets), rng.integers(100, 3000, bets) / 100.0
        made.append(OpenMatch(MatchBets(grid[match], chosen, odds), stakes))
    return made


@pytest.fixture
def rng():
    return np.random.default_rng(4)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_drawing_agrees_with_listing(rng, confidence):
    open_book = book(5, rng)
    exact, drawn = exact_risk(open_book, confidence), simulated_risk(open_book, confidence, rng, 200_000)
    assert (exact.method, drawn.method, drawn.outcomes) == ("exact", "simulated", 200_000)
    staked = sum(each.stakes.sum() for each in open_book)
    for name in ("var", "cvar", "mean", "chance_of_loss"):
        told, found = getattr(exact.tail, name), getattr(drawn.tail, name)
        assert found == pytest.approx(told, abs=0.01 * (1 if name == "chance_of_loss" else staked))
    assert drawn.tail.worst <= exact.tail.worst + 1e-9


def test_no_more_is_lost_than_was_staked(rng):
    open_book = book(4, rng)
    tail = exact_risk(open_book, 0.95).tail
    assert tail.var <= tail.cvar <= tail.worst <= sum(each.stakes.sum() for each in open_book) + 1e-9


def test_one_bet_by_hand():
    grid = score_grid(1, np.random.default_rng(1))
    home = MatchBets(grid, (SELECTIONS[0],), np.array([2.5]))
    found = exact_risk([OpenMatch(home, np.array([10.0]))], 0.95)
    win = float(grid.outcomes()[0, 0])
    assert found.tail.mean == pytest.approx(15.0 * win - 10.0 * (1 - win))
    assert (found.tail.var, found.tail.worst, found.outcomes) == (10.0, 10.0, 2)
    assert found.tail.chance_of_loss == pytest.approx(1 - win)


def test_bets_on_one_match_hedge_each_other(rng):
    grid = score_grid(1, rng)
    result = MatchBets(grid, SELECTIONS[:3], np.full(3, 3.0))
    assert exact_risk([OpenMatch(result, np.full(3, 10.0))], 0.95).tail.worst == pytest.approx(0.0)


def test_a_book_too_large_to_list_is_drawn(rng, monkeypatch):
    open_book = book(6, rng)
    assert book_risk(open_book, 0.95, rng).method == "exact"
    monkeypatch.setattr(tails, "MOST_ATOMS", 50)
    assert exact_risk(open_book, 0.95) is None
    assert book_risk(open_book, 0.95, rng, 1000).outcomes == 1000


def test_an_empty_book_loses_nothing(rng):
    assert book_risk([], 0.95, rng).tail == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_a_bet_that_no_grid_decides_by_hand(rng):
    bet = OpenBet(chance=0.3, odds=3.5, stake=20.0)
    cents, chances = bet.profits()
    assert cents.tolist() == [5000, -2000]
    assert chances.tolist() == pytest.approx([0.3, 0.7])
    exact, drawn = exact_risk([bet], 0.6), simulated_risk([bet], 0.6, rng, 20_000)
    assert (exact.tail.worst, exact.tail.var, exact.tail.mean) == pytest.approx((20.0, 20.0, 1.0))
    assert (drawn.tail.worst, drawn.tail.var) == (20.0, 20.0)
    assert drawn.tail.mean == pytest.approx(1.0, abs=1.0)
