"""Time calls in turn, so that all of them meet the same machine."""

import gc
import math
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import NamedTuple

Call = Callable[[], object]


class Timing(NamedTuple):
    """Seconds a call: the best block of calls, and the median block."""

    best: float
    median: float


def in_turn(calls: Sequence[Call], *, rounds: int, at_least: float) -> list[Timing]:
    """Time calls A B A B …, each in blocks of equal length.

    Parameters
    ----------
    calls : sequence of callable
        What to time; each is called once before, untimed.
    rounds : int
        How many blocks of each.
    at_least : float
        Seconds a block lasts: quick calls are repeated, so that none of them suffers more from what ran
        before it.

    Returns
    -------
    list of Timing
    """
    repeats = [max(1, math.ceil(at_least / _block(call, 1))) for call in calls]
    blocks = [[_block(*pair) for pair in zip(calls, repeats, strict=True)] for _ in range(rounds)]
    return [Timing(min(times), statistics.median(times)) for times in zip(*blocks, strict=True)]


def _block(call: Call, repeats: int) -> float:
    gc.collect()
    begun = perf_counter()
    for _ in range(repeats):
        call()
    return (perf_counter() - begun) / repeats
