import numpy as np
import polars as pl
import pytest
from pydantic import ValidationError

import random_leagues
from monps.errors import UsageError
from monps.ratings.responses import GOALS_EACH, Blend, side_response
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return random_leagues.league_table(np.random.default_rng(41), seasons=(2022,))


def test_goals_alone_are_goals(table: MatchTable) -> None:
    np.testing.assert_array_equal(side_response(table, "home", Blend()), table.home_goals)
    np.testing.assert_array_equal(side_response(table, "away", Blend(goals=3.0)), table.away_goals)


def test_a_blend_is_the_mean_of_its_parts(table: MatchTable) -> None:
    blend = Blend(goals=1.0, shots_on_target=3.0)
    shots = table.column("away_shots_on_target") * GOALS_EACH["shots_on_target"]
    np.testing.assert_allclose(side_response(table, "away", blend), 0.25 * table.away_goals + 0.75 * shots)


def test_what_is_unknown_leaves_its_share_to_the_others(table: MatchTable) -> None:
    unknown = np.arange(len(table)) % 2 == 0
    shots = pl.when(pl.Series(unknown)).then(None).otherwise(pl.col("home_shots_on_target"))
    holed = MatchTable(table.frame.with_columns(shots.alias("home_shots_on_target")))
    blend = Blend(goals=0.5, shots_on_target=0.5, expected_goals=0.2)
    found = side_response(holed, "home", blend)
    np.testing.assert_allclose(found[unknown], table.home_goals[unknown])
    np.testing.assert_allclose(found[~unknown], side_response(table, "home", blend)[~unknown])


def test_a_blend_without_goals_is_refused() -> None:
    with pytest.raises(ValidationError, match="goals need a share above 0"):
        Blend(goals=0.0, expected_goals=1.0)


def test_a_match_without_goals_is_refused(table: MatchTable) -> None:
    without = MatchTable(table.frame.with_columns(pl.lit(None, pl.Int16).alias("home_goals")))
    with pytest.raises(UsageError, match=r"\d+ matches have no goals of the home side"):
        side_response(without, "home", Blend())


@pytest.mark.parametrize(
    ("blend", "alone"), [(Blend(), True), (Blend(goals=2.0), True), (Blend(shots=0.1), False)]
)
def test_goals_know_whether_they_stand_alone(blend: Blend, alone: bool) -> None:
    assert blend.is_goals is alone
