"""Which offers are worth a bet, and why the others are not."""

from datetime import timedelta
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest

from factories import SATURDAY, quote, score_grid
from monps.domain.market import MarketKey, Selection
from monps.markets.pricing import price
from monps.models import Poisson
from monps.numerics.grid import ScoreGrid
from monps.staking.offers import offers_of
from monps.staking.value import NO_REASON, NORMAL_95, REASONS, ValueRule, assess, probabilities, tilted, weigh
from monps.tables.quotes import QuoteTable
from offers import MARKETS, MICROS, SELECTIONS, quotes_around

BOOKS = ("bet365", "bwin", "pinnacle", "william_hill")
EAGER = ValueRule(least_value=0.0, caution=0.0)


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def grid(rng):
    return score_grid(20, rng)


@pytest.fixture
def offers(grid, rng):
    return offers_of(range(1, 21), QuoteTable.from_quotes(quotes_around(grid, BOOKS, rng, margin=1.01)))


def why(found, place):
    code = found.reason[place]
    return None if code == NO_REASON else REASONS[code]


def only(*quotes, ids=(1,)):
    return offers_of(ids, QuoteTable.from_quotes([(1, each) for each in quotes]))


def fair_grid():
    """One match whose three results are as likely as the factories' fair odds say."""
    cells = np.zeros((1, 15, 15))
    cells[0, 1, 0], cells[0, 0, 0], cells[0, 0, 1] = 0.5, 0.25, 0.25
    return ScoreGrid(cells, np.zeros(1))


def test_every_quoted_selection_is_offered_once_a_bookmaker(offers):
    assert len(offers) == 20 * len(BOOKS) * len(SELECTIONS)
    assert set(offers.selections) == set(SELECTIONS)
    assert set(offers.markets) == set(MARKETS)
    assert offers.bookmakers == BOOKS
    key = offers.bet_key * len(BOOKS) + offers.bookmaker
    assert len(np.unique(key)) == len(offers)


def test_offers_have_the_odds_of_their_quotes(grid, rng):
    table = QuoteTable.from_quotes(quotes_around(grid, BOOKS, rng))
    offers = offers_of(range(1, 21), table)
    frame = table.frame.filter(pl.col("market") == "match_result", bookmaker="bwin").sort("match_id")
    draws = offers.where(
        offers.of_bookmakers(["bwin"])
        & (offers.selection == offers.selections.index(Selection(MARKETS[0], "draw")))
    )
    assert draws.odds.tolist() == frame["odds_2"].to_list()
    np.testing.assert_array_equal(draws.match, np.arange(20))
    assert (draws.quoted_at < MICROS).all()


def test_fair_probabilities_of_a_quote_sum_to_one(offers):
    frame = pl.DataFrame({"m": offers.match, "k": offers.market, "b": offers.bookmaker, "p": offers.fair})
    assert np.allclose(frame.group_by("m", "k", "b").agg(pl.col("p").sum())["p"], 1.0)


def test_of_several_revisions_the_latest_counts():
    later = quote(odds=(2.2, 3.3, 3.9), known_at=SATURDAY - timedelta(hours=1))
    assert only(later, quote(odds=(2.1, 3.4, 4.0))).odds.tolist() == [2.2, 3.3, 3.9]


def test_closing_prices_are_asked_for():
    quotes = QuoteTable.from_quotes([(1, quote(closing=True)), (1, quote(odds=(2.0, 3.0, 4.0)))])
    assert offers_of([1], quotes).odds.tolist() == [2.0, 3.0, 4.0]
    assert len(offers_of([1], quotes, closing=True)) == 3
    assert len(offers_of([2], quotes)) == 0


def test_nothing_offered_is_nothing_assessed(grid):
    found = assess(only(ids=()), grid, EAGER)
    assert len(found.value) == 0
    assert not found.bets.any()


def test_a_bet_is_of_value_and_at_the_best_price(offers, grid):
    found = assess(offers, grid, EAGER)
    assert (found.value[found.bets] > 0).all()
    assert found.bets.any()
    assert len(np.unique(offers.bet_key[found.bets])) == found.bets.sum()
    for row in np.flatnonzero(found.bets):
        same = offers.bet_key == offers.bet_key[row]
        assert offers.odds[row] == offers.odds[same].max()
    beaten = found.reason == REASONS.index("better_price")
    assert set(offers.bet_key[beaten]) <= set(offers.bet_key[found.bets])


def test_value_and_kelly_have_one_sign(offers, grid):
    found = assess(offers, grid, EAGER)
    np.testing.assert_array_equal(found.kelly > 0, found.value > 0)


