from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories
from monps.season import Fixtures, Results, fixtures_of, remaining, results_of
from monps.tables.encode import TeamIndex

TEAMS = 5
PAIR = st.tuples(st.integers(0, TEAMS - 1), st.integers(0, TEAMS - 1)).filter(lambda pair: pair[0] != pair[1])


def results(pairs):
    home, away = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Results(home, away, home * 0, away * 0)


def listed(pairs, neutral=False):
    home, away = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Fixtures(home, away, np.full(len(home), neutral))


def counted(matches):
    return Counter(zip(matches.home.tolist(), matches.away.tolist(), strict=True))


@given(st.lists(PAIR, unique=True), st.integers(1, 3))
def test_played_and_left_make_up_the_round_robin(played, meetings):
    left = remaining(TEAMS, results(played), meetings=meetings)
    whole = counted(results(played)) + counted(left)
    assert set(whole.values()) == {meetings}
    assert len(whole) == TEAMS * (TEAMS - 1)
    assert not left.neutral.any()


def test_what_was_played_too_often_takes_nothing_from_others():
    left = remaining(TEAMS, results([(0, 1), (0, 1), (0, 1)]))
    assert counted(left) == counted(remaining(TEAMS, results([(0, 1)])))


@given(st.lists(PAIR), st.lists(PAIR, unique=True))
def test_listed_fixtures_are_played_once_whether_they_can_be_derived_or_not(fixtures, played):
    derived = counted(remaining(TEAMS, results(played)))
    assert counted(remaining(TEAMS, results(played), listed(fixtures))) == derived | Counter(fixtures)


def test_where_the_season_splits_only_listed_fixtures_are_known():
    assert not len(remaining(TEAMS, results([]), meetings=None).home)
    assert counted(remaining(TEAMS, results([]), listed([(0, 1)]), meetings=None)) == Counter([(0, 1)])


def test_a_neutral_ground_stays_neutral():
    left = remaining(TEAMS, results([]), listed([(3, 4)], neutral=True))
    assert list(zip(left.home[left.neutral], left.away[left.neutral], strict=True)) == [(3, 4)]


def test_tables_and_nouns_are_numbered_by_the_seasons_teams():
    table, truth = factories.match_table(4, 1, np.random.default_rng(1))
    teams = TeamIndex.of(["Aaaa", *truth.teams])
    found = results_of(table, teams)
    assert [teams.names[number] for number in found.home] == table.frame["home"].to_list()
    assert found.away_goals.tolist() == table.frame["away_goals"].to_list()
    fixtures = fixtures_of([factories.fixture("Aaaa", truth.teams[0])], teams)
    assert [side.tolist() for side in fixtures] == [[0], [1], [False]]
    assert len(fixtures_of([], teams).home) == 0


@pytest.mark.parametrize("teams", [0, 1])
def test_too_few_teams_have_no_fixtures(teams):
    assert not len(remaining(teams, results([])).home)
