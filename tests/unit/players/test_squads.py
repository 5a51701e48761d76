"""Who is expected to play and score: chances that add up, and that come true in a simulated country."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from appearances import simulated_appearances
from monps.domain.scorers import LineUp
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam
from monps.numerics.scoring import log_loss
from monps.players import FittedPlayers, PlayerModel, given
from monps.tables.appearances import AppearanceTable

AS_OF = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def fitted() -> FittedPlayers:
    return PlayerModel().fit(simulated_appearances(), AS_OF)


@pytest.fixture(scope="module")
def team() -> str:
    last = simulated_appearances().until(AS_OF).frame.tail(1)
    return str(last["team"][0])


def latest_line_up(team: str) -> pl.DataFrame:
    frame = simulated_appearances().until(AS_OF).frame.filter(pl.col("team") == team)
    return frame.filter(pl.col("match_id") == frame["match_id"].last())


def current_teams() -> list[str]:
    frame = simulated_appearances().until(AS_OF).frame
    return sorted(frame.filter(pl.col("season") == 2025)["team"].unique())


def test_eleven_start_and_all_goals_are_shared(fitted: FittedPlayers) -> None:
    squads = fitted.expected(current_teams())
    known = squads.shares.starts.sum(axis=1)
    assert ((known > 10) & (known < 11)).all()
    assert np.allclose(squads.shares.parts.sum(axis=1) + squads.shares.own_goals, 1.0, atol=1e-12)
    assert ((squads.minutes.sum(axis=1) > 850) & (squads.minutes.sum(axis=1) < 1050)).all()


def test_the_future_is_not_known(fitted: FittedPlayers) -> None:
    appearances = simulated_appearances()
    scrambled = appearances.frame.with_columns(
        goals=pl.when(pl.col("known_at") > AS_OF).then(9.0).otherwise("goals"),
        minutes=pl.when(pl.col("known_at") > AS_OF).then(1).otherwise("minutes"),
    )
    again = PlayerModel().fit(AppearanceTable.from_dataframe(scrambled), AS_OF)
    teams = current_teams()
    for one, other in zip(fitted.expected(teams), again.expected(teams), strict=True):
        if isinstance(one, np.ndarray):
            assert np.array_equal(one, other)
        else:
            assert np.array_equal(one.parts, other.parts)


def test_starters_come_true(fitted: FittedPlayers) -> None:
    """Chances to start say more than the share of starters in a squad."""
    started = simulated_appearances().frame.filter(pl.col("started") & (pl.col("known_at") > AS_OF))
    games = (
        started.group_by("team", "match_id", maintain_order=True)
        .agg("player_id")
        .unique("team", keep="first")
    )
    squads = fitted.expected(games["team"].to_list())
    listed = squads.players >= 0
    ids = fitted.records.player_ids[squads.players]
    happened = np.array([np.isin(row, who) for row, who in zip(ids, games["player_id"], strict=True)])[listed]
    chance = squads.shares.starts[listed]
    flat = np.full(len(chance), happened.mean())
    assert (
        log_loss(np.stack([1 - chance, chance], 1), happened.astype(int)).mean()
        < log_loss(np.stack([1 - flat, flat], 1), happened.astype(int)).mean()
    )


def test_scorers_come_true(fitted: FittedPlayers) -> None:
    """A player's part of the goals is nearer to what came than his position's."""
    later = simulated_appearances().frame.filter(pl.col("known_at") > AS_OF, pl.col("goals") > 0)
    goals = later.group_by("player_id").agg(pl.col("goals").sum())
    scored = dict(zip(goals["player_id"].to_list(), goals["goals"].to_list(), strict=True))
    squads = fitted.expected(current_teams())
    listed = squads.players >= 0
    players = squads.players[listed]
    parts = squads.shares.parts[:, :-1][listed]
    came = np.array([scored.get(int(number), 0.0) for number in fitted.records.player_ids[players]])
    place = fitted.records.positions[players]
    by_place = (np.bincount(place, parts) / np.bincount(place))[place]
    assert np.corrcoef(parts, came)[0, 1] > np.corrcoef(by_place, came)[0, 1]


def test_who_has_left_is_not_expected(fitted: FittedPlayers) -> None:
    squads = fitted.expected(current_teams())
    sides = np.array([fitted.records.teams.require(team) for team in current_teams()])
    clubs = fitted.records.clubs[squads.players]
    assert (clubs == sides[:, None])[squads.players >= 0].all()


def test_a_team_that_was_never_seen_is_refused(fitted: FittedPlayers) -> None:
    with pytest.raises(UnknownTeam):
        fitted.expected(["Nowhere"])


def test_a_team_of_which_too_few_were_seen_is_refused() -> None:
    few = simulated_appearances().where(pl.col("player_id") % 5 == 0)
    with pytest.raises(NotEnoughData, match="fewer than 11 players"):
        PlayerModel().fit(few, AS_OF).expected(current_teams()[:1])


def test_a_given_eleven_starts(fitted: FittedPlayers, team: str) -> None:
    line_up = latest_line_up(team)
    eleven = line_up.filter("started")["player"].to_list()
    bench = line_up.filter(~pl.col("started"))["player"].to_list()
    shares = given(fitted, team, LineUp(starting=eleven, bench=bench)).shares
    assert shares.starts.tolist() == [[1.0] * 11 + [0.0] * len(bench)]
    assert shares.others.tolist() == [0.0]
    assert 1.0 < shares.comes_on.sum() <= len(bench)
    assert (shares.comes_on[0, :11] == 0.0).all()


def test_names_are_read_whatever_their_accents_and_case(fitted: FittedPlayers, team: str) -> None:
    eleven = latest_line_up(team).filter("started")["player"].to_list()
    shouted = [name.upper() for name in eleven]
    plain, loud = (given(fitted, team, LineUp(starting=names)) for names in (eleven, shouted))
    assert np.array_equal(plain.players, loud.players)


def test_without_a_bench_the_rest_of_the_squad_may_come_on(fitted: FittedPlayers, team: str) -> None:
    eleven = latest_line_up(team).filter("started")["player"].to_list()
    shares = given(fitted, team, LineUp(starting=eleven)).shares
    assert shares.starts.shape[1] > 14
    assert 0.0 < shares.others[0] < 0.05


def test_a_newcomer_plays_as_others_in_his_position(fitted: FittedPlayers, team: str) -> None:
    line_up = latest_line_up(team).filter("started")
    names = line_up["player"].to_list()
    keeper = line_up["position"].to_list().index("GK")
    forward = line_up["position"].to_list().index("F")
    names[keeper], names[forward] = "New Keeper", "New Forward"
    newcomers = {"New Keeper": "goalkeeper", "New Forward": "forward"}
    parts = given(fitted, team, LineUp(starting=names, newcomers=newcomers)).shares.parts[0]
    assert parts[keeper] < 0.01 < parts[forward]


def test_a_name_that_is_not_known_is_asked_for(fitted: FittedPlayers, team: str) -> None:
    names = latest_line_up(team).filter("started")["player"].to_list()
    misspelt = names[0][:-1]
    with pytest.raises(UnknownNameError, match="unknown player") as refused:
        given(fitted, team, LineUp(starting=[misspelt, *names[1:]]))
    assert names[0] in refused.value.nearest


def test_after_a_long_break_more_newcomers_are_expected() -> None:
    appearances = simulated_appearances()
    soon, late = (
        PlayerModel().fit(appearances, AS_OF.replace(year=2026, month=6, day=30) + timedelta(days=days))
        for days in (-30, 30)
    )
    assert late.time.new_starters.mean() > soon.time.new_starters.mean() + 0.05
