"""Looking markets up, and settling bets on them."""

from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from monps.domain.market import MarketKey, Selection
from monps.errors import UnknownNameError, UsageError
from monps.markets import MARKETS
from monps.markets.catalogue import catalogue, listed, market, settle
from monps.markets.facts import Facts


def test_an_unknown_family_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean totals"):
        market(MarketKey("total"))


def test_an_unknown_selection_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean draw"):
        settle(Selection(MarketKey("match_result"), "drawn"), Facts.of_scores(1, 1))


def test_an_unknown_subject_is_answered_with_those_there_are():
    with pytest.raises(UnknownNameError, match="cards, corners, goals"):
        listed("throw-ins")


def test_subjects_share_no_market():
    goals, corners, cards = (set(listed(subject)) for subject in ("goals", "corners", "cards"))
    assert not goals & corners
    assert not corners & cards
    assert len(catalogue()) == len(goals) + len(corners) + len(cards)


def test_the_rule_names_line_and_minutes():
    words = market(MarketKey("totals", 1.25, "first_half")).describe()
    assert "1.25" in words
    assert words.endswith("Only minutes 1–45 count.")
    assert "corners" in market(MarketKey("corners_totals", 9.5)).describe()


@pytest.mark.parametrize(
    ("family", "line", "name", "home", "away", "settled"),
    [
        ("asian_handicap", -1.25, "home", 2, 1, -0.5),
        ("asian_handicap", -0.75, "home", 2, 1, 0.5),
        ("asian_handicap", 0.0, "away", 1, 1, 0.0),
        ("asian_handicap", 1.5, "home", 0, 1, 1.0),
        ("asian_handicap", 1.5, "away", 0, 1, -1.0),
        ("totals", 2.75, "over", 2, 1, 0.5),
        ("totals", 3.0, "under", 2, 1, 0.0),
        ("home_totals", 1.5, "over", 2, 1, 1.0),
        ("european_handicap", -1.0, "draw", 2, 1, 1.0),
        ("correct_score", None, "2-1", 2, 1, 1.0),
        ("correct_score", None, "any_other_draw", 7, 7, 1.0),
        ("correct_score", None, "any_other_home_win", 6, 1, -1.0),
        ("winning_margin", None, "away_by_4+", 0, 6, 1.0),
        ("odd_even", None, "even", 0, 0, 1.0),
        ("home_win_to_nil", None, "yes", 1, 0, 1.0),
        ("multigoals", None, "2-4", 2, 2, 1.0),
        ("match_result_and_totals", 2.5, "home_and_over", 2, 0, -1.0),
        ("corners_most", None, "away", 4, 5, 1.0),
    ],
)
def test_bets_settle_as_every_bookmaker_settles_them(family, line, name, home, away, settled):  # noqa: PLR0917
    bet = Selection(MarketKey(family, line), name)
    assert settle(bet, Facts.of_scores(home, away)).tolist() == [settled]


def test_what_is_not_known_is_not_settled():
    bet = Selection(MarketKey("half_time_full_time"), "home/home")
    facts = Facts(
        (np.array([2.0, 2.0, 1.0]), np.zeros(3)), half_time=(np.array([1.0, np.nan, 0.0]), np.zeros(3))
    )
    np.testing.assert_array_equal(settle(bet, facts), [1.0, np.nan, -1.0])


@pytest.mark.parametrize("family", ["corners_totals", "cards_totals", "race_to_goals", "nth_goal"])
def test_what_is_not_counted_in_parts_of_a_match_has_no_market_there(family):
    """Nobody times corners and cards here; who scores first is a question about the whole match."""
    line = MARKETS[family].lines["full_time"][0]
    for period in ("first_half", "minutes_1_15"):
        with pytest.raises(UnknownNameError, match=period):
            MARKETS[family].market(line, period)


@pytest.mark.parametrize("period", ["second_half", "minutes_16_30", "minutes_1_75"])
def test_a_score_has_markets_in_every_part_of_a_match_listed_or_not(period):
    assert MARKETS["totals"].market(0.5, period).key == MarketKey("totals", 0.5, period)


LISTED = Path(__file__).with_name("listed.txt")


def lines_of(family):
    """Write what is listed of a family: a line for each period and set of selections."""
    keys = ((key.period, market(key).rule.selections, key.line) for key in MARKETS[family].listed())
    for (period, selections), group in groupby(keys, key=lambda each: each[:2]):
        lines = [f"{line:g}" for *_, line in group if line is not None]
        yield f"{family} | {period} | {' '.join(lines)} | {', '.join(selections)}"


def test_what_is_listed_is_what_was_promised():
    """Markets and selections are asked for by name: who changes a line here breaks what users wrote."""
    promised = LISTED.read_text(encoding="utf-8").splitlines()
    assert [line for family in MARKETS for line in lines_of(family)] == promised


def test_every_listed_market_can_be_asked_for():
    assert all(market(key).key == key for family in MARKETS.values() for key in family.listed())


def test_the_first_goal_is_goal_number_one():
    """It is listed as first to score, and may be asked for by its number too."""
    first = MARKETS["first_to_score"].market()
    assert MARKETS["nth_goal"].market(1.0).payoffs(4).tolist() == first.payoffs(4).tolist()
    with pytest.raises(UsageError, match="nth_goal takes a line from 1"):
        MARKETS["nth_goal"].market(0.0)
