"""The same sweep on every runner, while a worker is killed."""

from datetime import UTC, datetime

import pytest

from deadly import Deadly
from fakes import FakeShelf, FakeStore
from monps import bootstrap
from monps.agents import AGENTS, BaseRate
from monps.domain.identifiers import Season
from monps.runners import RUNNERS
from monps.runners.serial import SerialExecutor
from monps.services.sweep import plan_sweep, run_sweep
from monps.sources.simulated import SimulatedCountry

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def store():
    made = FakeStore()
    with made(write=True) as work:
        for parsed in bootstrap.simulated_files(SimulatedCountry(seed=4, seasons=2, sizes=(8, 8))):
            work.matches.add_file(parsed, NOW)
        work.commit()
    return made


@pytest.mark.parametrize("name", sorted(RUNNERS.keys() - {"serial"}))
def test_a_killed_worker_changes_no_bit_of_the_result(name, store, tmp_path):
    seasons = Season(start=2024), Season(start=2025)
    forecasters = {
        "base_rate": BaseRate(),
        "deadly": Deadly(marker=tmp_path / "killed"),
        "bookmakers": AGENTS["bookmakers"],
        "dixon_coles": AGENTS["dixon_coles"],
    }
    jobs = plan_sweep(store, forecasters, ("SIM1", "SIM2"), seasons, now=NOW)
    found = run_sweep(jobs, FakeShelf(), bootstrap.runner(name, 2))
    assert (tmp_path / "killed").exists()
    here = run_sweep(jobs, FakeShelf(), SerialExecutor)
    assert found.results == here.results
    assert found.totals == here.totals
    assert all(result.card for result in found.results)
