import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import UnknownNameError
from monps.numerics.inversion import Prior, QuotedMarkets, Trust, remove_margin_jointly
from monps.numerics.low_scores import dixon_coles_grid
from monps.numerics.overround import remove_margin

NAN = float("nan")
TOTAL_LINES = [1.5, 2.5, 3.0, 2.25]
HANDICAP_LINES = [-0.75, 0.0, 0.25, -1.0, 1.5]
UNBELIEVING = Trust(rho=Prior(strength=0.0))


def fair_odds(grid, settled):
    """Fair odds of a two-way market whose settlement of a unit stake is given for every cell, (s, s)."""
    flat = settled.ravel()
    won, lost = grid.cells @ np.maximum(flat, 0.0), grid.cells @ np.maximum(-flat, 0.0)
    return np.stack([1.0 + lost / won, 1.0 + won / lost], axis=1)


def settle(beyond, line):
    """Half the stake on each side of a quarter line."""
    halves = (line - 0.25, line + 0.25) if line % 0.5 else (line, line)
    return sum(np.sign(beyond + half) for half in halves) / 2.0


def quotes_of(grid, power=1.0):
    """Quote everything, with a margin by the power method: inverse odds are fair probabilities to a power."""
    home, away = np.divmod(np.arange(grid.size**2), grid.size)
    totals = [fair_odds(grid, settle(home + away, -line)) for line in TOTAL_LINES]
    handicaps = [fair_odds(grid, settle(home - away, line)) for line in HANDICAP_LINES]
    both = fair_odds(grid, np.where((home > 0) & (away > 0), 1.0, -1.0))
    return QuotedMarkets.read(
        len(grid),
        result=grid.outcomes() ** -power,
        totals=np.stack(totals, axis=1) ** power,
        total_lines=np.tile(TOTAL_LINES, (len(grid), 1)),
        handicaps=np.stack(handicaps, axis=1) ** power,
        handicap_lines=np.tile(HANDICAP_LINES, (len(grid), 1)),
        both_score=both**power,
    )


@given(
    rates=arrays(np.float64, (2, 3), elements=st.floats(0.4, 3.0)),
    rho=st.floats(-0.1, 0.02),
    power=st.floats(0.93, 1.0),
)
def test_markets_that_agree_give_their_grid_back(rates, rho, power):
    grid = dixon_coles_grid(*rates, rho)
    fair = remove_margin_jointly(quotes_of(grid, power), trust=UNBELIEVING)
    assert fair.fitted.converged.all()
    np.testing.assert_allclose([fair.fitted.home, fair.fitted.away], rates, rtol=1e-6)
    np.testing.assert_allclose(fair.fitted.rho, rho, atol=1e-6)
    for residuals in fair.residuals.values():
        np.testing.assert_allclose(residuals, 0.0, atol=1e-8)


@pytest.fixture
def matches():
    return dixon_coles_grid(np.array([1.6, 2.4, 0.9]), np.array([1.1, 0.7, 1.5]), -0.05)


def without(quotes, **changes):
    names = ("result", "totals", "total_lines", "handicaps", "handicap_lines", "both_score")
    return QuotedMarkets(**{name: getattr(quotes, name).copy() for name in names} | changes)


def test_missing_markets_do_not_count(matches):
    whole = quotes_of(matches, 0.96)
    result, totals = whole.result.copy(), whole.totals.copy()
    result[0], totals[1, :, 1] = NAN, NAN
    lines = whole.handicap_lines.copy()
    lines[2] = NAN
    fair = remove_margin_jointly(
        without(whole, result=result, totals=totals, handicap_lines=lines), trust=UNBELIEVING
    )
    np.testing.assert_allclose(fair.fitted.home, [1.6, 2.4, 0.9], rtol=1e-6)
    assert np.isnan(fair.residuals["result"][0]).all()
    assert np.isnan(fair.residuals["totals"][1]).all()
    assert np.isnan(fair.residuals["handicaps"][2]).all()
    assert not np.isnan(fair.residuals["both_score"]).any()


