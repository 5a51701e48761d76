"""A style through time is the profile of each month, read once."""

from datetime import UTC, datetime

import pytest

from fakes import FakeStore
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam, UsageError
from monps.services.features import league_dna, team_dna
from monps.services.style_history import GROUPS, style_through_time

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(filled):
    return FakeStore(filled.matches)


@pytest.fixture
def clubs(store):
    return [dna.team for dna in league_dna(store, "SIM1", as_of=NOW, now=NOW)]


def test_every_month_is_what_the_profile_of_its_day_says(store, clubs):
    past = style_through_time(store, "SIM1", clubs[0], "wide and high", now=NOW)
    assert len(past) > 12
    for month in (past[-1], past[-5]):
        dna = team_dna(store, "SIM1", clubs[0], as_of=month.as_of, now=NOW)
        assert dna.season == month.season
        for value in month.dimensions:
            assert value == dna.dimension(value.dimension)


def test_every_group_can_be_asked_for_and_what_is_missing_says_why(store, clubs):
    for group in GROUPS:
        [*_, latest] = style_through_time(store, "SIM1", clubs[0], group, now=NOW)
        assert latest.dimensions
        assert {each.group for each in latest.dimensions} == {group}
        assert all(each.is_known or each.reason for each in latest.dimensions)


def test_who_played_elsewhere_has_a_gap(store):
    seasons = {name: style_through_time(store, "SIM1", name, "strength", now=NOW) for name in _ever(store)}
    moved = {name: past for name, past in seasons.items() if any(not each.dimensions for each in past)}
    assert moved  # two seasons with promotion and relegation
    for name, past in moved.items():
        for each in past:
            profiled = league_dna(store, "SIM1", as_of=each.as_of, now=NOW)
            assert bool(each.dimensions) == (name in [dna.team for dna in profiled])


def test_what_was_not_known_is_not_told(store, clubs):
    early = datetime(2025, 3, 1, tzinfo=UTC)
    before = style_through_time(store, "SIM1", clubs[0], "strength", now=early)
    assert all(each.as_of <= early for each in before)


def test_a_stranger_a_group_and_a_competition_that_are_none_are_refused(store, clubs):
    with pytest.raises(UsageError, match="there are strength"):
        style_through_time(store, "SIM1", clubs[0], "elegance", now=NOW)
    with pytest.raises(UnknownTeam, match=clubs[0]):
        style_through_time(store, "SIM1", clubs[0][:-1] + "q", "strength", now=NOW)
    with pytest.raises(UnknownNameError):
        style_through_time(store, "NOPE1", clubs[0], "strength", now=NOW)
    with pytest.raises(NotEnoughData):
        style_through_time(store, "SIM1", clubs[0], "strength", now=datetime(2001, 1, 1, tzinfo=UTC))


def _ever(store):
    with store() as work:
        played = [stored.match.key for stored in work.matches.history(["SIM1"], NOW)]
    return sorted({name for key in played for name in (key.home, key.away)})
