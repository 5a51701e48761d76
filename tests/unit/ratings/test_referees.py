from datetime import timedelta

import numpy as np
import polars as pl
import pytest

import random_leagues
from monps.ratings.counted import counted
from monps.ratings.referees import HALF_LIFE_DAYS, PRIOR_COUNT, referee_factors, referee_ratios
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def cards() -> MatchTable:
    table = random_leagues.league_table(
        np.random.default_rng(171), seasons=(2019, 2020, 2021, 2022), teams=12
    )
    return counted(table, "cards")


def usual(cards: MatchTable) -> np.ndarray:
    return np.full((len(cards), 2), 2.0)


def test_the_strict_are_told_from_the_lenient(cards: MatchTable) -> None:
    ratios = referee_ratios(cards, usual(cards), cards.last_known_at())
    assert ratios.keys() == random_leagues.REFEREES.keys()
    assert ratios["A Strict"] > 1.2
    assert 0.85 < ratios["B Usual"] < 1.15
    assert ratios["C Lenient"] < 0.8


def test_factors_are_the_ratios_of_the_morning(cards: MatchTable) -> None:
    rates = usual(cards)
    factors = referee_factors(cards, rates)
    for row in range(0, len(cards), 37):
        morning = cards.frame["kickoff"][row].replace(hour=0)
        known = (cards.frame["known_at"] <= morning).to_numpy()
        ratios = referee_ratios(MatchTable(cards.frame.filter(known)), rates[known], morning)
        assert factors[row] == pytest.approx(ratios.get(cards.frame["referee"][row], 1.0), rel=1e-9)


def test_nobody_known_is_nobody_judged(cards: MatchTable) -> None:
    unnamed = MatchTable(cards.frame.with_columns(referee=pl.lit(None, pl.String)))
    np.testing.assert_array_equal(referee_factors(unnamed, usual(cards)), 1.0)
    assert referee_ratios(unnamed, usual(cards), cards.last_known_at()) == {}


def test_matches_without_a_forecast_teach_nothing(cards: MatchTable) -> None:
    rates = usual(cards)
    rates[::2] = np.nan
    half = MatchTable(cards.frame[1::2])
    moment = cards.last_known_at()
    assert referee_ratios(cards, rates, moment) == pytest.approx(referee_ratios(half, rates[1::2], moment))
    np.testing.assert_allclose(referee_factors(cards, rates)[1::2], referee_factors(half, rates[1::2]))


def test_what_was_shown_long_ago_is_forgotten(cards: MatchTable) -> None:
    moment = cards.last_known_at()
    now, later = (
        referee_ratios(cards, usual(cards), moment + timedelta(days=days))
        for days in (0, 40 * HALF_LIFE_DAYS)
    )
    assert abs(now["A Strict"] - 1) > 0.2
    assert later["A Strict"] == pytest.approx(1.0, abs=1e-9)


def test_one_match_says_little(cards: MatchTable) -> None:
    one = MatchTable(cards.frame[:1])
    shown = one.home_goals[0] + one.away_goals[0]
    ratios = referee_ratios(one, usual(one), one.last_known_at())
    assert list(ratios.values()) == [pytest.approx((PRIOR_COUNT + shown) / (PRIOR_COUNT + 4.0))]
