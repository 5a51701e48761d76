"""Speed beside penaltyblog: fits, walk-forward seasons, grids, prices, margins and rates from odds."""

from collections.abc import Iterator
from itertools import chain

from benchmarks import data, fits, prices, season
from benchmarks.cases import Alone
from benchmarks.report import Report

NOTE = """Times are the best of several turns (ours, theirs, ours, theirs …), each turn as long for both;
beside them the ratio of the medians. Both have one BLAS thread: with more, penaltyblog's fits take several
times longer. Where fewer matches are named for theirs, the rest is extrapolated."""


def measure() -> Report:
    """Time everything."""
    title = f"Speed beside penaltyblog ({data.one_league()[0]})"
    cases = chain(fits.cases(), prices.cases(), _endings())
    return Report(title, (case.measure() for case in cases), (NOTE,))


def _endings() -> Iterator[Alone]:
    """Play a whole season many times."""
    name, play = next(season.cases())
    yield Alone(f"{season.RUNS:,} simulated seasons of 380 matches, {name}", play, season.TARGET_SECONDS)
