import numpy as np
import pytest
from scipy.stats import spearmanr

import factories
import random_leagues
from monps.ratings.difference_rates import difference_rates
from monps.ratings.elo import Elo
from monps.ratings.pi import PiRatings
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(
        np.random.default_rng(121), seasons=(2018, 2019, 2020, 2021, 2022), teams=10
    )


@pytest.mark.parametrize("ratings", [Elo(), PiRatings()])
def test_the_better_the_side_the_more_it_scores(table: MatchTable, ratings: Elo) -> None:
    wanted = (table.column("season") == 2022) & (table.frame["competition"] == "A1").to_numpy()
    walked, differences = difference_rates(table, ratings, wanted), ratings.differences(table)
    assert spearmanr(walked.home[wanted], differences[wanted])[0] == pytest.approx(1.0)
    assert spearmanr(walked.away[wanted], differences[wanted])[0] == pytest.approx(-1.0)


def test_the_level_is_that_of_the_goals() -> None:
    table, _ = factories.match_table(12, 8, np.random.default_rng(122))
    wanted = table.column("season") == 2025
    walked = difference_rates(table, Elo(), wanted)
    assert walked.home[wanted].mean() == pytest.approx(table.home_goals.mean(), rel=0.1)
    assert walked.away[wanted].mean() == pytest.approx(table.away_goals.mean(), rel=0.1)


def test_without_two_seasons_before_there_is_nothing_to_say(table: MatchTable) -> None:
    walked = difference_rates(table, Elo(), np.ones(len(table), dtype=bool))
    early = table.column("season") < 2020
    assert np.isnan(walked.home[early]).all()
    assert np.isfinite([walked.home[~early], walked.away[~early], walked.rho[~early]]).all()
    assert walked.refits == 6


def test_what_is_not_wanted_has_no_rates(table: MatchTable) -> None:
    wanted = table.column("season") == 2021
    walked = difference_rates(table, Elo(), wanted)
    np.testing.assert_array_equal(np.isnan(walked.rho), ~wanted)


def test_the_future_has_no_say(table: MatchTable) -> None:
    wanted, day = table.column("season") == 2022, np.floor(table.kickoff_days[-40])
    before = difference_rates(table, PiRatings(), wanted)
    scrambled = random_leagues.with_goals(table, table.known_days > day, np.random.default_rng(123))
    after, early = difference_rates(scrambled, PiRatings(), wanted), wanted & (table.kickoff_days < day + 1)
    np.testing.assert_array_equal(after.home[early], before.home[early])
    np.testing.assert_array_equal(after.rho[early], before.rho[early])


def test_a_flat_rating_says_nothing_but_the_level(table: MatchTable) -> None:
    class Nothing:
        def differences(self, table: MatchTable) -> np.ndarray:
            return np.zeros(len(table))

    wanted = table.column("season") == 2022
    walked = difference_rates(table, Nothing(), wanted)
    assert len(np.unique(walked.home[wanted].round(9))) == 2
