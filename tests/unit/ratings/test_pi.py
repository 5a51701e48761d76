import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories
import random_leagues
from monps.ratings.pi import PiRatings, goals_against_average
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(111), competitions=("A1",), seasons=(2022,))


def by_hand(table: MatchTable, pi: PiRatings) -> list[float]:
    """The paper's steps, match after match, all teams beginning at 0."""
    ratings = {team: [0.0, 0.0] for team in table.teams.names}
    waiting, said = [], []
    for row in table.frame.rows(named=True):
        morning = row["kickoff"].replace(hour=0)
        for old in [old for old in waiting if old["known_at"] <= morning]:
            waiting.remove(old)
            learn(ratings, old, pi)
        said.append(expected(ratings[row["home"]][0]) - expected(ratings[row["away"]][1]))
        waiting.append(row)
    return said


def expected(rating: float) -> float:
    size = 10 ** (abs(rating) / 3) - 1
    return size if rating >= 0 else -size


def learn(ratings: dict[str, list[float]], row: dict, pi: PiRatings) -> None:
    home, away = ratings[row["home"]], ratings[row["away"]]
    error = row["home_goals"] - row["away_goals"] - (expected(home[0]) - expected(away[1]))
    weighted = 3 * np.log10(1 + abs(error)) * (1 if error > 0 else -1 if error < 0 else 0)
    before = home[0], away[1]
    home[0] += weighted * pi.learning_rate
    home[1] += (home[0] - before[0]) * pi.other_ground
    away[1] -= weighted * pi.learning_rate
    away[0] += (away[1] - before[1]) * pi.other_ground


@pytest.mark.parametrize("pi", [PiRatings(), PiRatings(learning_rate=0.035, other_ground=0.7)])
def test_match_after_match_gives_the_same(table: MatchTable, pi: PiRatings) -> None:
    np.testing.assert_allclose(pi.differences(table), by_hand(table, pi), atol=1e-9)


@given(st.floats(-6, 6))
def test_a_rating_promises_as_much_as_its_opposite_denies(rating: float) -> None:
    both = goals_against_average(np.array([rating, -rating]))
    assert both.sum() == pytest.approx(0.0, abs=1e-9)


def test_on_neutral_ground_both_are_away(table: MatchTable) -> None:
    neutral = MatchTable(table.frame.with_columns(neutral=pl.lit(value=True)))
    found = PiRatings(other_ground=0.0).differences(neutral)
    swapped = neutral.frame.rename(
        {"home": "away", "away": "home", "home_goals": "away_goals", "away_goals": "home_goals"}
    )
    mirrored = PiRatings(other_ground=0.0).differences(MatchTable(swapped.select(neutral.frame.columns)))
    np.testing.assert_allclose(found, -mirrored, atol=1e-12)


def test_newcomers_begin_lower() -> None:
    table = random_leagues.league_table(np.random.default_rng(112), competitions=("A1",))
    higher, lower = (PiRatings(newcomer=start).differences(table) for start in (0.0, -1.0))
    assert not np.allclose(higher, lower)


def test_the_strongest_rise_to_the_top() -> None:
    table, truth = factories.match_table(10, 6, np.random.default_rng(113))
    last = np.flatnonzero(table.column("season") == 2025)
    strength = truth.attack + truth.defence
    real = strength[table.home_index] - strength[table.away_index]
    assert np.corrcoef(PiRatings().differences(table)[last], real[last])[0, 1] > 0.75
