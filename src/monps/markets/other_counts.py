"""Corners and cards: the goals' rules, counting something else on a grid of its own."""

from dataclasses import replace
from math import inf

from monps.markets.base import NO_LINE, Family, Lines, lines
from monps.markets.counting import both
from monps.markets.goals import ODD_EVEN, Ranges, in_ranges
from monps.markets.handicaps import ASIAN_HANDICAP
from monps.markets.result import MATCH_RESULT
from monps.markets.timing import FULL_TIME
from monps.markets.totals import AWAY_TOTALS, HOME_TOTALS, TOTALS

CORNERS, CARDS = "corners", "cards"
_MORE_WORDS = {CORNERS: "", CARDS: " A red card counts as one."}
_CORNER_RANGES: Ranges = ((0, 8), (9, 11), (12, inf))
_CARD_RANGES: Ranges = ((0, 2), (3, 4), (5, 6), (7, inf))


def _counting(subject: str, name: str, family: Family, listed: Lines = NO_LINE) -> Family:
    words = family.rule.words.replace("goals", subject) + _MORE_WORDS[subject]
    return replace(
        family,
        name=f"{subject}_{name}",
        rule=family.rule._replace(words=words),
        lines={FULL_TIME: listed},
        subject=subject,
        shorter=None,
    )


def _ranges(subject: str, ranges: Ranges) -> Family:
    return _counting(subject, "ranges", Family("ranges", in_ranges(ranges, both)))


CORNER_MARKETS = (
    _counting(CORNERS, "most", MATCH_RESULT),
    _counting(CORNERS, "totals", TOTALS, lines(6.5, 13.5, 0.5)),
    _counting(CORNERS, "home_totals", HOME_TOTALS, lines(2.5, 7.5, 0.5)),
    _counting(CORNERS, "away_totals", AWAY_TOTALS, lines(2.5, 7.5, 0.5)),
    _counting(CORNERS, "asian_handicap", ASIAN_HANDICAP, lines(-4.5, 4.5, 0.5)),
    _ranges(CORNERS, _CORNER_RANGES),
    _counting(CORNERS, "odd_even", ODD_EVEN),
)
CARD_MARKETS = (
    _counting(CARDS, "most", MATCH_RESULT),
    _counting(CARDS, "totals", TOTALS, lines(1.5, 7.5, 0.5)),
    _counting(CARDS, "home_totals", HOME_TOTALS, lines(0.5, 3.5, 0.5)),
    _counting(CARDS, "away_totals", AWAY_TOTALS, lines(0.5, 3.5, 0.5)),
    _counting(CARDS, "asian_handicap", ASIAN_HANDICAP, lines(-2.5, 2.5, 0.5)),
    _ranges(CARDS, _CARD_RANGES),
    _counting(CARDS, "odd_even", ODD_EVEN),
)
