"""Judge many forecasters on many seasons, on as many machines as there are; what is finished stays so."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from typing import NamedTuple

import structlog
from pydantic import ValidationError

from monps.agents import Agent
from monps.backtest.snapshot import pack, unpack
from monps.backtest.task import BacktestTask, code_version
from monps.backtest.totals import totals
from monps.domain.identifiers import Season
from monps.domain.sweep import Sweep, TaskResult
from monps.errors import MonpsError, RunnerError, StorageError
from monps.ports.shelf import OpenRunner, Shelf
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import read_history, require_competition

_log = structlog.get_logger()

_HANDED_OUT = 1_000
"""Jobs given out at a time: enough for hundreds of workers, few enough for a scheduler's memory."""

_ROUNDS = 4
"""How often all workers may be lost before a sweep gives up; a cluster replaces single ones by itself."""

Step = Callable[[str], None]
"""Called with what was done, once a task."""


class Job(NamedTuple):
    """A task with the history that it names, packed: what is sent to a worker."""

    task: BacktestTask
    history: bytes


def plan_sweep(
    open_work: UnitOfWorkFactory,
    forecasters: Mapping[str, Agent],
    competitions: Sequence[str],
    seasons: Sequence[Season],
    *,
    now: datetime,
) -> tuple[Job, ...]:
    """Make a job of each forecaster in each season of each competition.

    A competition is learned from alone. It is seen as it was known when its newest result became known, so
    that the same store gives the same plan at any time.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the histories are read.
    forecasters : mapping of str to Agent
        By what they are called.
    competitions : sequence of str
        Their codes.
    seasons : sequence of Season
        To be judged.
    now : datetime
        The present; nothing that became known later exists.

    Returns
    -------
    tuple of Job

    Raises
    ------
    UnknownNameError
        If a competition is not known.
    NotEnoughData
        If one has no matches.
    """
    jobs: list[Job] = []
    for competition in dict.fromkeys(competitions):
        with open_work() as work:
            history = _packed_history(work, competition, now)
        told = {"history": hashlib.sha256(history).hexdigest(), "code": code_version()}
        for season in dict.fromkeys(seasons):
            for name, agent in forecasters.items():
                asked = {"forecaster": name, "agent": agent, "competition": competition, "season": season}
                jobs.append(Job(BacktestTask.model_validate(asked | told), history))
    return tuple(jobs)


def _packed_history(work: UnitOfWork, competition: str, now: datetime) -> bytes:
    code = require_competition(work, competition).code
    newest = work.matches.latest_known_at(code)
    return pack(read_history(work, [code], min(now, newest or now)))


def run_sweep(
    jobs: Sequence[Job], shelf: Shelf, open_runner: OpenRunner, *, step: Step = lambda _done: None
) -> Sweep:
    """Run the jobs whose results are not kept yet, keep each result, and add all up.

    Parameters
    ----------
    jobs : sequence of Job
        What ``plan_sweep`` made.
    shelf : Shelf
        Where results are kept, by the task's hash.
    open_runner : callable
        Opens the runner; once more where all its workers were lost.
    step : callable
        Told of each finished task.

    Returns
    -------
    Sweep

    Raises
    ------
    RunnerError
        If workers were lost again and again, or a task failed in a way that nobody expected.
    StorageError
        If a kept result cannot be read.
    """
    begun, results = time.perf_counter(), _Results(shelf, step)
    results.recall(jobs)
    kept, rounds = len(results.found), 0
    while todo := [job for job in jobs if job.task.digest not in results.found]:
        if rounds == _ROUNDS:
            raise RunnerError(f"all workers were lost {rounds} times, with {len(todo)} tasks to do")
        _run(todo, open_runner, results.keep)
        rounds += 1
    listed = tuple(results.found[job.task.digest] for job in jobs)
    run, seconds = len(results.found) - kept, time.perf_counter() - begun
    return Sweep(totals=tuple(totals(listed)), results=listed, run=run, kept=kept, seconds=seconds)


@dataclass
class _Results:
    """What is finished, by the hash of its task; each result is kept before it counts."""

    shelf: Shelf
    step: Step
    found: dict[str, TaskResult] = field(default_factory=dict)

    def recall(self, jobs: Sequence[Job]) -> None:
        for digest in (job.task.digest for job in jobs):
            if (content := self.shelf.find(_name(digest))) is not None:
                self._count(_read(digest, content))

    def keep(self, result: TaskResult) -> None:
        self.shelf.keep(_name(result.task), result.model_dump_json().encode())
        self._count(result)

    def _count(self, result: TaskResult) -> None:
        self.found[result.task] = result
        self.step(f"{result.forecaster} {result.competition} {result.season.label}")


def _name(digest: str) -> str:
    return f"{digest}.json"


def _read(digest: str, content: bytes) -> TaskResult:
    try:
        return TaskResult.model_validate_json(content)
    except ValidationError as error:
        raise StorageError(
            f"{_name(digest)} is no result of a sweep: delete it, and it is made anew"
        ) from error


def _run(jobs: Sequence[Job], open_runner: OpenRunner, keep: Callable[[TaskResult], None]) -> None:
    """Run jobs as long as there are workers; results that were not waited for are not kept."""
    with open_runner() as runner:
        try:
            for result in _finished(runner, jobs):
                keep(result)
        except (BrokenExecutor, CancelledError) as error:
            _log.warning("workers lost", error=str(error) or type(error).__name__)
        finally:
            runner.shutdown(wait=False, cancel_futures=True)


def _finished(runner: Executor, jobs: Sequence[Job]) -> Iterator[TaskResult]:
    """Hand out jobs, a bounded number at a time, and yield results in the order in which they come."""
    done: SimpleQueue[Future[TaskResult]] = SimpleQueue()
    waiting: dict[Future[TaskResult], Job] = {}
    for job in jobs:
        future = runner.submit(run_job, job)
        waiting[future] = job
        future.add_done_callback(done.put)
        while len(waiting) >= _HANDED_OUT or not done.empty():
            yield _result(future := done.get(), waiting.pop(future))
    while waiting:
        yield _result(future := done.get(), waiting.pop(future))


def _result(future: "Future[TaskResult]", job: Job) -> TaskResult:
    try:
        return future.result()
    except (BrokenExecutor, CancelledError, MonpsError):
        raise
    except Exception as error:
        task = job.task
        where = f"{task.forecaster} on {task.competition} {task.season.label}"
        raise RunnerError(f"{where} failed: {type(error).__name__}: {error}") from error


def run_job(job: Job) -> TaskResult:
    """Do a job: what a worker runs.

    Parameters
    ----------
    job : Job

    Returns
    -------
    TaskResult
    """
    return job.task.run(unpack(job.history))
