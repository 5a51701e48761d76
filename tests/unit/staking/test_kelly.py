"""Every way to stake does what its name says."""

import numpy as np
import pytest
from pydantic import ValidationError

from factories import score_grid
from monps.domain.market import MarketKey, Selection
from monps.errors import UnknownNameError, UsageError
from monps.numerics.growth import bet_returns, expected_growth, kelly_exclusive, kelly_single
from monps.staking import STAKE_RULES, Flat, Kelly, MarketKelly, MatchKelly, Percentage
from monps.staking.portfolio import MatchBets, best_stakes
from monps.staking.slip import Slip, number_markets, payoffs
from offers import SELECTIONS, slip

FULL = {"fraction": 1.0, "shrink": False}


@pytest.fixture
def many():
    rng = np.random.default_rng(2)
    return slip(score_grid(30, rng), rng)


def one_match(bets, match):
    return bets.where(bets.match == match)


def growth(bets, shares):
    """Expected growth of one match's bets."""
    settled, outcome = bets.payoffs()
    chance = (bets.grid[int(bets.match[0])].cells @ outcome)[0]
    return float(
        expected_growth(shares, bet_returns(settled[bets.selection], bets.odds), chance / chance.sum())
    )


@pytest.mark.parametrize("rule", STAKE_RULES.values(), ids=STAKE_RULES)
def test_shares_are_shares(rule, many):
    shares = rule.shares(many)
    assert shares.shape == (len(many),)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert STAKE_RULES[rule.name] is rule
    assert rule.of_initial == (rule.name == "flat")
    assert len(rule.shares(many.where(np.zeros(len(many), dtype=bool)))) == 0


@pytest.mark.parametrize("rule", [Flat(unit=0.02), Percentage(unit=0.02)])
def test_a_unit_is_a_unit(rule, many):
    assert set(rule.shares(many)) == {0.02}


def test_kelly_stakes_each_alone(many):
    np.testing.assert_array_equal(Kelly(**FULL).shares(many), kelly_single(many.probability, many.odds))


@pytest.mark.parametrize("kind", [Kelly, MarketKelly, MatchKelly])
def test_a_fraction_is_a_fraction_and_doubt_takes_more(kind, many):
    full, half = kind(**FULL).shares(many), kind(fraction=0.5, shrink=False).shares(many)
    np.testing.assert_allclose(half, full / 2)
    shrunk = kind(fraction=1.0).shares(many)
    assert (shrunk <= full).all()
    assert (shrunk < full).any()


@pytest.mark.parametrize("kind", [Kelly, MarketKelly, MatchKelly])
def test_doubt_is_weighed_as_baker_and_mchale_do_and_a_quarter_is_usual(kind, many):
    full = kind(**FULL).shares(many)
    np.testing.assert_array_equal(many.value, many.probability * many.odds - 1)
    doubt = many.value**2 / (many.value**2 + (many.error * many.odds) ** 2)
    np.testing.assert_allclose(kind().shares(many), 0.25 * doubt * full)


def test_exclusive_selections_are_staked_together(many):
    shares = MarketKelly(**FULL).shares(many)
    result = [place for place, each in enumerate(SELECTIONS) if each.market.family == "match_result"]
    for match in np.unique(many.match):
        rows = (many.match == match) & np.isin(many.selection, result)
        if rows.any():
            expected = kelly_exclusive(many.probability[rows], many.odds[rows])
            assert shares[rows] == pytest.approx(expected)


def test_selections_that_may_be_void_are_staked_alone(many):
    void = np.array([each.market.line in (0.0, -0.25) for each in SELECTIONS])[many.selection]
    shares = MarketKelly(**FULL).shares(many)
    assert void.any()
    np.testing.assert_array_equal(shares[void], kelly_single(many.probability, many.odds)[void])
    np.testing.assert_array_equal(MarketKelly(**FULL).shares(many.where(void)), shares[void])


def test_no_other_stakes_on_a_match_grow_faster(many):
    best = MatchKelly(**FULL).shares(many)
    others = [rule(**FULL).shares(many) for rule in (Kelly, MarketKelly)]
    for match in np.unique(many.match):
        rows = many.match == match
        bets = many.where(rows)
        ours = growth(bets, best[rows])
        for shares in (*(other[rows] for other in others), best[rows] * 0.9, best[rows] * 1.1):
            if shares.sum() < 1.0:
                assert ours >= growth(bets, shares) - 1e-9


