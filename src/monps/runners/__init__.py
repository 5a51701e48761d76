"""Where tasks run: here, in several processes, or on a Dask cluster.

Each runner is a ``concurrent.futures.Executor``. A task is a callable that can be pickled; a runner knows
nothing of what it does.
"""

from collections.abc import Callable
from concurrent.futures import Executor

from monps.runners import dask, processes, serial

RUNNERS: dict[str, Callable[[int, str | None], Executor]] = {
    "serial": serial.open_runner,
    "processes": processes.open_runner,
    "dask": dask.open_runner,
}
"""By name: functions of the number of workers and of a scheduler's address, where there is one."""

__all__ = ["RUNNERS"]
