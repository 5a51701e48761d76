"""One country for all tests of it."""

import pytest

from monps.sources.simulated import DivisionSeason, SimulatedCountry


@pytest.fixture(scope="session")
def country() -> SimulatedCountry:
    return SimulatedCountry()


@pytest.fixture(scope="session")
def division(country: SimulatedCountry) -> DivisionSeason:
    return country.season("SIM1", 2022)
