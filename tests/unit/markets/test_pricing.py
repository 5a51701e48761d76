"""Prices of many matches at once."""

import math

import numpy as np
import pytest

from monps.domain.market import MarketKey, Selection
from monps.errors import ShapeError, UnknownNameError, UsageError
from monps.markets.catalogue import listed, menu
from monps.markets.pricing import price, price_book
from monps.markets.timing import GoalTiming
from monps.numerics.grid import ScoreGrid, independent

RESULT, OVER_UNDER = MarketKey("match_result"), MarketKey("totals", 2.5)


def poisson(rates: np.ndarray, size: int = 15) -> np.ndarray:
    goals = np.arange(size)
    factorials = np.array([math.factorial(number) for number in goals], dtype=float)
    return rates[:, None] ** goals * np.exp(-rates[:, None]) / factorials


def grid_of(home: list[float], away: list[float], size: int = 15) -> ScoreGrid:
    return independent(poisson(np.array(home), size), poisson(np.array(away), size))


def test_dixon_coles_prices_of_the_paper_s_correction():
    """λ = 2.0, μ = 0.8, ρ = −0.1 (Dixon and Coles, 1997, equation 4.2)."""
    home, away, rho = 2.0, 0.8, -0.1
    grid = grid_of([home], [away], size=25).probabilities.copy()
    grid[0, 0, 0] *= 1 - home * away * rho
    grid[0, 0, 1] *= 1 + home * rho
    grid[0, 1, 0] *= 1 + away * rho
    grid[0, 1, 1] *= 1 - rho
    sheet = price(ScoreGrid(grid, np.zeros(1)), [RESULT])
    np.testing.assert_allclose(sheet.probability[0], [0.6447, 0.2241, 0.1312], atol=5e-5)


def test_many_matches_are_priced_as_each_alone():
    rng = np.random.default_rng(2)
    grid = grid_of(rng.uniform(0.5, 3, 2500).tolist(), rng.uniform(0.5, 3, 2500).tolist(), size=8)
    together = price(grid)
    for match in (0, 1023, 1024, 2499):
        np.testing.assert_allclose(
            together.fair_odds[match], price(grid[match]).fair_odds[0], rtol=1e-12, atol=0
        )


def test_sheets_cut_a_large_grid_into_pieces():
    grid = grid_of([1.0, 1.5, 2.0], [1.0, 1.0, 0.5], size=8)
    book = price_book((RESULT,), 8, GoalTiming())
    pieces = list(book.sheets(grid, matches=2))
    assert [len(piece) for piece in pieces] == [2, 1]
    np.testing.assert_allclose(np.concatenate([p.win for p in pieces]), price(grid, [RESULT]).win, rtol=1e-14)


def test_a_menu_has_the_order_of_a_price_sheet():
    """Price lists put the chances of a sheet beside the names of a menu."""
    assert menu("goals").selections == tuple(price(grid_of([1.0], [1.0])).selections)


def test_no_match_has_no_price():
    sheet = price(grid_of([1.0], [1.0])[:0])
    assert sheet.probability.shape == (0, len(sheet.selections))


def test_a_book_refuses_a_grid_of_another_size():
    with pytest.raises(ShapeError, match="100 scores"):
        price_book((RESULT,), 10, GoalTiming()).price(grid_of([1.0], [1.0]))


def test_timing_moves_the_parts_of_a_match_alone():
    grid = grid_of([1.4], [1.1])
    late = GoalTiming().with_first_half(0.3)
    usual, other = price(grid), price(grid, timing=late)
    whole = [number for number, s in enumerate(usual.selections) if s.market in (RESULT, OVER_UNDER)]
    np.testing.assert_array_equal(usual.win[:, whole], other.win[:, whole])
    early = usual.column(Selection(MarketKey("totals", 0.5, "first_half"), "over"))
    assert other.win[0, early] < usual.win[0, early]


def test_lines_that_are_not_listed_can_be_priced():
    key = MarketKey("asian_handicap", -7.25)
    assert key not in listed()
    assert price(grid_of([3.0], [0.5]), [key]).probability.sum() == pytest.approx(1.0)


def test_a_bet_that_is_certain_to_be_void_has_no_price():
    draw = ScoreGrid(np.eye(1, 9).reshape(1, 3, 3), np.zeros(1))
    sheet = price(draw, [MarketKey("draw_no_bet"), RESULT])
    np.testing.assert_array_equal(sheet.void, [[1, 1, 0, 0, 0]])
    np.testing.assert_array_equal(sheet.probability, [[np.nan, np.nan, 0, 1, 0]])
    np.testing.assert_array_equal(sheet.fair_odds, [[np.nan, np.nan, np.inf, 1, np.inf]])


def test_rows_of_a_match_are_its_columns():
    sheet = price(grid_of([1.0, 2.0], [1.0, 0.5]), [MarketKey("totals", 2.0)])
    over, under = sheet.sheet(1)
    assert over.selection == Selection(MarketKey("totals", 2.0), "over")
    assert (over.win, over.lose) == pytest.approx((under.lose, under.win), rel=1e-12)
    assert over.void == pytest.approx(under.void, rel=1e-12)
    assert over.void > 0
    assert over.fair_odds == pytest.approx(1 + over.lose / over.win)
    assert over.probability == sheet.probability[1, 0]


def test_a_sheet_can_be_cut_by_market_and_by_match():
    sheet = price(grid_of([1.0, 2.0], [1.0, 0.5]))
    part = sheet.select([OVER_UNDER, RESULT])
    assert [selection.name for selection in part.selections] == ["home", "draw", "away", "over", "under"]
    np.testing.assert_array_equal(part.win, sheet.win[:, [part_of(sheet, s) for s in part.selections]])
    np.testing.assert_array_equal(part[1:].fair_odds, part.fair_odds[1:])


def test_a_sheet_says_how_large_it_is():
    sheet = price(grid_of([1.0, 2.0], [1.0, 0.5]), [RESULT, OVER_UNDER])
    assert repr(sheet) == "PriceSheet of 2 matches and 5 selections"
    assert (len(sheet), len(sheet[1:])) == (2, 1)


def part_of(sheet, selection: Selection) -> int:
    return sheet.selections.index(selection)


def test_what_is_not_on_the_sheet_is_named():
    sheet = price(grid_of([1.0], [1.0]), [RESULT])
    with pytest.raises(UnknownNameError, match=r"totals 2\.5"):
        sheet.select([OVER_UNDER])
    with pytest.raises(UnknownNameError, match="over"):
        sheet.column(Selection(OVER_UNDER, "over"))


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_prices_go_out_to_any_dataframe(backend):
    sheet = price(grid_of([1.0, 2.0], [1.0, 0.5]), [RESULT, OVER_UNDER])
    frame = sheet.to_dataframe(backend)
    columns = {name: list(frame[name]) for name in ("match", "selection", "probability")}
    assert list(map(int, columns["match"])) == [0] * 5 + [1] * 5
    assert list(map(str, columns["selection"])) == ["home", "draw", "away", "over", "under"] * 2
    np.testing.assert_allclose(list(map(float, columns["probability"])), sheet.probability.ravel())


def test_an_unknown_kind_of_dataframe_is_refused():
    with pytest.raises(UsageError, match="none of"):
        price(grid_of([1.0], [1.0]), [RESULT]).to_dataframe("spreadsheet")


def test_every_listed_price_of_a_match_comes_from_fewer_distinct_parts():
    book = price_book(None, 15, GoalTiming())
    assert len(book.payoffs) < len(book.selections)
