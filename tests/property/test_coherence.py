"""Prices of one match agree with each other, whatever the grid and the timing of goals."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.domain.market import MarketKey, Selection
from monps.markets.pricing import price
from monps.markets.sheet import PriceSheet
from monps.markets.timing import PERIODS, QUARTER_HOURS, GoalTiming
from monps.numerics.grid import ScoreGrid

SIZE = 9
HALVES = ("first_half", "second_half")
RESULTS = ("home", "draw", "away")
weights = arrays(np.float64, (2, SIZE, SIZE), elements=st.floats(1e-6, 1.0))
grids = weights.map(lambda w: ScoreGrid(w / w.sum(axis=(1, 2), keepdims=True), np.zeros(len(w))))
shares = st.lists(st.floats(0.05, 1.0), min_size=6, max_size=6).map(lambda x: np.array(x) / np.sum(x))
timings = st.builds(lambda share, apart: GoalTiming(tuple(share.tolist()), apart), shares, st.floats(0, 0.8))


def priced(grid: ScoreGrid, timing: GoalTiming) -> PriceSheet:
    return price(grid, timing=timing)


sheets = st.builds(priced, grids, timings)
coherent = settings(max_examples=25, deadline=None)


def of(sheet: PriceSheet, family: str, name: str, line: float | None = None, *, period: str = "full_time"):
    return sheet.probability[:, sheet.column(Selection(MarketKey(family, line, period), name))]


def win(sheet: PriceSheet, family: str, name: str, line: float):
    return sheet.win[:, sheet.column(Selection(MarketKey(family, line), name))]


def same(one, other) -> None:
    np.testing.assert_allclose(one, other, rtol=0, atol=1e-11)


@coherent
@given(sheets)
def test_asian_handicaps_agree_with_the_result(sheet):
    for period in ("full_time", *HALVES):
        home, draw, away = (of(sheet, "match_result", name, period=period) for name in RESULTS)
        same(of(sheet, "asian_handicap", "home", -0.5, period=period), home)
        same(of(sheet, "asian_handicap", "home", 0.5, period=period), home + draw)
        for side in ("home", "away"):
            same(
                of(sheet, "asian_handicap", side, 0.0, period=period),
                of(sheet, "draw_no_bet", side, period=period),
            )
        same(of(sheet, "double_chance", "home_or_draw", period=period), home + draw)
        same(of(sheet, "double_chance", "home_or_away", period=period), home + away)
        same(of(sheet, "draw_no_bet", "home", period=period), home / (home + away))


@coherent
@given(sheets)
def test_a_quarter_line_is_half_a_bet_on_each_neighbour(sheet):
    for family, names in (("asian_handicap", ("home", "away")), ("totals", ("over", "under"))):
        for line in (0.75, 1.25, 2.75):
            for name in names:
                halves = win(sheet, family, name, line - 0.25) + win(sheet, family, name, line + 0.25)
                same(win(sheet, family, name, line), halves / 2)


@coherent
@given(sheets)
def test_european_handicaps_agree_with_asian_ones_and_margins(sheet):
    for line in (-2.0, -1.0, 1.0, 2.0):
        same(of(sheet, "european_handicap", "home", line), of(sheet, "asian_handicap", "home", line - 0.5))
        same(of(sheet, "european_handicap", "away", line), of(sheet, "asian_handicap", "away", line + 0.5))
    same(of(sheet, "european_handicap", "draw", -1.0), of(sheet, "winning_margin", "home_by_1"))
    same(of(sheet, "european_handicap", "draw", 2.0), of(sheet, "winning_margin", "away_by_2"))


@coherent
@given(sheets)
def test_who_scores_agrees_with_team_totals(sheet):
    for side, other in (("home", "away"), ("away", "home")):
        for period in ("full_time", *HALVES):
            same(
                of(sheet, f"{side}_clean_sheet", "yes", period=period),
                of(sheet, f"{other}_totals", "under", 0.5, period=period),
            )
    nothing = of(sheet, "correct_score", "0-0")
    same(
        1 - of(sheet, "both_teams_to_score", "yes"),
        of(sheet, "home_clean_sheet", "yes") + of(sheet, "away_clean_sheet", "yes") - nothing,
    )
    same(of(sheet, "home_win_to_nil", "yes"), of(sheet, "home_clean_sheet", "yes") - nothing)


@coherent
@given(sheets)
def test_scores_and_numbers_of_goals_agree_with_totals(sheet):
    same(of(sheet, "exact_goals", "2"), of(sheet, "totals", "over", 1.5) - of(sheet, "totals", "over", 2.5))
    same(of(sheet, "goal_ranges", "2-3"), of(sheet, "totals", "over", 1.5) - of(sheet, "totals", "over", 3.5))
    same(of(sheet, "goal_ranges", "2-3"), of(sheet, "multigoals", "2-3"))
    same(of(sheet, "home_exact_goals", "3+"), of(sheet, "home_totals", "over", 2.5))
    scores = [f"{home}-{away}" for home in range(7) for away in range(home)]
    listed_wins = sum(of(sheet, "correct_score", score) for score in scores)
    same(listed_wins + of(sheet, "correct_score", "any_other_home_win"), of(sheet, "match_result", "home"))
    draws = sum(of(sheet, "correct_score", f"{goals}-{goals}") for goals in range(7))
    same(draws + of(sheet, "correct_score", "any_other_draw"), of(sheet, "match_result", "draw"))


@coherent
@given(sheets)
def test_combinations_have_their_parts_as_margins(sheet):
    for name in RESULTS:
        whole = of(sheet, "match_result", name)
        scored = "match_result_and_both_teams_to_score"
        same(of(sheet, scored, f"{name}_and_yes") + of(sheet, scored, f"{name}_and_no"), whole)
        goals = "match_result_and_totals"
        same(of(sheet, goals, f"{name}_and_over", 2.5) + of(sheet, goals, f"{name}_and_under", 2.5), whole)
    over = sum(of(sheet, "match_result_and_totals", f"{name}_and_over", 2.5) for name in RESULTS)
    same(over, of(sheet, "totals", "over", 2.5))
    both = "double_chance_and_both_teams_to_score"
    same(
        of(sheet, both, "home_or_draw_and_yes") + of(sheet, both, "home_or_draw_and_no"),
        of(sheet, "double_chance", "home_or_draw"),
    )


@coherent
@given(sheets)
def test_half_time_full_time_has_both_results_as_margins(sheet):
    for name in RESULTS:
        early = sum(of(sheet, "half_time_full_time", f"{name}/{late}") for late in RESULTS)
        late = sum(of(sheet, "half_time_full_time", f"{first}/{name}") for first in RESULTS)
        same(early, of(sheet, "match_result", name, period="first_half"))
        same(late, of(sheet, "match_result", name))


@coherent
@given(sheets)
def test_what_happens_in_both_halves_agrees_with_each(sheet):
    first, second = (of(sheet, "totals", "over", 0.5, period=period) for period in HALVES)
    neither = of(sheet, "correct_score", "0-0")
    same(of(sheet, "both_halves_over", "yes", 0.5), first + second - (1 - neither))
    for side in ("home", "away"):
        wins = [of(sheet, "match_result", side, period=period) for period in HALVES]
        both = of(sheet, f"{side}_to_win_both_halves", "yes")
        same(of(sheet, f"{side}_to_win_either_half", "yes"), wins[0] + wins[1] - both)
        scores = [of(sheet, f"{side}_totals", "over", 0.5, period=period) for period in HALVES]
        at_all = of(sheet, f"{side}_totals", "over", 0.5)
        same(of(sheet, f"{side}_to_score_in_both_halves", "yes"), scores[0] + scores[1] - at_all)


@coherent
@given(sheets)
def test_order_and_time_of_goals_agree_with_the_score(sheet):
    nothing = of(sheet, "correct_score", "0-0")
    for family in ("first_to_score", "last_to_score"):
        same(of(sheet, family, "none"), nothing)
        same(of(sheet, family, "home"), of(sheet, "first_to_score", "home"))
    same(of(sheet, "nth_goal", "none", 3.0), of(sheet, "totals", "under", 2.5))
    assert (of(sheet, "race_to_goals", "home", 2.0) <= of(sheet, "home_totals", "over", 1.5) + 1e-12).all()
    same(of(sheet, "time_of_first_goal", "none"), nothing)
    opening = QUARTER_HOURS[0]
    same(of(sheet, "time_of_first_goal", opening), of(sheet, "totals", "over", 0.5, period=opening))
    before_half_time = sum(of(sheet, "time_of_first_goal", name) for name in QUARTER_HOURS[:3])
    same(before_half_time, of(sheet, "half_of_first_goal", "first"))
    same(before_half_time, of(sheet, "totals", "over", 0.5, period="first_half"))


@coherent
@given(sheets)
def test_longer_periods_have_more_goals(sheet):
    nested = ("minutes_1_15", "minutes_1_30", "first_half", "minutes_1_60", "minutes_1_75", "full_time")
    chances = [of(sheet, "totals", "over", 0.5, period=period) for period in nested]
    assert (np.diff(chances, axis=0) >= -1e-12).all()
    assert set(nested) <= set(PERIODS)


@coherent
@given(grids, timings)
def test_swapping_the_sides_swaps_the_handicaps(grid, timing):
    swapped = ScoreGrid(grid.probabilities.transpose(0, 2, 1), grid.tail)
    one, other = (priced(each, timing) for each in (grid, swapped))
    for period in ("full_time", *HALVES):
        for line in (-1.25, -0.5, 0.0, 0.75):
            same(
                of(one, "asian_handicap", "home", line, period=period),
                of(other, "asian_handicap", "away", -line, period=period),
            )


@coherent
@given(weights, st.floats(0.0, 0.5))
def test_prices_are_those_of_the_scores_inside_the_grid(weight, tail):
    inside = weight / weight.sum(axis=(1, 2), keepdims=True)
    cut = ScoreGrid(inside * (1 - tail), np.full(len(inside), tail))
    whole = ScoreGrid(inside, np.zeros(len(inside)))
    same(price(cut).probability, price(whole).probability)
