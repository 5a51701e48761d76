"""One task after the other, in this process."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from monps.errors import UsageError

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class SerialExecutor(Executor):
    """Runs a task when it is submitted; its future is done when it is returned."""

    _closed = False

    def submit(
        self, fn: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Answer]:
        """Run a task; its error, if it has one, is kept in the future, an interruption is not.

        Raises
        ------
        RuntimeError
            After ``shutdown``, as every executor.
        """
        if self._closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Answer] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future is where a task's error belongs
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - the interface's
        """Take no more tasks."""
        self._closed = True


def open_runner(workers: int = 1, scheduler: str | None = None) -> SerialExecutor:  # noqa: ARG001 - one signature for all
    """Return a runner that works here and now.

    Raises
    ------
    UsageError
        If a scheduler is named: there is none here.
    """
    refuse_scheduler("serial", scheduler)
    return SerialExecutor()


def refuse_scheduler(runner: str, scheduler: str | None) -> None:
    """Refuse an address that the runner would not ask.

    Raises
    ------
    UsageError
        If there is one.
    """
    if scheduler is not None:
        raise UsageError(f"the runner {runner!r} asks no scheduler: leave {scheduler} out, or take 'dask'")


def require_workers(workers: int) -> None:
    """Refuse to work without a worker.

    Raises
    ------
    UsageError
        If there is less than one.
    """
    if workers < 1:
        raise UsageError(f"work needs at least one worker, not {workers}")
