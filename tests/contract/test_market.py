"""What every family of markets must do, run over the whole registry."""

import re
from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement
from math import exp, factorial

import numpy as np
import pytest

from monps.domain.market import MarketKey, Selection
from monps.domain.odds import QUOTED_SELECTIONS
from monps.errors import UnknownNameError, UsageError
from monps.markets import MARKETS
from monps.markets.base import Family
from monps.markets.catalogue import catalogue, listed, market, settle
from monps.markets.facts import Facts, Goals
from monps.markets.pricing import price
from monps.markets.sheet import PriceSheet
from monps.markets.timing import GoalTiming
from monps.numerics.grid import ScoreGrid

SIZES = {"goals": 15, "corners": 22, "cards": 12}
TIMING = GoalTiming((0.11, 0.13, 0.19, 0.17, 0.16, 0.24), repulsion=0.3)
BRUTE_SIZE = 3
families = pytest.mark.parametrize("family", MARKETS.values(), ids=MARKETS)


def random_grid(size: int, matches: int = 4, seed: int = 1) -> ScoreGrid:
    """Make grids that are nothing like football: every score has some chance."""
    weights = np.random.default_rng(seed).gamma(0.4, size=(matches, size, size)) + 1e-4
    return ScoreGrid(weights / weights.sum(axis=(1, 2), keepdims=True), np.zeros(matches))


@pytest.fixture(scope="module")
def grids() -> dict[str, ScoreGrid]:
    return {subject: random_grid(size) for subject, size in SIZES.items()}


@pytest.fixture(scope="module")
def sheets(grids: dict[str, ScoreGrid]) -> dict[str, PriceSheet]:
    return {subject: price(grid, listed(subject), TIMING) for subject, grid in grids.items()}


@pytest.fixture(scope="module")
def mirrored(grids: dict[str, ScoreGrid]) -> dict[str, PriceSheet]:
    swapped = {s: ScoreGrid(g.probabilities.transpose(0, 2, 1), g.tail) for s, g in grids.items()}
    return {subject: price(grid, listed(subject), TIMING) for subject, grid in swapped.items()}


def family_sheet(sheets: dict[str, PriceSheet], family: Family) -> PriceSheet:
    return sheets[family.subject].select(family.listed())


def by_market(sheet: PriceSheet) -> Iterator[tuple[MarketKey, list[int]]]:
    """List each market's columns."""
    for key in dict.fromkeys(selection.market for selection in sheet.selections):
        yield key, [column for column, selection in enumerate(sheet.selections) if selection.market == key]


@pytest.fixture(scope="module")
def played() -> Facts:
    """Matches of up to nine goals a side, with the order and the minutes of their goals."""
    rng = np.random.default_rng(5)
    home, away = (scores.ravel() for scores in np.indices((10, 10)))
    match = np.repeat(np.arange(100), home + away)
    sides = [rng.permutation(np.repeat([True, False], score)) for score in zip(home, away, strict=True)]
    minutes = [np.sort(rng.integers(1, 91, goals)) for goals in home + away]
    goals = Goals(match, np.concatenate(sides), np.concatenate(minutes).astype(float))
    return Facts((home.astype(float), away.astype(float)), goals=goals)


@families
def test_settles_to_the_five_allowed_values(family, played):
    for key in family.listed():
        settled = market(key).settle(played)
        assert settled.shape == (len(market(key).selections), len(played))
        assert np.isin(settled, [-1.0, -0.5, 0.0, 0.5, 1.0]).all()


@families
def test_as_many_selections_win_as_the_rule_says(family, played):
    for key in family.listed():
        rule = market(key).rule
        if rule.winners:
            settled = market(key).settle(played).sum(axis=0)
            np.testing.assert_array_equal(settled, 2 * rule.winners - len(rule.selections))


@families
def test_probabilities_of_siblings_sum_to_the_number_that_win(family, sheets):
    sheet = family_sheet(sheets, family)
    for key, columns in by_market(sheet):
        winners = market(key).rule.winners
        if winners:
            np.testing.assert_allclose(sheet.probability[:, columns].sum(axis=1), winners, atol=1e-12)


@families
def test_a_fair_bet_is_worth_nothing(family, sheets):
    sheet = family_sheet(sheets, family)
    np.testing.assert_allclose(sheet.win * (sheet.fair_odds - 1) - sheet.lose, 0, atol=1e-12)
    np.testing.assert_allclose(sheet.probability * sheet.fair_odds, 1, atol=1e-12)
    np.testing.assert_allclose(sheet.win + sheet.lose + sheet.void, 1, atol=1e-12)


@families
def test_everything_listed_can_win_and_can_fail(family, sheets):
    probability = family_sheet(sheets, family).probability
    assert (probability > 0).all()
    assert (probability < 1).all()


@families
def test_over_falls_and_a_handicap_helps_as_the_line_rises(family, sheets):
    sheet = family_sheet(sheets, family)
    for period in family.lines:
        for name, sign in (("over", -1), ("under", 1)):
            keys = [key for key in family.listed() if key.period == period]
            columns = [sheet.places[Selection(key, name)] for key in keys if (key, name) in sheet.places]
            assert (sign * np.diff(sheet.probability[:, columns], axis=1) >= -1e-12).all()
            if "handicap" in family.name:
                home = [sheet.places[Selection(key, "home")] for key in keys]
                assert (np.diff(sheet.probability[:, home], axis=1) >= -1e-12).all()


