import pytest
from pydantic import ValidationError

from monps.cli.commands import season
from monps.domain.football import Competition
from monps.domain.season import DEFAULT_RUNS, DEFAULT_SEED, MOST_RUNS, Zone
from monps.errors import UnknownNameError
from monps.season import TIE_BREAKS, rules_of, with_zones
from monps.sources.football_data.divisions import DIVISIONS


def league(code="E0", tier=1):
    return Competition(code=code, name="a league", country="somewhere", tier=tier)


@pytest.mark.parametrize("code", DIVISIONS)
def test_every_division_has_rules_whose_zones_do_not_overlap(code):
    rules = rules_of(DIVISIONS[code])
    assert rules.criteria == TIE_BREAKS[rules.tie_break]
    ends = [zone for zone in rules.zones if zone.name not in {"title", "top 4"}]
    positions = [place for zone in ends for place in zone.positions(20)]
    assert len(positions) == len(set(positions))
    assert "relegation" in {zone.name for zone in rules.zones}


def test_a_first_division_is_about_the_title_and_a_second_about_promotion():
    first, second = ({zone.name for zone in rules_of(league("XX", tier)).zones} for tier in (1, 2))
    assert first == {"title", "top 4", "relegation"}
    assert second == {"promotion", "relegation"}


def test_a_rule_can_be_asked_for_by_name():
    assert rules_of(league(), "head_to_head").criteria == TIE_BREAKS["head_to_head"]
    with pytest.raises(UnknownNameError, match="goals"):
        rules_of(league(), "coin")


def test_zones_of_ones_own_replace_those_of_the_same_name():
    own = (Zone(name="relegation", first=-4, last=-1), Zone(name="europe", first=5, last=7))
    zones = {zone.name: zone for zone in with_zones(rules_of(league()), own).zones}
    assert list(zones) == ["title", "top 4", "relegation", "europe"]
    assert list(zones["relegation"].positions(20)) == [17, 18, 19, 20]


@pytest.mark.parametrize(("first", "last"), [(0, 3), (4, 1), (-1, -3), (1, 0), (1, 41)])
def test_a_zone_that_cannot_be_is_refused(first, last):
    with pytest.raises(ValidationError):
        Zone(name="nowhere", first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last", "teams", "wanted"),
    [(1, 4, 3, [1, 2, 3]), (5, 7, 4, []), (-3, -1, 2, [1, 2]), (2, -2, 5, [2, 3, 4]), (3, -3, 4, [])],
)
def test_positions_that_a_league_does_not_have_are_left_out(first, last, teams, wanted):
    assert list(Zone(name="some", first=first, last=last).positions(teams)) == wanted


def test_the_commands_defaults_are_the_requests():
    assert (season._RUNS, season._SEED, season._MOST_RUNS) == (DEFAULT_RUNS, DEFAULT_SEED, MOST_RUNS)
