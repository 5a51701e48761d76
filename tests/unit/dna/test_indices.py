import numpy as np
import polars as pl
import pytest

from monps.dna import DIMENSIONS
from monps.dna.indices import Evidence
from monps.dna.measures import Measures
from monps.tables.matches import MatchTable
from style_leagues import style_league

CHOSEN = [DIMENSIONS[name] for name in ("corners", "corners_allowed", "fouls", "width", "early_goals")]


@pytest.fixture(scope="module")
def league():
    return style_league(np.random.default_rng(1))


def evidence(table):
    return Evidence.of(Measures.read(table), CHOSEN)


def at_the_end(found):
    teams = np.arange(len(found.names))
    days = np.full(len(teams), found.table.known_days.max() + 1)
    return found.indices(days, teams, np.full(len(teams), 2026))


def test_indices_find_what_teams_do(league):
    found = evidence(league.table)
    value = np.log(at_the_end(found).value)
    names = [name for _, name in found.names]
    assert np.corrcoef(value[:, 0], [league.corners[name] for name in names])[0, 1] > 0.9
    assert np.corrcoef(value[:, 1], [-league.corners[name] for name in names])[0, 1] > 0.9
    assert np.corrcoef(value[:, 2], [league.roughness[name] for name in names])[0, 1] > 0.9


def test_what_does_not_differ_between_teams_is_held_to_the_league(league):
    indices = at_the_end(evidence(league.table))
    assert np.abs(np.log(indices.value[:, 4])).max() < 0.08  # every goal is as likely to be early
    assert np.abs(np.log(indices.value[:, 0])).max() > 0.2


def test_errors_say_how_far_indices_are_off(league):
    found = evidence(league.table)
    indices = at_the_end(found)
    truth = np.array([league.roughness[name] for _, name in found.names])
    off = np.log(indices.value[:, 2]) - (truth - truth.mean())
    assert np.abs(off / indices.error[:, 2]).mean() < 2.0
    assert (indices.error > 0).all()


def test_mornings_know_nothing_of_the_day_and_after(league):
    frame, day = league.table.frame, league.table.frame["kickoff"][400]
    later = pl.col("kickoff") >= day
    scrambled = frame.with_columns(
        **{
            name: pl.when(later).then(pl.col(name).reverse()).otherwise(pl.col(name))
            for name in ("home_corners", "away_fouls", "home_goals")
        }
    )
    before = league.table.frame.select(pl.col("kickoff") <= day).to_series().to_numpy()
    plain, other = evidence(league.table).on_mornings(), evidence(MatchTable(scrambled)).on_mornings()
    np.testing.assert_array_equal(plain[before], other[before])
    assert not np.array_equal(plain[~before], other[~before])


def test_a_profile_of_one_moment_is_that_of_the_morning(league):
    found = evidence(league.table)
    row = 500
    day = np.floor(found.table.kickoff_days[row : row + 1])
    season = found.table.column("season")[row : row + 1].astype(int)
    cut = evidence(MatchTable(league.table.frame.filter(found.table.known_days <= day[0])))
    team = league.table.frame["home"][row]
    number = [name for _, name in cut.names].index(team)
    single = cut.indices(day, np.array([number]), season)
    np.testing.assert_allclose(np.log(single.value[0]), found.on_mornings()[row, 0], atol=1e-12)


def test_who_was_never_counted_is_average_and_says_so(league):
    bare = league.table.frame.with_columns(home_corners=None, away_corners=None)
    indices = at_the_end(evidence(MatchTable.from_dataframe(bare)))
    assert (indices.value[:, 0] == 1.0).all()
    assert (indices.matches[:, 0] == 0).all()
    assert (indices.matches[:, 2] > 0).all()


def test_hosts_and_guests_are_told_apart(league):
    found = evidence(league.table)
    teams, days = np.arange(3), np.full(3, found.table.known_days.max())
    seasons = np.full(3, 2026)
    halves = [found.indices(days, teams, seasons, venue).matches for venue in (0, 1)]
    both = found.indices(days, teams, seasons).matches
    np.testing.assert_array_equal(halves[0] + halves[1], both)


def test_two_competitions_have_teams_of_their_own():
    rng = np.random.default_rng(2)
    first = style_league(rng, teams=6, seasons=2).table.frame
    second = style_league(rng, teams=6, seasons=2, code="SIM2").table.frame
    found = evidence(MatchTable.from_dataframe(pl.concat([first, second])))
    assert len(found.names) == 12
    alone = evidence(MatchTable.from_dataframe(first)).on_mornings()
    of_first = (found.table.frame["competition"] == "SIM1").to_numpy()
    np.testing.assert_allclose(found.on_mornings()[of_first], alone, atol=1e-9)
