"""What a benchmark of speed compares."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.report import Cell
from benchmarks.timing import Timing, in_turn

Call = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """One operation, done by both.

    Parameters
    ----------
    name : str
        What is done.
    ours, theirs : callable
        How.
    target : float
        How many times faster we want to be.
    units : tuple of int
        With how many matches, or prices, each of the calls deals; the ratio is that of the times per unit.
    rounds : int
        How often they take turns.
    at_least : float
        Seconds a turn lasts.
    """

    name: str
    ours: Call
    theirs: Call
    target: float
    units: tuple[int, int] = (1, 1)
    rounds: int = 9
    at_least: float = 0.1

    def measure(self) -> dict[str, Cell]:
        """Time both in turn."""
        timings = in_turn([self.ours, self.theirs], rounds=self.rounds, at_least=self.at_least)
        ours, theirs = (_per_unit(timing, unit) for timing, unit in zip(timings, self.units, strict=True))
        ratio = theirs.best / ours.best
        return {
            "operation": self.name,
            "theirs": _seconds(theirs.best * self.units[0]),
            "ours": _seconds(ours.best * self.units[0]),
            "times faster": ratio,
            "of medians": theirs.median / ours.median,
            "target": f"≥ {self.target:g}",
            "met": "yes" if ratio >= self.target else "no",
        }


@dataclass(frozen=True)
class Alone:
    """One operation that the peer has not.

    Parameters
    ----------
    name : str
        What is done.
    call : callable
        How.
    target : float
        Seconds it may take.
    rounds : int
        How often it is timed.
    """

    name: str
    call: Call
    target: float
    rounds: int = 5

    def measure(self) -> dict[str, Cell]:
        """Time it."""
        (timing,) = in_turn([self.call], rounds=self.rounds, at_least=0.0)
        return {
            "operation": self.name,
            "theirs": "–",
            "ours": _seconds(timing.best),
            "times faster": None,
            "of medians": None,
            "target": f"≤ {self.target:g} s",
            "met": "yes" if timing.best <= self.target else "no",
        }


def _per_unit(timing: Timing, units: int) -> Timing:
    return Timing(timing.best / units, timing.median / units)


def _seconds(value: float) -> str:
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"
