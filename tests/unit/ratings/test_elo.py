import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories
import random_leagues
from monps.ratings.elo import Elo, expected_score, first_seen_later
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(101))


def by_hand(table: MatchTable, elo: Elo) -> list[float]:
    """The same, match after match."""
    later = dict(zip(table.teams.names, first_seen_later(table).tolist(), strict=True))
    ratings = {team: elo.newcomer if new else 0.0 for team, new in later.items()}
    rows, waiting, said = table.frame.rows(named=True), [], []
    for row in rows:
        morning = row["kickoff"].replace(hour=0)
        for old in [old for old in waiting if old["known_at"] <= morning]:
            waiting.remove(old)
            learn(ratings, old, elo)
        said.append(ratings[row["home"]] - ratings[row["away"]] + elo.home_advantage)
        waiting.append(row)
    return said


def learn(ratings: dict[str, float], row: dict, elo: Elo) -> None:
    margin = row["home_goals"] - row["away_goals"]
    score = 1.0 if margin > 0 else 0.5 if margin == 0 else 0.0
    gap = ratings[row["home"]] - ratings[row["away"]] + elo.home_advantage
    surprise = score - 1 / (1 + 10 ** (-gap / 400))
    gain = elo.step * (1 + abs(margin)) ** elo.goal_difference_power * surprise
    ratings[row["home"]] += gain
    ratings[row["away"]] -= gain


@pytest.mark.parametrize("elo", [Elo(), Elo(step=20.0, goal_difference_power=0.0, newcomer=-30.0)])
def test_match_after_match_gives_the_same(table: MatchTable, elo: Elo) -> None:
    np.testing.assert_allclose(elo.differences(table), by_hand(table, elo), atol=1e-9)


@given(st.floats(-1000, 1000))
def test_the_two_expected_scores_sum_to_one(difference: float) -> None:
    both = expected_score(np.array([difference, -difference]))
    assert both.sum() == pytest.approx(1.0)


def test_on_neutral_ground_there_is_no_advantage(table: MatchTable) -> None:
    neutral = MatchTable(table.frame.with_columns(neutral=pl.lit(value=True)))
    assert Elo().differences(neutral)[0] == 0.0
    assert Elo(home_advantage=50.0).differences(table)[0] == 50.0


def test_the_future_has_no_say(table: MatchTable) -> None:
    before, day = Elo().differences(table), np.floor(table.kickoff_days[len(table) // 2])
    scrambled = random_leagues.with_goals(table, table.known_days > day, np.random.default_rng(102))
    early = table.kickoff_days < day + 1
    np.testing.assert_array_equal(Elo().differences(scrambled)[early], before[early])


def test_the_strongest_rise_to_the_top() -> None:
    table, truth = factories.match_table(10, 6, np.random.default_rng(103))
    differences = Elo().differences(table)
    last = np.flatnonzero(table.column("season") == 2025)
    strength = truth.attack + truth.defence
    real = strength[table.home_index] - strength[table.away_index]
    assert np.corrcoef(differences[last], real[last])[0, 1] > 0.85


def test_who_was_there_from_the_start_is_no_newcomer(table: MatchTable) -> None:
    founding = table.frame.filter(pl.col("season") == 2020)
    founders = {*founding["home"], *founding["away"]}
    for name, later in zip(table.teams.names, first_seen_later(table), strict=True):
        assert later == (name not in founders)


def test_no_match_no_rating() -> None:
    assert len(Elo().differences(MatchTable.from_matches([]))) == 0
