import numpy as np
import polars as pl
import pytest
from benchmarks.extra_prices import beside, two_of_three
from benchmarks.families import Judged, beside_base_rates, decided
from benchmarks.family_lines import main_markets

from factories import match_table
from monps.domain.market import MarketKey
from monps.markets.facts import Facts
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def league() -> MatchTable:
    return match_table(10, 2, np.random.default_rng(3))[0]


def judged(league: MatchTable) -> Judged:
    """Forecast every match by how often each score came about in these very matches."""
    home, away = league.home_goals, league.away_goals
    shares = np.zeros((16, 16))
    np.add.at(shares, (home.astype(int), away.astype(int)), 1.0 / len(league))
    grid = ScoreGrid(np.repeat(shares[None], len(league), axis=0), np.zeros(len(league)))
    return Judged("shares", league, grid, Facts((home, away)))


def test_who_knows_the_shares_and_nothing_else_is_as_good_as_base_rates(league):
    families = ("match_result", "double_chance", "draw_no_bet", "totals", "asian_handicap", "correct_score")
    keys = tuple(key for key in main_markets("goals") if key.family in families and key.period == "full_time")
    told = list(beside_base_rates(judged(league), keys))
    assert {"match_result", "totals 2.25", "asian_handicap 0", "double_chance"} <= {
        row["market"] for row in told
    }
    for row in told:
        assert row["log loss"] == row["the other's"], row["market"]
        assert row["n"] <= len(league)


def test_what_only_goalless_matches_settle_is_left_out(league):
    keys = MarketKey("first_to_score"), MarketKey("both_teams_to_score")
    assert decided(judged(league), keys) == (MarketKey("both_teams_to_score"),)


def test_handicaps_are_told_at_each_match_own_line(league):
    of = judged(league)
    lines = np.resize([-0.5, np.nan, 0.25], len(league))
    chances, settled = of.told_at(lines)
    np.testing.assert_array_equal(np.isnan(chances[:, 0]), np.isnan(lines))
    np.testing.assert_array_equal(
        settled[0, lines == -0.5] > 0, (league.home_goals > league.away_goals)[lines == -0.5]
    )


def test_prices_go_to_the_match_of_that_day_alone(league):
    keys = league.frame.select(
        "competition", "season", "home", "away", day=pl.col("kickoff").dt.date(), odds=pl.lit(2.0)
    )
    replayed = keys.head(3).with_columns(pl.col("day") + pl.duration(days=40))
    found = beside(league, pl.concat([replayed, keys.slice(1, 4)]))
    assert found["match_id"].to_list() == league.frame["match_id"].to_list()
    assert np.flatnonzero(found["odds"].is_not_null()).tolist() == [1, 2, 3, 4]


def test_two_of_three_sum_to_two_and_bad_books_are_refused():
    odds = np.array([[1.2, 1.3, 1.9], [1.5, 1.5, 1.5], [np.nan, 1.3, 1.9], [1.6, 1.6, 1.6]])
    fair = two_of_three(odds)
    assert fair[:2].sum(axis=1) == pytest.approx(2.0)
    assert (fair[0] < 1.0 / odds[0]).all()
    assert fair[1] == pytest.approx(2.0 / 3.0)
    assert np.isnan(fair[2:]).all()