def test_fair_odds_have_no_edge():
    fair = only(quote(odds=(2.0, 4.0, 4.0)))
    found = assess(fair, fair_grid(), EAGER)
    assert [why(found, place) for place in range(3)] == ["no_edge"] * 3


def test_the_margin_asked_for_must_be_cleared():
    found = only(quote(odds=(2.1, 3.0, 3.0)))
    assert why(assess(found, fair_grid(), ValueRule(least_value=0.04, caution=0)), 0) is None
    assert why(assess(found, fair_grid(), ValueRule(least_value=0.06, caution=0)), 0) == "no_edge"
    assert why(assess(found, fair_grid(), ValueRule(least_value=-0.5, caution=0)), 1) == "no_edge"


def test_the_less_is_known_the_more_is_asked():
    found = only(quote(odds=(2.1, 3.0, 3.0)))
    errors = np.full((1, 2), 0.1)
    sure, unsure = (
        assess(found, fair_grid(), ValueRule(least_value=0, caution=c), rate_errors=errors) for c in (0, 2)
    )
    assert why(sure, 0) is None
    assert why(unsure, 0) == "uncertain"
    assert (sure.value_error > 0).all()


def test_commission_lowers_the_value():
    exchange = only(quote(odds=(2.05, 4.0, 4.0), bookmaker="betfair_exchange"))
    taken = assess(exchange, fair_grid(), ValueRule(least_value=0, caution=0))
    assert taken.odds[0] == pytest.approx(1 + 1.05 * 0.95)
    assert why(taken, 0) == "no_edge"
    free = assess(exchange, fair_grid(), ValueRule(least_value=0, caution=0, commission={}))
    assert why(free, 0) is None


def test_old_quotes_are_stale():
    found = only(quote(odds=(2.4, 3.0, 3.0)))
    for hours, reason in ((20, None), (24, None), (30, "stale_quote")):
        now = np.array([found.quoted_at[0] + hours * 3_600_000_000])
        seen = assess(found, fair_grid(), ValueRule(caution=0, oldest_hours=24), as_of=now)
        assert why(seen, 0) == reason


def test_a_price_far_from_all_others_is_taken_for_an_error():
    books = [quote(odds=(1.9, 3.6, 3.6), bookmaker=name) for name in BOOKS]
    wrong = quote(odds=(9.1, 3.6, 3.6), bookmaker="slip")
    found = only(*books, wrong)
    seen = assess(found, fair_grid(), EAGER)
    row = np.flatnonzero(found.of_bookmakers(["slip"]) & (found.odds == 9.1))
    assert why(seen, row[0]) == "anomalous_quote"
    assert (
        why(assess(only(wrong, books[0]), fair_grid(), EAGER), 3) is None or len(only(wrong, books[0])) == 6
    )


@pytest.mark.parametrize(("others", "anomalous"), [(1, False), (2, True), (3, True)])
def test_it_takes_three_bookmakers_to_call_one_of_them_wrong(others, anomalous):
    books = [quote(odds=(1.9, 3.6, 3.6), bookmaker=name) for name in BOOKS[:others]]
    found = only(*books, quote(odds=(9.1, 3.6, 3.6), bookmaker="slip"))
    assert assess(found, fair_grid(), EAGER).anomalous.any() == anomalous


@pytest.mark.parametrize(("odds", "anomalous"), [(2.34, False), (2.36, True)])
def test_winnings_half_as_large_again_as_the_median_s_are_wrong(odds, anomalous):
    books = [quote(odds=(1.9, 3.6, 3.6), bookmaker=name) for name in BOOKS[:3]]
    found = only(*books, quote(odds=(odds, 3.6, 3.6), bookmaker="slip"))
    assert assess(found, fair_grid(), EAGER).anomalous.any() == anomalous


def test_nothing_offered_has_no_chances(grid):
    nothing = offers_of(range(1, 21), QuoteTable.from_quotes([]))
    assert [part.shape for part in probabilities(nothing, grid, np.full((20, 2), 0.1))] == [(0,)] * 3


def test_an_interval_of_95_per_cent_is_as_wide_as_the_normal_distribution_says():
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-12) == NORMAL_95


def test_a_quote_is_stale_from_the_first_moment_after():
    found = only(quote(odds=(2.4, 3.0, 3.0)))
    day = 24 * 3_600_000_000
    for late, old in ((0, False), (1, True)):
        now = np.array([found.quoted_at[0] + day + late])
        assert assess(found, fair_grid(), ValueRule(oldest_hours=24), as_of=now).stale.all() == old


