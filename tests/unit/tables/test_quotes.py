from datetime import timedelta

import numpy as np
import pytest

from factories import AWAY, HOME, SATURDAY, match, quote
from monps.domain.odds import QUOTED_SELECTIONS
from monps.errors import UnknownNameError
from monps.tables.matches import MatchTable
from monps.tables.quotes import SCHEMA, QuoteTable

DAY = timedelta(days=1)


@pytest.fixture
def matches() -> MatchTable:
    """Three matches, numbered 30, 10, 20 by kick-off."""
    played = [match(HOME, AWAY, kickoff=SATURDAY + number * DAY) for number in (60, 120, 0)]
    return MatchTable.from_matches(played, [10, 20, 30])


def test_quotes_become_rows():
    offered = [(1, quote()), (2, quote("totals", (1.8, 2.0), line=3.5, closing=True))]
    table = QuoteTable.from_quotes(offered)
    assert len(table) == 2
    assert table.frame.schema == SCHEMA
    assert table.frame["line"].to_list() == [None, 3.5]
    assert table.frame["odds_3"].null_count() == 1
    assert table.frame.select("odds_1", "odds_2").row(1) == (1.8, 2.0)


def test_no_quotes_are_a_table_too(matches):
    empty = QuoteTable.from_quotes([])
    assert (len(empty), empty.frame.schema) == (0, SCHEMA)
    assert np.isnan(empty.odds(matches, "match_result", "pinnacle", closing=True)).all()
    assert np.isnan(empty.handicaps(matches, "pinnacle", closing=True)[0]).all()


@pytest.mark.parametrize("market", QUOTED_SELECTIONS)
def test_odds_stand_in_the_order_of_the_matches(matches, market):
    line = quote(market).line
    table = QuoteTable.from_quotes([(20, quote(market)), (30, quote(market))])
    found = table.odds(matches, market, "pinnacle", closing=False, line=line)
    assert found.shape == (3, len(QUOTED_SELECTIONS[market]))
    np.testing.assert_array_equal(found[0], quote(market).odds)
    np.testing.assert_array_equal(found[2], quote(market).odds)
    assert np.isnan(found[1]).all()


@pytest.mark.parametrize(
    "other",
    [
        quote("totals", bookmaker="bet365"),
        quote("totals", closing=True),
        quote("totals", line=3.5),
        quote("both_teams_to_score"),
    ],
)
def test_only_what_was_asked_for_is_answered(matches, other):
    table = QuoteTable.from_quotes([(10, other)])
    assert np.isnan(table.odds(matches, "totals", "pinnacle", closing=False, line=2.5)).all()


def test_the_latest_revision_counts(matches):
    """Of the same moment, the one that came last."""
    early, late = quote(odds=(2.0, 3.5, 4.0)), quote(odds=(2.1, 3.4, 3.9), known_at=SATURDAY - DAY / 2)
    again = quote(odds=(2.2, 3.4, 3.7), known_at=SATURDAY - DAY / 2)
    for offered, known in (((late, early), late), ((early, late, again), again)):
        table = QuoteTable.from_quotes([(10, each) for each in offered])
        found = table.odds(matches, "match_result", "pinnacle", closing=False)
        np.testing.assert_array_equal(found[1], known.odds)


def test_only_what_was_known_is_kept(matches):
    early, late = quote(odds=(2.0, 3.5, 4.0)), quote(odds=(2.1, 3.4, 3.9), known_at=SATURDAY)
    table = QuoteTable.from_quotes([(10, early), (10, late)])
    known = table.until(SATURDAY - timedelta(microseconds=1))
    assert (len(known), len(table.until(SATURDAY))) == (1, 2)
    found = known.odds(matches, "match_result", "pinnacle", closing=False)
    np.testing.assert_array_equal(found[1], early.odds)


def test_a_market_that_nobody_quotes_is_refused(matches):
    with pytest.raises(UnknownNameError, match="match_result"):
        QuoteTable.from_quotes([]).odds(matches, "corners", "pinnacle", closing=False)


def test_handicaps_are_answered_on_whatever_line_they_stand(matches):
    offered = [
        (10, quote("asian_handicap", (1.9, 2.0), line=-0.75)),
        (30, quote("asian_handicap", (2.1, 1.8), line=1.5)),
        (20, quote("asian_handicap", (2.1, 1.8), line=1.5, closing=True)),
        (20, quote("asian_handicap", (2.1, 1.8), line=1.5, bookmaker="bet365")),
    ]
    lines, odds = QuoteTable.from_quotes(offered).handicaps(matches, "pinnacle", closing=False)
    np.testing.assert_array_equal(lines, [1.5, -0.75, np.nan])
    np.testing.assert_array_equal(odds, [[2.1, 1.8], [1.9, 2.0], [np.nan, np.nan]])


def test_a_handicap_that_moved_is_the_latest_one(matches):
    moved = quote("asian_handicap", (1.95, 1.95), line=-1.0, known_at=SATURDAY - DAY / 2)
    table = QuoteTable.from_quotes([(10, moved), (10, quote("asian_handicap", line=-0.5))])
    assert table.handicaps(matches, "pinnacle", closing=False)[0][1] == -1.0
