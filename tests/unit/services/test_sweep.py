from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from datetime import UTC, datetime

import pytest

from fakes import FakeShelf
from monps.agents import BaseRate, Bookmakers
from monps.domain.identifiers import Season
from monps.errors import RunnerError, StorageError, UnknownNameError, UsageError
from monps.runners.serial import SerialExecutor
from monps.services import sweep
from monps.services.sweep import plan_sweep, run_sweep

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
SEASONS = Season(start=2024), Season(start=2025)
FORECASTERS = {"base_rate": BaseRate(), "bookmakers": Bookmakers()}


@pytest.fixture(scope="module")
def jobs(filled):
    return plan_sweep(filled, FORECASTERS, ("SIM1", "SIM2"), SEASONS, now=NOW)


class Failing(SerialExecutor):
    """Works until a task's turn comes that fails in its place."""

    def __init__(self, turn: int, error: BaseException) -> None:
        self.turn, self.error, self.asked = turn, error, 0

    def submit(self, fn, /, *args, **kwargs):
        self.asked += 1
        if self.asked < self.turn:
            return super().submit(fn, *args, **kwargs)
        future = Future()
        future.set_exception(self.error)
        return future


class Counting(SerialExecutor):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.tasks = []

    def submit(self, fn, /, *args, **kwargs):
        self.tasks.append(args[0].task.digest)
        return super().submit(fn, *args, **kwargs)


class LateFirst(Executor):
    """Takes jobs, and finishes them, the newest first, when there are as many as it holds."""

    def __init__(self, holds: int) -> None:
        self.holds, self.waiting, self.most = holds, [], 0

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, fn, args, kwargs))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == self.holds:
            while self.waiting:
                waiting, call, given, named = self.waiting.pop()
                waiting.set_result(call(*given, **named))
        return future


def test_there_is_a_job_for_each_forecaster_season_and_competition(jobs):
    assert [(j.task.competition, j.task.season.start, j.task.forecaster) for j in jobs] == [
        (code, year, name)
        for code in ("SIM1", "SIM2")
        for year in (2024, 2025)
        for name in ("base_rate", "bookmakers")
    ]
    assert len({job.task.digest for job in jobs}) == 8


def test_what_is_asked_for_twice_is_planned_once(filled, jobs):
    again = plan_sweep(filled, FORECASTERS, ("SIM1", "SIM2", "SIM1"), SEASONS * 2, now=NOW)
    assert again == jobs


def test_time_alone_changes_no_plan(filled, jobs):
    assert plan_sweep(filled, FORECASTERS, ("SIM1", "SIM2"), SEASONS, now=NOW.replace(year=2028)) == jobs


def test_less_known_is_another_plan(filled, jobs):
    early = plan_sweep(filled, FORECASTERS, ("SIM1", "SIM2"), SEASONS, now=NOW.replace(year=2025))
    assert not {job.task.digest for job in early} & {job.task.digest for job in jobs}


def test_an_unknown_competition_is_refused(filled):
    with pytest.raises(UnknownNameError, match="SIM9"):
        plan_sweep(filled, FORECASTERS, ("SIM9",), SEASONS, now=NOW)


def test_results_stand_in_the_order_of_asking_however_they_come(jobs):
    plain = run_sweep(jobs, FakeShelf(), SerialExecutor)
    late = run_sweep(jobs, FakeShelf(), lambda: LateFirst(len(jobs)))
    assert plain.results == late.results
    assert [result.task for result in plain.results] == [job.task.digest for job in jobs]
    assert plain.totals == late.totals
    assert {total.forecaster for total in plain.totals} == set(FORECASTERS)


def test_no_more_is_handed_out_than_a_scheduler_can_hold(jobs, monkeypatch):
    monkeypatch.setattr(sweep, "_HANDED_OUT", 4)
    runner = LateFirst(4)
    assert run_sweep(jobs, FakeShelf(), lambda: runner).run == len(jobs)
    assert runner.most == 4


def test_what_is_finished_is_never_run_again(jobs):
    shelf, told = FakeShelf(), []
    first = run_sweep(jobs, shelf, SerialExecutor)
    second = run_sweep(jobs, shelf, _nobody, step=told.append)
    assert (first.run, first.kept, second.run, second.kept) == (8, 0, 0, 8)
    assert second.results == first.results
    assert told == [f"{r.forecaster} {r.competition} {r.season.label}" for r in first.results]


def _nobody():
    raise AssertionError("no runner is needed")


def test_a_sweep_that_is_killed_goes_on_where_it_stopped(jobs):
    shelf = FakeShelf()
    with pytest.raises(KeyboardInterrupt):
        run_sweep(jobs, shelf, lambda: Failing(4, KeyboardInterrupt()))
    runner = Counting()
    found = run_sweep(jobs, shelf, lambda: runner)
    assert runner.tasks == [job.task.digest for job in jobs[3:]]
    assert (found.run, found.kept) == (5, 3)
    assert found.results == run_sweep(jobs, FakeShelf(), SerialExecutor).results


@pytest.mark.parametrize("loss", [BrokenExecutor("a process was killed"), CancelledError()])
def test_lost_workers_are_replaced(jobs, loss):
    runners = [Failing(3, loss), Failing(2, loss), Counting()]
    opened = iter(runners)
    found = run_sweep(jobs, FakeShelf(), lambda: next(opened))
    assert found.results == run_sweep(jobs, FakeShelf(), SerialExecutor).results
    assert runners[-1].tasks == [job.task.digest for job in jobs[3:]]


def test_a_sweep_gives_up_when_workers_are_lost_again_and_again(jobs):
    shelf, opened = FakeShelf(), []

    def open_runner():
        opened.append(Failing(2, BrokenExecutor("gone")))
        return opened[-1]

    with pytest.raises(RunnerError, match="all workers were lost 4 times, with 4 tasks to do"):
        run_sweep(jobs, shelf, open_runner)
    assert len(shelf.held) == len(opened) == 4


def test_a_task_that_fails_is_named_and_what_is_finished_is_kept(jobs):
    shelf = FakeShelf()
    with pytest.raises(RunnerError, match="bookmakers on SIM1 2024/25 failed: ZeroDivisionError: none"):
        run_sweep(jobs, shelf, lambda: Failing(2, ZeroDivisionError("none")))
    assert list(shelf.held) == [f"{jobs[0].task.digest}.json"]


def test_our_own_errors_come_as_they_are(jobs):
    with pytest.raises(UsageError, match="another version"):
        run_sweep(jobs, FakeShelf(), lambda: Failing(1, UsageError("another version")))


def test_a_damaged_result_is_reported(jobs):
    name = f"{jobs[0].task.digest}.json"
    with pytest.raises(StorageError, match=f"{name} is no result"):
        run_sweep(jobs, FakeShelf({name: b'{"task": "x"'}), SerialExecutor)


def test_what_cannot_be_judged_is_counted_with_its_reason(filled):
    jobs = plan_sweep(filled, FORECASTERS, ("SIM1",), (Season(start=1999),), now=NOW)
    found = run_sweep(jobs, FakeShelf(), SerialExecutor)
    assert all("0 of 0 matches" in result.refused for result in found.results)
    assert [(total.tasks, total.refused, total.n, total.rps) for total in found.totals] == [
        (1, 1, 0, None)
    ] * 2
