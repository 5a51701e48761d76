from datetime import UTC, datetime, timedelta

import pytest

from fakes import FakeStore
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam, UsageError
from monps.services.features import league_dna, match_features, team_dna, team_features
from monps.services.friction import team_friction

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(filled):
    return FakeStore(filled.matches)


@pytest.fixture
def clubs(store):
    return [dna.team for dna in league_dna(store, "SIM1", as_of=AS_OF, now=NOW)]


def test_what_was_gathered_is_kept_for_every_moment(store):
    first = league_dna(store, "SIM1", as_of=AS_OF, now=NOW)
    later = league_dna(store, "SIM1", as_of=AS_OF + timedelta(days=7), now=NOW)
    assert store.commits == 1
    assert [dna.team for dna in first] == [dna.team for dna in later]
    assert first != later


def test_one_team_s_profile_is_that_of_the_league(store, clubs):
    every = {dna.team: dna for dna in league_dna(store, "SIM1", as_of=AS_OF, now=NOW)}
    assert team_dna(store, "SIM1", clubs[1], as_of=AS_OF, now=NOW) == every[clubs[1]]


def test_age_is_seen_from_the_moment(store, clubs):
    dna = team_dna(store, "SIM1", clubs[0], as_of=AS_OF, now=NOW)
    corners = dna.dimension("corners")
    assert corners.as_of == dna.as_of == AS_OF
    assert 0 <= corners.age_days < 30


def test_features_know_the_calendar_and_the_last_matches(store, clubs):
    found = team_features(store, "SIM1", clubs[0], as_of=AS_OF, now=NOW)
    assert found.recent == 5
    assert 0 <= found.points <= 3
    assert found.rest_days >= 0
    assert 0 < found.matches_in_30_days <= 10


def test_differentials_are_between_what_both_have(store, clubs):
    found = match_features(store, "SIM1", clubs[0], clubs[1], as_of=AS_OF, now=NOW)
    back = match_features(store, "SIM1", clubs[1], clubs[0], as_of=AS_OF, now=NOW)
    first = {each.dimension: each.value for each in found.differentials}
    assert first
    assert {each.dimension: -each.value for each in back.differentials} == pytest.approx(first)
    sizes = [abs(each.value) for each in found.differentials]
    assert sizes == sorted(sizes, reverse=True)


def test_who_is_not_there_is_refused_with_who_is_near(store, clubs):
    with pytest.raises(UnknownTeam, match=clubs[0]):
        team_dna(store, "SIM1", clubs[0][:-1] + "q", as_of=AS_OF, now=NOW)
    with pytest.raises(UnknownNameError):
        team_dna(store, "NOPE1", clubs[0], as_of=AS_OF, now=NOW)
    with pytest.raises(UsageError, match="itself"):
        match_features(store, "SIM1", clubs[0], clubs[0], as_of=AS_OF, now=NOW)
    with pytest.raises(NotEnoughData):
        team_dna(store, "SIM1", clubs[0], as_of=datetime(2001, 1, 1, tzinfo=UTC), now=NOW)


def test_friction_tells_every_target_and_is_kept(store, clubs):
    first = team_friction(store, "SIM1", clubs[0], clubs[1], as_of=AS_OF, now=NOW)
    commits = store.commits
    assert team_friction(store, "SIM1", clubs[0], clubs[1], as_of=AS_OF, now=NOW) == first
    assert store.commits == commits
    assert [each.target for each in first.targets] == ["goals", "corners", "cards", "first_half_share"]
    for target in first.targets:
        assert target.note
        assert not target.moves_prices or target.evidence.lower > 0


def test_friction_with_oneself_is_refused(store, clubs):
    with pytest.raises(UsageError, match="itself"):
        team_friction(store, "SIM1", clubs[0], clubs[0], as_of=AS_OF, now=NOW)
