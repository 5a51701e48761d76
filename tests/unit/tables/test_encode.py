import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UnknownTeam
from monps.tables.encode import UNKNOWN, TeamIndex, nearest_names

names = st.lists(st.text(min_size=1, max_size=6), max_size=12)


@given(names)
def test_every_team_has_its_place_in_the_alphabet(listed):
    teams = TeamIndex.of(listed)
    assert list(teams.names) == sorted(set(listed))
    assert len(teams) == len(set(listed))
    assert [teams.names[number] for number in teams.encode(listed)] == listed


@given(names, st.text(min_size=7))
def test_who_has_no_match_here_is_nobody(listed, stranger):
    teams = TeamIndex.of(listed)
    assert stranger not in teams
    assert teams.encode([stranger]).tolist() == [UNKNOWN]


def test_nobody_at_all_is_encoded_too():
    assert TeamIndex.of([]).encode([]).tolist() == []


def test_a_team_that_must_be_known_is_named_or_offered_its_neighbours():
    teams = TeamIndex.of(["Ashgrave", "Barrowmere"])
    assert teams.require("Barrowmere") == 1
    assert "Ashgrave" in teams
    with pytest.raises(UnknownTeam) as refused:
        teams.require("ashgrove")
    assert refused.value.nearest == ("Ashgrave",)


def test_the_nearest_names_come_first_and_case_does_not_matter():
    known = ["Real Sociedad", "REAL MADRID", "Barcelona", "Real Betis"]
    found = nearest_names("real madrit", known)
    assert found[0] == "REAL MADRID"
    assert "Barcelona" not in found
    assert len(nearest_names("real", ["Real A", "Real B", "Real C", "Real D"], count=2)) == 2
    assert nearest_names("xyzzy", known) == ()
