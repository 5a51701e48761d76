"""Several processes of this machine."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from monps.runners.serial import refuse_scheduler, require_workers


def open_runner(workers: int, scheduler: str | None = None) -> ProcessPoolExecutor:
    """Return a pool of fresh processes.

    They are spawned, not forked: a fork copies the locks of threads that it does not copy, and polars and
    BLAS have such threads.

    Parameters
    ----------
    workers : int
        How many.
    scheduler : None
        There is none.

    Raises
    ------
    UsageError
        If there is less than one worker, or a scheduler is named.
    """
    refuse_scheduler("processes", scheduler)
    require_workers(workers)
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
