"""The players' table says what the simulated matches had, and is read as Understat's are."""

import io
from datetime import date

import polars as pl
import pytest

from monps.ports.source import Payload
from monps.sources import SOURCES
from monps.sources.simulated import SimulatedCountry

COUNTRY = SimulatedCountry(seasons=1, sizes=(8, 8), until=date(2026, 6, 30))


@pytest.fixture(scope="module")
def files():
    return dict(COUNTRY.player_payloads())


def test_there_is_a_table_a_division(files):
    assert list(files) == ["understat/players_SIM1_2025.csv", "understat/players_SIM2_2025.csv"]


def test_minutes_and_goals_are_those_of_the_matches(files):
    table = pl.read_csv(io.BytesIO(files["understat/players_SIM1_2025.csv"]))
    division = COUNTRY.divisions[0]
    assert table["time"].sum() == 2 * 11 * 90 * len(division)
    assert table["goals"].sum() == int((division.events.goals - division.events.own_goals).sum())
    starters = table.filter(pl.col("position") != "Sub").group_by("id").len()["len"]
    assert set(starters) == {22}


def test_nothing_is_told_of_matches_to_come():
    half = SimulatedCountry(seasons=1, sizes=(8, 8), until=date(2025, 9, 30))
    table = pl.read_csv(io.BytesIO(dict(half.player_payloads())["understat/players_SIM1_2025.csv"]))
    assert table["date"].max() <= "2025-09-30"


def test_it_is_read_as_a_table_of_the_league_that_its_name_tells(files):
    [(name, content), *_] = files.items()
    parsed = SOURCES["understat"]().parse(Payload(name.rpartition("/")[2], content))
    assert {match.competition for match in parsed.details.matches} == {"SIM1"}
    told = pl.read_csv(io.BytesIO(content)).height
    assert 0.9 * told < len(parsed.details.appearances) <= told
