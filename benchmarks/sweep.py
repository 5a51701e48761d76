"""A sweep in two processes, and on a Dask cluster of two worker processes of which one is killed half-way."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from benchmarks import data
from benchmarks.report import Cell, Report
from monps.agents import AGENTS, History
from monps.backtest.snapshot import pack
from monps.backtest.task import BacktestTask, code_version
from monps.domain.identifiers import Season
from monps.domain.sweep import Sweep
from monps.ratings.market_memory import with_implied_goals
from monps.runners import RUNNERS
from monps.services.sweep import Job, run_sweep

FIRST, LAST = 2015, 2022
FORECASTERS = (
    "elo", "pi_ratings", "poisson", "dixon_coles", "score_driven", "goals", "market_memory", "bookmakers",
)  # fmt: skip
TURNS = 2
NOTE = """Wall time from opening the runner to the last result, start of processes and imports included;
runs in alternation. Identical: every figure of every task, to the last bit, is that of the first row."""


def measure() -> Report:
    """Run the sweep here, in two processes, and on a cluster that loses a worker."""
    data.real_folder()
    jobs = tuple(_jobs())
    title = f"Sweep: {len(data.FIVE)} leagues × {LAST - FIRST + 1} seasons × {len(FORECASTERS)} forecasters"
    return Report(f"{title}, {len(jobs)} tasks", _rows(jobs), (NOTE,))


def _jobs() -> Iterator[Job]:
    for league in data.FIVE:
        reading = data.real([league], 2005, LAST)
        packed = pack(History(with_implied_goals(reading.matches, reading.quotes), reading.quotes))
        told = {"history": hashlib.sha256(packed).hexdigest(), "code": code_version()}
        for year in range(FIRST, LAST + 1):
            for name in FORECASTERS:
                asked = {"forecaster": name, "agent": AGENTS[name], "competition": league}
                season = Season(start=year)
                yield Job(BacktestTask.model_validate({**asked, "season": season, **told}), packed)


@dataclass
class _Memory:
    """Keeps results for as long as a run lasts."""

    held: dict[str, bytes] = field(default_factory=dict)

    def find(self, name: str) -> bytes | None:
        return self.held.get(name)

    def keep(self, name: str, content: bytes) -> None:
        self.held[name] = content


@dataclass
class _Killer:
    """Kills one of the runner's processes when half of the tasks are done."""

    tasks: int
    done: int = 0
    victim: int = 0

    def watch(self, open_runner: Callable[[], Executor]) -> Executor:
        runner = open_runner()
        self.victim = runner.submit(os.getpid).result()
        return runner

    def step(self, _told: str) -> None:
        self.done += 1
        if self.done == self.tasks // 2:
            os.kill(self.victim, signal.SIGKILL)


def _rows(jobs: Sequence[Job]) -> Iterator[dict[str, Cell]]:
    first, _ = _run(jobs, "serial")
    yield _row("here, one after the other", jobs, (first, first.seconds), (first, first.seconds))
    for _ in range(TURNS):
        local = _run(jobs, "processes")
        yield _row("two processes", jobs, local, (first, local[1]))
        yield _row(
            "Dask, two workers, one killed half-way", jobs, _run(jobs, "dask", kill=True), (first, local[1])
        )


def _run(jobs: Sequence[Job], runner: str, *, kill: bool = False) -> tuple[Sweep, float]:
    killer, open_runner = _Killer(len(jobs)), partial(RUNNERS[runner], 2, None)
    begun = perf_counter()
    if kill:
        found = run_sweep(jobs, _Memory(), partial(killer.watch, open_runner), step=killer.step)
    else:
        found = run_sweep(jobs, _Memory(), open_runner)
    return found, perf_counter() - begun


def _row(
    where: str, jobs: Sequence[Job], found: tuple[Sweep, float], yardstick: tuple[Sweep, float]
) -> dict[str, Cell]:
    sweep, seconds = found
    same = sum(one == other for one, other in zip(sweep.results, yardstick[0].results, strict=True))
    return {
        "where": where,
        "tasks": len(jobs),
        "identical": same,
        "seconds": f"{seconds:.1f}",
        "of two processes": f"{seconds / yardstick[1]:.2f}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }
