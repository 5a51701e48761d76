"""A Dask cluster: one that runs elsewhere, or one that is made here of several processes."""

from concurrent.futures import Executor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from monps.errors import RunnerError, UsageError
from monps.runners.serial import require_workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client, LocalCluster

_SECONDS_TO_ANSWER = 10
_FREE_PORT = "127.0.0.1:0"
_ON_ONE_MACHINE = {
    "distributed.comm.timeouts.connect": "5s",
    "distributed.nanny.pre-spawn-environ": {
        f"{library}_NUM_THREADS": 1 for library in ("OMP", "MKL", "OPENBLAS")
    },
}
"""Half a minute, as is usual, is long to ask a process of this machine that was killed for its results. And
workers usually hand each freed array back to the system (``MALLOC_TRIM_THRESHOLD_``), only to ask for it
again: a fifth of a sweep's time."""


class DaskExecutor(Executor):
    """Hands tasks to a cluster; a task whose worker is lost is given to another one by the scheduler.

    Parameters
    ----------
    client : distributed.Client
        Connected to the cluster.
    opened : ExitStack
        What is to be closed together with the executor.
    """

    def __init__(self, client: "Client", opened: ExitStack) -> None:
        self._opened = opened
        self._futures: Executor = client.get_executor(pure=False)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Hand a task to the scheduler."""
        return self._futures.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, and close it where it was made here; tasks are waited for if asked to."""
        self._futures.shutdown(wait=wait and not cancel_futures)
        self._opened.close()


def open_runner(workers: int, scheduler: str | None = None) -> DaskExecutor:
    """Return a runner on the cluster of a scheduler, or on one made here.

    Parameters
    ----------
    workers : int
        How many processes to start where no scheduler is named.
    scheduler : str, optional
        The address of one that runs: ``tcp://host:8786``.

    Raises
    ------
    UsageError
        If Dask is not installed, or less than one worker asked for.
    RunnerError
        If no scheduler answers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("this runner needs Dask: pip install 'monps[distributed]'") from error
    with ExitStack() as opening:
        client = _connected(Client, scheduler) if scheduler else Client(_made_here(workers, opening))
        opening.enter_context(client)
        return DaskExecutor(client, opening.pop_all())


def _made_here(workers: int, opening: ExitStack) -> "LocalCluster":
    import dask  # noqa: PLC0415 - an extra
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    require_workers(workers)
    opening.enter_context(dask.config.set(_ON_ONE_MACHINE))
    made = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=_FREE_PORT)
    return opening.enter_context(made)


def _connected(client: Any, scheduler: str) -> "Client":
    try:
        return client(scheduler, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise RunnerError(f"no Dask scheduler answers at {scheduler}: {error}") from error
