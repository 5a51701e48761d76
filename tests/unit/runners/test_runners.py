"""One battery for every runner."""

import operator
import os
import signal
import socket
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from monps.errors import RunnerError, UsageError
from monps.runners import RUNNERS


@pytest.fixture(scope="module", params=RUNNERS)
def runner(request):
    with RUNNERS[request.param](2, None) as made:
        yield made


def test_a_runner_is_an_executor(runner):
    assert isinstance(runner, Executor)


def test_answers_come_back(runner):
    assert list(runner.map(operator.add, range(5), range(5))) == [0, 2, 4, 6, 8]
    assert runner.submit(pow, 2, 10).result(timeout=60) == 1024


def test_keywords_are_handed_on(runner):
    assert runner.submit(partial(sorted, reverse=True), [1, 3, 2]).result(timeout=60) == [3, 2, 1]
    assert runner.submit(sorted, [1, 3, 2], reverse=True).result(timeout=60) == [3, 2, 1]


def test_the_same_call_is_made_as_often_as_asked(runner):
    """A runner may not take two equal calls for one: pids, times and draws would be shared."""
    first, second = (runner.submit(os.urandom, 8) for _ in range(2))
    assert first.result(timeout=60) != second.result(timeout=60)


def test_an_error_is_the_futures(runner):
    with pytest.raises(ZeroDivisionError):
        runner.submit(divmod, 1, 0).result(timeout=60)


@pytest.mark.parametrize("name", RUNNERS)
def test_nothing_is_taken_after_the_end(name):
    runner = RUNNERS[name](1, None)
    runner.shutdown(cancel_futures=True)
    with pytest.raises(RuntimeError):
        runner.submit(pow, 2, 2)


@pytest.mark.parametrize("name", sorted(RUNNERS.keys() - {"dask"}))
def test_a_scheduler_is_refused_where_none_is_asked(name):
    with pytest.raises(UsageError, match="asks no scheduler: leave tcp://there out"):
        RUNNERS[name](1, "tcp://there")


@pytest.mark.parametrize("name", sorted(RUNNERS.keys() - {"serial"}))
def test_no_worker_can_do_no_work(name):
    with pytest.raises(UsageError, match="at least one worker, not 0"):
        RUNNERS[name](0, None)


def test_workers_on_one_machine_take_one_thread_and_keep_their_memory():
    runner = RUNNERS["dask"](1, None)
    asked = [
        runner.submit(os.environ.get, name) for name in ("OPENBLAS_NUM_THREADS", "MALLOC_TRIM_THRESHOLD_")
    ]
    assert [each.result(timeout=60) for each in asked] == ["1", None]
    runner.shutdown()


def test_serial_work_is_done_here_and_at_once():
    done = []
    RUNNERS["serial"](1, None).submit(done.append, os.getpid())
    assert done == [os.getpid()]


@pytest.mark.parametrize("name", sorted(RUNNERS.keys() - {"serial"}))
def test_other_work_is_done_elsewhere(name):
    with RUNNERS[name](1, None) as runner:
        assert runner.submit(os.getpid).result(timeout=60) != os.getpid()


def test_an_interruption_ends_serial_work():
    with pytest.raises(KeyboardInterrupt):
        RUNNERS["serial"](1, None).submit(_interrupt)


def _interrupt():
    raise KeyboardInterrupt


def test_a_lost_process_breaks_the_pool_and_says_so():
    with RUNNERS["processes"](1, None) as runner, pytest.raises(BrokenProcessPool):
        runner.submit(_end, 0).result(timeout=60)


def _end(_number):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_scheduler_that_is_not_there_is_reported(monkeypatch):
    monkeypatch.setattr("monps.runners.dask._SECONDS_TO_ANSWER", 0.5)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(RunnerError, match=address):
            RUNNERS["dask"](1, address)


@pytest.mark.parametrize("address", ["nonsense://x", "tcp://127.0.0.1:notaport"])
def test_an_address_that_is_none_is_reported(address):
    with pytest.raises(RunnerError, match=address):
        RUNNERS["dask"](1, address)


def test_without_dask_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UsageError, match=r"monps\[distributed\]"):
        RUNNERS["dask"](1, None)
