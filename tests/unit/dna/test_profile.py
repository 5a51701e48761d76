from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from monps.dna import DIMENSIONS
from monps.dna.measures import Details, Measures
from monps.dna.neighbours import distances, nearest, uniqueness
from monps.dna.nouns import team_dnas
from monps.dna.profile import STALE_DAYS, league_profiles
from monps.errors import NotEnoughData
from monps.tables.matches import MatchTable
from monps.tables.team_matches import TeamMatchTable
from style_leagues import style_league

ALL = tuple(DIMENSIONS.values())


@pytest.fixture(scope="module")
def league():
    return style_league(np.random.default_rng(1))


@pytest.fixture(scope="module")
def end(league):
    return league.table.last_known_at() + timedelta(days=1)


@pytest.fixture(scope="module")
def profiles(league, end):
    return league_profiles(Measures.read(league.table), ALL, end)


def at(profiles, name):
    return [each.name for each in profiles.dimensions].index(name)


def test_there_are_more_than_twenty_dimensions_in_groups():
    assert len(DIMENSIONS) >= 20
    assert len({each.group for each in ALL}) >= 8
    assert sum(each.needs is None for each in ALL) >= 20  # football-data's columns suffice


def test_values_are_in_units_people_use(profiles, league):
    mean = league.table.frame.select(pl.concat_list("home_corners", "away_corners").list.mean()).mean().item()
    assert abs(profiles.value[:, at(profiles, "corners")].mean() / mean - 1) < 0.1
    assert 5 < profiles.value[:, at(profiles, "accuracy")].mean() < 100  # percent


def test_z_is_standard_within_the_league(profiles):
    known = profiles.is_known.all(axis=0)
    assert known.sum() > 15
    np.testing.assert_allclose(profiles.z[:, known].mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(profiles.z[:, known].std(axis=0), 1.0, atol=1e-9)


def test_what_nobody_counted_is_missing_with_what_would_bring_it(profiles, end):
    dna = team_dnas(profiles, "SIM1", end)[0]
    pressing = dna.dimension("pressing")
    assert pressing.value is None
    assert "nobody counted it here; it takes Understat" in pressing.reason
    assert dna.dimension("corners").is_known
    assert dna.dimension("corners").source == "results"


def test_what_was_counted_long_ago_is_not_known_any_more(league):
    late = league.table.last_known_at() + timedelta(days=STALE_DAYS + 10)
    dna = team_dnas(league_profiles(Measures.read(league.table), ALL, late), "SIM1", late)[0]
    assert dna.coverage == 0.0
    assert "said nothing" in dna.dimension("corners").reason


def test_home_and_away_stand_only_where_the_ground_matters(profiles, end):
    for dimension in team_dnas(profiles, "SIM1", end)[0].dimensions:
        told = DIMENSIONS[dimension.dimension].by_venue and dimension.is_known
        assert (dimension.home is not None) == told
        assert (dimension.away is not None) == told


def test_hosts_win_more_corners(profiles):
    place = at(profiles, "corners")
    assert profiles.home[:, place].mean() > profiles.away[:, place].mean()


def test_nothing_known_is_refused(league):
    with pytest.raises(NotEnoughData, match="is known"):
        league_profiles(Measures.read(league.table), ALL, datetime(2040, 1, 1, tzinfo=UTC))


def test_the_past_alone_makes_a_profile(league):
    moment = league.table.frame["kickoff"][500]
    cut = Measures.read(league.table).until(moment)
    dna = league_profiles(cut, ALL, moment)
    again = league_profiles(Measures.read(league.table.until(moment)), ALL, moment)
    np.testing.assert_array_equal(dna.value, again.value)


def test_the_season_under_way_counts_once_all_have_played(league):
    season = league.table.frame.filter(pl.col("season") == 2025)
    first, settled = season["kickoff"][2], season["kickoff"][60]
    started, going = (
        league_profiles(Measures.read(league.table.until(each)), ALL, each) for each in (first, settled)
    )
    assert (started.season, going.season) == (2024, 2025)


def test_the_most_trusted_source_is_believed(league):
    frame = league.table.frame
    rows = [
        frame.select(
            "match_id", "competition", "season", "kickoff", "known_at", team=side, opponent=other,
            is_home=pl.lit(side == "home"), possession=pl.lit(value), source=pl.lit(source),
        )
        for side, other in (("home", "away"), ("away", "home"))
        for source, value in (("alpha", 50.0), ("omega", 49.5))
    ]  # fmt: skip
    told = TeamMatchTable.from_dataframe(pl.concat(rows))
    for preference, value in (((), 50.0), (("omega",), 49.5)):
        read = Measures.read(league.table, Details(told, preference=preference))
        assert (read.of("possession") == value).all()
        assert read.source_of("possession", "matches") == (preference[0] if preference else "alpha")


def test_shares_that_make_no_whole_are_none(league):
    frame = league.table.frame
    rows = [
        frame.select(
            "match_id", "competition", "season", "kickoff", "known_at", team=side, opponent=other,
            is_home=pl.lit(side == "home"), possession=pl.lit(0.0), source=pl.lit("alpha"),
        )
        for side, other in (("home", "away"), ("away", "home"))
    ]  # fmt: skip
    read = Measures.read(league.table, Details(TeamMatchTable.from_dataframe(pl.concat(rows))))
    assert np.isnan(read.of("possession")).all()


def test_nearest_are_those_who_play_alike():
    rng = np.random.default_rng(2)
    z = rng.normal(size=(8, 20))
    z[1] = z[0] + rng.normal(0, 0.2, 20)
    found = distances(z, np.full(z.shape, 0.2))
    assert nearest(found, 0, 3)[0] == 1
    assert found.distance[0, 1] < 0.3
    assert np.isnan(np.diag(found.distance)).all()
    np.testing.assert_array_equal(found.distance, found.distance.T)
    alone = uniqueness(found)
    assert alone[0] == alone.min()
    assert ((alone >= 0) & (alone <= 1)).all()


def test_distances_are_freed_of_chance():
    rng = np.random.default_rng(3)
    truth, error = np.repeat(rng.normal(size=(1, 400)), 12, axis=0), 0.5
    found = distances(truth + rng.normal(0, error, truth.shape), np.full(truth.shape, error))
    off = ~np.eye(12, dtype=bool)
    assert found.distance[off].mean() < 0.25  # plain differences would give 0.7
    assert (found.distance[off] < 3 * found.error[off]).mean() > 0.9


def test_what_is_not_shared_is_not_compared():
    z = np.full((3, 6), np.nan)
    z[0, :3], z[1, 3:] = 1.0, 1.0
    z[2] = 0.0
    found = distances(z, np.where(np.isfinite(z), 0.1, np.nan))
    assert np.isnan(found.distance).all()
    assert nearest(found, 0, 5) == []
    assert np.isnan(uniqueness(found)).all()


def test_a_profile_of_one_team_is_that_of_all(profiles, end):
    every = {dna.team: dna for dna in team_dnas(profiles, "SIM1", end)}
    assert team_dnas(profiles, "SIM1", end, ("Team 03",)) == (every["Team 03"],)


def test_an_empty_table_can_be_read():
    empty = MatchTable(style_league(np.random.default_rng(1), teams=4, seasons=1).table.frame.clear())
    assert len(Measures.read(empty).table) == 0