def test_a_single_bet_has_its_closed_form_and_a_halved_one_its_own(many):
    for place in range(len(SELECTIONS)):
        rows = np.flatnonzero(many.selection == place)[:1]
        bets = many.where(rows)
        share = MatchKelly(**FULL).shares(bets)
        if SELECTIONS[place].market.line != -0.25:
            assert share == pytest.approx(kelly_single(bets.probability, bets.odds), abs=1e-7)
        assert growth(bets, share) >= growth(bets, share * 0.95)
        assert growth(bets, share) >= growth(bets, share * 1.05)


def test_two_bets_of_a_match_are_staked_together(rng_pair):
    shares, alone = MatchKelly(**FULL).shares(rng_pair), kelly_single(rng_pair.probability, rng_pair.odds)
    assert len(rng_pair) == 2
    assert growth(rng_pair, shares) > growth(rng_pair, alone) + 1e-6


@pytest.fixture
def rng_pair(many):
    """Home and draw of one match, both of value: they exclude each other."""
    rows = [
        np.flatnonzero((many.match == match) & (many.selection == place))
        for match in np.unique(many.match)
        for place in (0, 1)
    ]
    first = next(n for n in range(0, len(rows), 2) if len(rows[n]) and len(rows[n + 1]))
    return many.where(np.concatenate(rows[first : first + 2]))


@pytest.mark.parametrize("fraction", [0.0, 1.01])
def test_more_than_all_and_nothing_are_no_fractions(fraction):
    with pytest.raises(ValidationError):
        Kelly(fraction=fraction)


def test_one_match_in_a_portfolio_is_the_match_alone(many):
    bets = one_match(many, many.match[0])
    grid = bets.grid[int(bets.match[0])]
    chosen = tuple(SELECTIONS[place] for place in bets.selection)
    found = best_stakes([MatchBets(grid, chosen, bets.odds)], np.random.default_rng(1))
    assert found.growth == pytest.approx(growth(bets, MatchKelly(**FULL).shares(bets)), abs=1e-9)


def test_several_matches_share_one_bankroll(many):
    matches = [
        MatchBets(
            many.grid[int(match)],
            tuple(SELECTIONS[p] for p in many.selection[many.match == match]),
            many.odds[many.match == match],
        )
        for match in np.unique(many.match)[:2]
    ]
    together = best_stakes(matches, np.random.default_rng(1), most=100_000)
    alone = [best_stakes([each], np.random.default_rng(1)) for each in matches]
    assert sum(each.growth for each in alone) >= together.growth > max(each.growth for each in alone)


def test_only_what_the_final_score_decides_is_staked_from_its_grid():
    early = Selection(MarketKey("match_result", period="first_half"), "home")
    with pytest.raises(UsageError, match="final score"):
        payoffs((early,), 15)
    with pytest.raises(UsageError, match="final score"):
        payoffs((Selection(MarketKey("half_time_full_time"), "home_home"),), 15)
    with pytest.raises(UnknownNameError, match="nobody"):
        payoffs((Selection(MarketKey("match_result"), "nobody"),), 15)


def test_several_winners_are_not_taken_for_exclusive():
    rng = np.random.default_rng(3)
    chosen = tuple(
        Selection(MarketKey("double_chance"), name)
        for name in ("home_or_draw", "home_or_away", "draw_or_away")
    )
    grid = score_grid(1, rng)
    home, draw, away = grid.outcomes()[0]
    chance = np.array([home + draw, home + away, draw + away])
    numbers = number_markets(chosen)
    bets = Slip(
        chosen, grid, np.zeros(3, dtype=int), np.arange(3), numbers, 1.05 / chance + 0.05, chance, np.zeros(3)
    )
    np.testing.assert_array_equal(MarketKelly(**FULL).shares(bets), kelly_single(chance, bets.odds))


@pytest.mark.parametrize("rule", [Flat, Percentage])
def test_a_unit_is_a_share_of_what_there_is(rule):
    assert rule(unit=1.0).unit == 1.0
    for unit in (0.0, -0.1, 1.01):
        with pytest.raises(ValidationError):
            rule(unit=unit)