def test_the_value_errs_by_the_odds_times_the_chance_s_error_and_one_such_error_is_asked_for():
    found = only(quote(odds=(2.4, 4.4, 4.4)))
    seen = assess(found, fair_grid(), ValueRule(), rate_errors=np.array([[0.05, 0.05]]))
    assert (seen.error > 0).any()
    np.testing.assert_allclose(seen.value_error, seen.error * seen.odds)
    one = assess(found, fair_grid(), ValueRule(caution=1.0), rate_errors=np.array([[0.05, 0.05]]))
    two = assess(found, fair_grid(), ValueRule(caution=2.0), rate_errors=np.array([[0.05, 0.05]]))
    np.testing.assert_array_equal(seen.reason, one.reason)
    assert (one.reason != two.reason).any()


def test_both_kinds_of_prices_may_be_asked_for_at_once():
    early, late = quote(odds=(2.4, 3.0, 3.0)), quote(odds=(2.6, 3.0, 2.9), closing=True, known_at=SATURDAY)
    newest = offers_of((1,), QuoteTable.from_quotes([(1, late), (1, early)]), closing=None)
    assert newest.odds.tolist() == [2.6, 3.0, 2.9]


def test_a_week_is_old_by_default():
    found = only(quote(odds=(2.4, 3.0, 3.0)))
    for hours, old in ((167, False), (169, True)):
        now = np.array([found.quoted_at[0] + hours * 3_600_000_000])
        assert assess(found, fair_grid(), ValueRule(), as_of=now).stale.all() == old


def test_summaries_have_no_say_in_the_consensus():
    books = [quote(odds=(1.9, 3.6, 3.6), bookmaker=name) for name in BOOKS]
    maximum = quote(odds=(9.1, 3.6, 3.6), bookmaker="maximum")
    found = only(*books, maximum)
    assert set(found.count) == {4}
    assert set(found.median) == {1.9, 3.6}
    assert assess(found, fair_grid(), EAGER).anomalous.sum() == 1
    assert np.isnan(only(maximum).median).all()
    assert not assess(only(maximum), fair_grid(), EAGER).anomalous.any()


def test_tilting_poisson_goals_is_moving_their_rate():
    shape = {}
    rates, shift = np.array([[1.4, 0.8], [1.1, 2.0]]), np.array([0.1, -0.2])
    grid = Poisson().scorelines(*rates, shape)
    moved = Poisson().scorelines(rates[0] * np.exp(shift), rates[1], shape)
    np.testing.assert_allclose(tilted(grid, shift, np.zeros(2)).cells, moved.cells, atol=1e-9)


def test_tilting_moves_no_chance_out_of_the_grid(rng):
    grid = score_grid(5, rng)
    moved = tilted(grid, rng.normal(0.0, 0.3, 5), rng.normal(0.0, 0.3, 5))
    np.testing.assert_allclose(moved.probabilities.sum(axis=(1, 2)) + moved.tail, 1.0)
    np.testing.assert_array_equal(moved.tail, grid.tail)


def test_errors_are_those_of_drawn_rates(rng):
    """Against brute force: draw rates, price, take the standard deviation."""
    found = only(quote(), quote("totals", (1.9, 1.9)), quote("asian_handicap", (1.9, 1.9), line=-0.25))
    rates = 1.5, 1.1
    grid = Poisson().scorelines(*(np.array([rate]) for rate in rates), {})
    errors = np.array([[0.05, 0.08]])
    told = probabilities(found, grid, errors)[2]
    drawn = np.exp(rng.normal(0.0, errors, (4000, 2))) * rates
    sheet = price(Poisson().scorelines(*drawn.T, {}), found.markets)
    brute = np.array([sheet.probability[:, sheet.column(found.selections[s])].std() for s in found.selection])
    assert told == pytest.approx(brute, rel=0.06)


def test_a_quarter_line_has_its_void_part():
    found = only(quote("totals", (2.0, 2.0), line=2.25))
    chance, void, _ = probabilities(found, fair_grid())
    sheet = price(fair_grid(), [MarketKey("totals", 2.25)])
    assert chance.tolist() == sheet.probability[0].tolist()
    assert void.tolist() == sheet.void[0].tolist()


def test_chances_reckoned_once_serve_any_part_of_the_offers(offers, grid):
    chances = probabilities(offers, grid, np.full((20, 2), 0.05))
    rows = np.flatnonzero(offers.of_bookmakers(["bwin"]))
    part = weigh(offers.where(rows), chances.where(rows), EAGER)
    alone = assess(offers.where(rows), grid, EAGER, rate_errors=np.full((20, 2), 0.05))
    np.testing.assert_array_equal(part.value, alone.value)
    np.testing.assert_array_equal(part.reason, alone.reason)