def test_wrong_quotes_are_not_believed(matches):
    quotes = quotes_of(matches, 0.96)
    both = quotes.both_score.copy()
    both[:, 0] = 0.5
    fair = remove_margin_jointly(without(quotes, both_score=both))
    assert fair.fitted.converged.all()
    assert not fair.separate["both_score"].valid.any()


def test_markets_that_disagree_meet_in_between(matches):
    quotes = quotes_of(matches, 0.96)
    shifted = quotes_of(dixon_coles_grid(np.array([1.8, 2.6, 1.1]), np.array([1.0, 0.6, 1.3]), -0.05), 0.96)
    fair = remove_margin_jointly(without(quotes, result=shifted.result))
    assert fair.fitted.converged.all()
    assert (fair.residuals["result"][:, 0] < 0.0).all()
    assert (fair.residuals["handicaps"] > 0.0).all()
    believing = remove_margin_jointly(without(quotes, result=shifted.result), trust=Trust(result=1000.0))
    assert (np.abs(believing.residuals["result"]) < np.abs(fair.residuals["result"])).all()
    np.testing.assert_allclose(believing.residuals["result"], 0.0, atol=5e-4)


def test_residuals_are_the_grid_less_the_separate_prices(matches):
    quotes = quotes_of(matches, 0.96)
    fair = remove_margin_jointly(without(quotes, result=quotes.result[::-1]), "shin")
    separate = remove_margin(quotes.result[::-1], "shin").probabilities
    np.testing.assert_allclose(fair.fitted.grid().outcomes() - separate, fair.residuals["result"], atol=1e-12)


def test_the_sum_of_squares_is_least(matches):
    quotes = quotes_of(matches, 0.96)
    quotes = without(quotes, result=quotes.result[::-1])
    trust = Trust(result=2.0, totals=0.5, handicaps=1.5, rho=Prior(strength=0.01))
    fitted = remove_margin_jointly(quotes, trust=trust).fitted
    here = np.stack([fitted.home, fitted.away, fitted.rho])
    lowest = chi_square(quotes, here, trust)
    for axis in range(3):
        for step in (-1e-3, 1e-3):
            assert (chi_square(quotes, here + np.eye(3)[axis][:, None] * step, trust) > lowest).all()


def chi_square(quotes, state, trust):
    """Σ weight · (p − q)² / q over every selection of every market, and the belief about ρ."""
    offered = quotes_of(dixon_coles_grid(*state))
    total = trust.rho.strength * (state[2] - trust.rho.rho) ** 2
    for name in ("result", "totals", "handicaps", "both_score"):
        wanted = remove_margin(getattr(quotes, name)).probabilities
        given = 1.0 / getattr(offered, name)
        squares = (given - wanted) ** 2 / wanted
        total += getattr(trust, name) * squares.reshape(len(squares), -1).sum(axis=1)
    return total


def test_a_belief_holds_what_quotes_leave_open(matches):
    quotes = QuotedMarkets.read(3, result=matches.outcomes() ** -0.96)
    assert not remove_margin_jointly(quotes, trust=UNBELIEVING).fitted.converged.any()
    fair = remove_margin_jointly(quotes, trust=Trust(rho=Prior(rho=-0.05)))
    assert fair.fitted.converged.all()
    np.testing.assert_allclose(fair.fitted.home, [1.6, 2.4, 0.9], rtol=1e-6)


def test_a_total_alone_or_nothing_at_all_is_flagged():
    quotes = QuotedMarkets.read(2, totals=[[[1.9, 1.9]], [[NAN, NAN]]], total_lines=[[2.5], [2.5]])
    fitted = remove_margin_jointly(quotes).fitted
    assert fitted.converged.tolist() == [False, False]
    assert np.isnan(fitted.home).tolist() == [False, True]


def test_unknown_method(matches):
    with pytest.raises(UnknownNameError):
        remove_margin_jointly(quotes_of(matches), "best")
