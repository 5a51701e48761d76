"""The garbage collector, held back where it looks at much and finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Make no cyclic garbage collection inside the block.

    Records are made by the hundred thousand, none of them part of a cycle; to look through all of them
    again and again takes a quarter of the time that reading and storing them takes.

    Examples
    --------
    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def freeze_what_lives() -> None:
    """Have the collector never again look at what is alive now: modules, tables, what was learned.

    For processes that answer for long. A full collection, which making predictions sets off, otherwise goes
    through all of it, for a quarter of a second, while everybody waits.
    """
    gc.collect()
    gc.freeze()