@families
def test_swapping_the_sides_swaps_the_prices(family, sheets, mirrored):
    sheet, other = family_sheet(sheets, family), mirrored[family.subject]
    columns = [other.column(mirror(selection)) for selection in sheet.selections]
    np.testing.assert_allclose(sheet.probability, other.probability[:, columns], atol=1e-12)


def mirror(selection: Selection) -> Selection:
    """Return what the selection is called from the other side."""
    (family, line, period), name = selection
    if "handicap" in family and line is not None:
        line = -line
    if family == "correct_score" and "-" in name:
        return Selection(selection.market, "-".join(reversed(name.split("-"))))
    return Selection(MarketKey(swap(family), line, period), swap_name(name))


def swap(name: str) -> str:
    return re.sub("home|away", lambda side: "away" if side.group() == "home" else "home", name)


def swap_name(name: str) -> str:
    parts = swap(name)
    for wrong, right in (("away_or_draw", "draw_or_away"), ("draw_or_home", "home_or_draw")):
        parts = parts.replace(wrong, right)
    return parts.replace("away_or_home", "home_or_away")


@families
def test_is_described_in_words(family):
    rows = [row for row in catalogue() if row.family == family.name]
    assert [(row.family, row.line, row.period) for row in rows] == [tuple(key) for key in family.listed()]
    for row in rows:
        assert not re.search(r"[{}]", row.rule)
        assert row.rule.endswith(".")
        assert len(set(row.selections)) == len(row.selections) > 1


@families
def test_nothing_is_settled_on_unknown_facts(family):
    unknown = Facts.of_scores([np.nan, 2], [1, np.nan])
    for key in family.listed():
        assert np.isnan(market(key).settle(unknown)).all()


@families
def test_lines_and_periods_it_does_not_have_are_refused(family):
    for line in (-100.0, 0.4, np.nan, np.inf) if family.step else (2.5,):
        with pytest.raises(UsageError, match=family.name):
            family.market(line)
    with pytest.raises(UnknownNameError, match="overtime"):
        family.market(family.listed()[0].line, "overtime")


@pytest.mark.parametrize("subject", ["corners", "cards"])
def test_final_scores_alone_price_by_brute_force(subject, sheets, grids):
    sheet, grid = sheets[subject], grids[subject]
    home, away = (scores.ravel() for scores in np.indices((grid.size, grid.size)))
    facts = Facts.of_scores(home, away)
    settled = np.stack([settle(selection, facts) for selection in sheet.selections])
    assert_priced(sheet, settled, grid.cells)


def test_goals_price_by_brute_force_over_all_ways_to_play_a_match():
    """Every order and timing of the goals of every score, settled as a bet and weighted by its chance."""
    grid = random_grid(BRUTE_SIZE, seed=3)
    facts, cell, weight = every_match(BRUTE_SIZE, TIMING)
    chance = grid.cells[:, cell] * weight
    np.testing.assert_allclose(chance.sum(axis=1), 1.0)
    sheet = price(grid, listed(), TIMING)
    settled = np.concatenate([market(key).settle(facts) for key in listed()])
    assert_priced(sheet, settled, chance)


def assert_priced(sheet: PriceSheet, settled: np.ndarray, chance: np.ndarray) -> None:
    """Compare prices with the expectation of settlements (m, outcomes) under chances (n, outcomes)."""
    np.testing.assert_allclose(sheet.win, chance @ np.maximum(settled, 0).T, atol=1e-12)
    np.testing.assert_allclose(sheet.lose, chance @ np.maximum(-settled, 0).T, atol=1e-12)


def every_match(size: int, timing: GoalTiming) -> tuple[Facts, np.ndarray, np.ndarray]:
    """Return all courses of a match, the grid's cell each ends in, and its chance given that cell."""
    rows = [
        (home, away, course, weight)
        for home in range(size)
        for away in range(size)
        for course, weight in courses(home, away, timing)
    ]
    match = [number for number, (_, _, course, _) in enumerate(rows) for _ in course]
    goals = [goal for _, _, course, _ in rows for goal in course]
    listing = Goals(
        np.array(match),
        np.array([home for home, _ in goals]),
        np.array([15.0 * band + 8 for _, band in goals]),
    )
    home, away = (np.array([row[side] for row in rows], dtype=float) for side in (0, 1))
    cell = (home * size + away).astype(int)
    weight = np.array([row[3] for row in rows])
    totals = np.bincount(cell, weights=weight)
    return Facts((home, away), goals=listing), cell, weight / totals[cell]


def courses(home: int, away: int, timing: GoalTiming) -> Iterator[tuple[list[tuple[bool, int]], float]]:
    """Yield the goals of a match in order as (home, quarter-hour), and how much each course weighs."""
    goals = home + away
    for ours in combinations(range(goals), home):
        for bands in combinations_with_replacement(range(6), goals):
            weight = 1.0
            for band, share in enumerate(timing.shares):
                held = bands.count(band)
                pairs = held * (held - 1) / 2
                weight *= share**held * exp(-timing.repulsion * pairs) / factorial(held)
            yield [(place in ours, band) for place, band in enumerate(bands)], weight


def test_there_are_at_least_130_full_time_selections():
    full_time = [key for key in listed() if key.period == "full_time"]
    assert sum(len(market(key).selections) for key in full_time) >= 130


def test_no_market_is_listed_twice():
    keys = [key for family in MARKETS.values() for key in family.listed()]
    assert len(set(keys)) == len(keys)
    assert all(family.name == name for name, family in MARKETS.items())


@pytest.mark.parametrize("name", QUOTED_SELECTIONS)
def test_what_bookmakers_quote_is_a_market_with_the_same_selections(name):
    assert MARKETS[name].rule.selections == QUOTED_SELECTIONS[name]
