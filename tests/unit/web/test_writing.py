"""Numbers, days and names are written as their readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from monps.domain.market import MarketKey
from monps.web.naming import group_of, market_name, selection_name
from monps.web.preferences import accepted_language
from monps.web.writing import Writer

ENGLISH, FRENCH = Writer("en"), Writer("fr")
SATURDAY = datetime(2025, 9, 13, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "english", "french"),
    [
        (lambda w: w.number(1234.5), "1,234.50", "1\u202f234,50"),
        (lambda w: w.number(Decimal("-0.10")), "−0.10", "−0,10"),
        (lambda w: w.signed(0.25), "+0.25", "+0,25"),
        (lambda w: w.signed(-0.001), "0.00", "0,00"),
        (lambda w: w.percent(0.446), "44.6%", "44,6\u202f%"),
        (lambda w: w.signed_percent(-0.05), "−5.0%", "−5,0\u202f%"),
        (lambda w: w.odds(2.104), "2.10", "2,10"),
        (lambda w: w.odds(151.2), "151", "151"),
        (lambda w: w.count(12345), "12,345", "12\u202f345"),
        (lambda w: w.day(SATURDAY), "Sat 13 Sep 2025", "sam. 13 sept. 2025"),
        (lambda w: w.day(date(2025, 8, 1)), "Fri 1 Aug 2025", "ven. 1 août 2025"),
        (lambda w: w.moment(SATURDAY), "13 Sep 2025, 15:05 UTC", "13 sept. 2025, 15:05 UTC"),
        (lambda w: w.age(0.5), "12 h", "12 h"),
        (lambda w: w.age(3.2), "3 days", "3 jours"),
    ],
)
def test_both_languages(written, english, french):
    assert (written(ENGLISH), written(FRENCH)) == (english, french)


@pytest.mark.parametrize("form", ["number", "signed", "percent", "signed_percent", "odds", "count", "age"])
def test_what_is_missing_is_a_dash(form):
    assert getattr(ENGLISH, form)(None) == "–"


def test_missing_days_are_dashes_too():
    assert ENGLISH.day(None) == ENGLISH.moment(None) == ENGLISH.text(None) == "–"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,en;q=0.5", "fr"),
        ("en,fr;q=0.9", "en"),
        ("de,it", "en"),
        ("fr;q=0", "en"),
    ],
)
def test_the_language_is_what_the_browser_likes_best(header, language):
    assert accepted_language(header) == language


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (MarketKey("totals", 2.5), "Total goals 2.5"),
        (MarketKey("totals", 3.0), "Total goals 3"),
        (MarketKey("asian_handicap", -0.25), "Asian handicap −0.25"),
        (MarketKey("asian_handicap", 0.0), "Asian handicap 0"),
        (MarketKey("match_result", period="minutes_1_15"), "Match result, minutes 1–15"),
        (MarketKey("something_new"), "Something new"),
    ],
)
def test_markets_have_names(key, name):
    assert market_name(key, ENGLISH) == name


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        ("home", "Ashgrave"),
        ("home_or_draw", "Ashgrave ou nul"),
        ("home/away", "Ashgrave / Barrowmere"),
        ("draw_and_over", "nul et plus"),
        ("2-1", "2-1"),
        ("any_other_draw", "autre nul"),
        ("minutes_76_90", "minutes 76–90"),
    ],
)
def test_selections_have_the_teams_names(selection, name):
    assert selection_name(selection, FRENCH, "Ashgrave", "Barrowmere") == name


def test_a_family_nobody_knows_stands_among_the_others():
    assert group_of("something_new") == "Other"
