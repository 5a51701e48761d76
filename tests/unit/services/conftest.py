"""A store in memory with a small simulated country in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from fakes import FakeStore
from monps import bootstrap
from monps.sources.simulated import SimulatedCountry

READ_AT = datetime(2026, 3, 13, 6, tzinfo=UTC)


@pytest.fixture(scope="session")
def country() -> SimulatedCountry:
    return SimulatedCountry(seed=4, seasons=2, sizes=(8, 8))


@pytest.fixture(scope="session")
def fill() -> Callable[[SimulatedCountry], FakeStore]:
    """Return how a store comes to hold a country."""

    def read(country: SimulatedCountry) -> FakeStore:
        store = FakeStore()
        with store(write=True) as work:
            for parsed in bootstrap.simulated_files(country):
                work.matches.add_file(parsed, READ_AT)
            work.commit()
        return store

    return read


@pytest.fixture(scope="session")
def filled(country: SimulatedCountry, fill: Callable[[SimulatedCountry], FakeStore]) -> FakeStore:
    """Two seasons of two small divisions."""
    return fill(country)
