"""Shots and appearances of the simulated country, as Understat's reader finds them."""

from collections import Counter
from datetime import date

import pytest

from monps.domain.details import PLAYER_MEASURES
from monps.ports.source import Payload
from monps.sources.simulated import SimulatedCountry
from monps.sources.understat import Understat

GOALS = PLAYER_MEASURES.index("goals")


@pytest.fixture(scope="module")
def country() -> SimulatedCountry:
    return SimulatedCountry(seed=3, seasons=2, sizes=(8, 8), detailed_seasons=1)


@pytest.fixture(scope="module")
def parsed(country):
    return {
        name.split("/")[1]: Understat().parse(Payload(name, content), strict=True)
        for name, content in country.payloads()
        if name.startswith("understat/") and name.endswith(".csv")
    }


def test_only_the_last_seasons_have_details(parsed) -> None:
    kinds = ("appearances", "shots")
    assert sorted(parsed) == sorted(f"{kind}_SIM{tier}_25-26.csv" for kind in kinds for tier in (1, 2))
    assert all(not file.unknown_columns + file.missing_columns for file in parsed.values())


def test_shots_are_those_of_the_sides(country, parsed) -> None:
    division = country.season("SIM1", 2025)
    played = division.played(country.until)
    details = parsed["shots_SIM1_25-26.csv"].details
    assert len(details.matches) == played.sum()
    taken = Counter((shot.match, shot.is_home) for shot in details.shots)
    expected = division.events.shots - division.events.own_goals
    assert sum(taken.values()) == pytest.approx(expected[played].sum(), rel=0.02)
    chances = sum(shot.expected_goals for shot in details.shots)
    assert chances == pytest.approx(division.events.expected_goals[played].sum(), rel=0.02)


def test_goals_are_scored_in_the_half_in_which_they_fell(country, parsed) -> None:
    division = country.season("SIM1", 2025)
    played = division.played(country.until)
    scored = [shot for shot in parsed["shots_SIM1_25-26.csv"].details.shots if shot.result == "goal"]
    own = division.events.own_goals[played].sum()
    assert len(scored) == division.events.goals[played].sum() - own
    first_half = sum(shot.minute < 45 for shot in scored)
    assert first_half == pytest.approx(division.events.half_time_goals[played].sum(), abs=int(own) + 6)
    assert all(0 <= shot.minute <= 90 for shot in scored)


def test_appearances_make_elevens_who_score_the_goals(country, parsed) -> None:
    division = country.season("SIM1", 2025)
    played = division.played(country.until)
    rows = parsed["appearances_SIM1_25-26.csv"].details.appearances
    minutes = Counter()
    for row in rows:
        minutes[row.match, row.is_home] += row.minutes
    assert set(minutes.values()) == {11 * 90}
    starters = Counter((row.match, row.is_home) for row in rows if row.started)
    assert set(starters.values()) == {11}
    goals = sum(row.measures[GOALS] for row in rows)
    assert goals == (division.events.goals - division.events.own_goals)[played].sum()


def test_nothing_is_told_of_matches_to_come() -> None:
    until = date(2025, 9, 30)
    half = SimulatedCountry(seasons=1, sizes=(8, 8), until=until)
    told = [
        match.day
        for name, content in half.payloads()
        if name.startswith("understat/") and name.endswith(".csv")
        for match in Understat().parse(Payload(name, content)).details.matches
    ]
    assert max(told) <= until
