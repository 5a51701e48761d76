from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from appearances import simulated_appearances
from monps.domain.scorers import LineUp, LineUps, ScorerForecast, ScorersRequest
from monps.errors import NotEnoughData
from monps.numerics.low_scores import dixon_coles_grid
from monps.players import PlayerModel
from monps.services.scorers import ANY_OTHER, Forecaster, scorers_of

AS_OF = datetime(2026, 2, 1, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def found() -> Forecaster:
    grid = dixon_coles_grid(np.array([1.6]), np.array([1.1]), -0.05)
    return Forecaster(grid, "dixon_coles", PlayerModel().fit(simulated_appearances(), AS_OF))


def teams() -> tuple[str, str]:
    latest = simulated_appearances().until(AS_OF).frame.tail(1)
    return latest["team"][0], latest["opponent"][0]


def ask(found: Forecaster, line_ups: LineUps = LineUps(), as_of: datetime = AS_OF) -> ScorerForecast:  # noqa: B008
    home, away = teams()
    request = ScorersRequest(competition="SIM1", home=home, away=away, line_ups=line_ups)
    return scorers_of(found, request, as_of=as_of, freshness=MONTH)


def latest_eleven(team: str) -> list[str]:
    frame = simulated_appearances().until(AS_OF).frame.filter(pl.col("team") == team)
    return frame.filter(pl.col("match_id") == frame["match_id"].last(), pl.col("started"))["player"].to_list()


def test_both_sides_are_listed_with_the_likeliest_first(found: Forecaster) -> None:
    forecast = ask(found)
    chances = [scorer.anytime for scorer in forecast.scorers]
    assert chances == sorted(chances, reverse=True)
    assert {scorer.team for scorer in forecast.scorers} == set(teams())
    assert [scorer.player for scorer in forecast.scorers if scorer.any_other] == [ANY_OTHER] * 2
    assert forecast.home_line_up == forecast.away_line_up == "expected"


def test_the_first_goal_is_somebodys(found: Forecaster) -> None:
    forecast = ask(found)
    whole = sum(scorer.first for scorer in forecast.scorers) + forecast.first_own_goal + forecast.no_goal
    assert abs(whole - 1.0) < 1e-12


def test_expected_goals_are_those_of_the_grid(found: Forecaster) -> None:
    home, away = found.grid.expected_goals()
    forecast = ask(found)
    assert (forecast.home_goals, forecast.away_goals) == (home[0], away[0])


def test_a_given_line_up_is_said_to_be_given(found: Forecaster) -> None:
    home, _ = teams()
    eleven = latest_eleven(home)
    bench = ["New Forward"]
    line_up = LineUp(starting=eleven, bench=bench, newcomers={"New Forward": "forward"})
    forecast = ask(found, LineUps(home=line_up))
    mine = [scorer for scorer in forecast.scorers if scorer.team == home]
    assert (forecast.home_line_up, forecast.away_line_up) == ("given", "expected")
    assert {scorer.player for scorer in mine} == {*eleven, *bench}
    assert {scorer.start_probability for scorer in mine} == {0.0, 1.0}
    assert next(scorer for scorer in mine if scorer.player == "New Forward").position == "forward"


def test_old_line_ups_and_a_new_season_bring_warnings(found: Forecaster) -> None:
    assert ask(found).warnings == ()
    later = datetime(2026, 8, 1, tzinfo=UTC)
    summer = Forecaster(found.grid, found.model, PlayerModel().fit(simulated_appearances(), later))
    warnings = " ".join(ask(summer, as_of=later).warnings)
    assert "days old" in warnings
    assert "not seen before" in warnings


def test_a_side_without_line_ups_is_refused(found: Forecaster) -> None:
    request = ScorersRequest(competition="SIM1", home="Nowhere", away=teams()[1])
    with pytest.raises(NotEnoughData, match="no line-up of Nowhere"):
        scorers_of(found, request, as_of=AS_OF, freshness=MONTH)
