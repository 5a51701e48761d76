"""Markets and families: a rule, what it looks at, and the lines and periods it is offered on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from monps.domain.market import MarketKey, Selection
from monps.errors import UnknownNameError, UsageError
from monps.markets.facts import Facts
from monps.markets.rules import Rule
from monps.markets.timing import BAND_MINUTES, FIRST_HALF, FULL_TIME, PERIODS, SECOND_HALF
from monps.markets.views import FullTime, View, Window
from monps.numerics.checks import Floats, Ints

Lines = tuple[float | None, ...]
NO_LINE: Lines = (None,)
WITH_HALVES: Mapping[str, Lines] = dict.fromkeys((FULL_TIME, FIRST_HALF, SECOND_HALF), NO_LINE)


class Market(NamedTuple):
    """One market.

    Parameters
    ----------
    key : MarketKey
        Its family, line and period.
    rule : Rule
        How it settles.
    view : View
        What the rule looks at.
    """

    key: MarketKey
    rule: Rule
    view: View

    @property
    def selections(self) -> tuple[Selection, ...]:
        """What one can back."""
        return tuple(Selection(self.key, name) for name in self.rule.selections)

    def payoffs(self, size: int) -> Floats:
        """Settle a unit stake on every selection for every outcome of the view.

        Parameters
        ----------
        size : int
            Scores a side of the grid to be priced, counting 0.

        Returns
        -------
        ndarray, shape (k, …)
        """
        return self._apply(*self.view.outcomes(size))

    def settle(self, facts: Facts) -> Floats:
        """Settle a unit stake on every selection.

        Parameters
        ----------
        facts : Facts
            What happened in n matches.

        Returns
        -------
        ndarray, shape (k, n)
            In {-1, -½, 0, ½, 1}; NaN where the facts it needs are not known.
        """
        arguments = np.stack(self.view.observe(facts))
        known = ~np.isnan(arguments).any(axis=0)
        settled = self._apply(*np.where(known, arguments, 0.0))
        return np.where(known, settled, np.nan)

    def describe(self) -> str:
        """Say how the market settles."""
        line = "" if self.key.line is None else f"{self.key.line:g}"
        return self.rule.words.format(line=line) + _only(self.key.period)

    def _apply(self, *arguments: Floats | Ints) -> Floats:
        line = () if self.key.line is None else (self.key.line,)
        return self.rule.settle(*arguments, *line)


def _only(period: str) -> str:
    if period == FULL_TIME:
        return ""
    bands = PERIODS[period]
    return f" Only minutes {BAND_MINUTES * bands.start + 1}–{BAND_MINUTES * bands.stop} count."


def _period(key: MarketKey) -> View:
    return FullTime() if key.period == FULL_TIME else Window(PERIODS[key.period])


@dataclass(frozen=True, eq=False)
class Family:
    """Markets that differ only in line and period.

    Parameters
    ----------
    name : str
        As in ``MarketKey.family``.
    rule : Rule
        How they settle.
    lines : mapping of str to tuple
        The lines listed for each period.
    step : float, optional
        Distance of the lines that may be asked for, listed or not; families without it have no line.
    least : float
        The lowest line that may be asked for.
    view : callable, optional
        From a key to what the rule looks at; by default the score of the key's period.
    subject : str
        What is counted: ``"goals"``, ``"corners"`` or ``"cards"``.
    shorter : Rule, optional
        The rule for parts of a match, where it differs.
    """

    name: str
    rule: Rule
    lines: Mapping[str, Lines] = field(default_factory=lambda: {FULL_TIME: NO_LINE})
    step: float | None = None
    least: float = 0.0
    view: Callable[[MarketKey], View] = _period
    subject: str = "goals"
    shorter: Rule | None = None

    def market(self, line: float | None = None, period: str = FULL_TIME) -> Market:
        """Return the market of a line and a period, listed or not.

        Parameters
        ----------
        line : float, optional
            From the home side's view, if it is a handicap.
        period : str
            A name of ``PERIODS``.

        Raises
        ------
        UsageError
            If the family has no such line.
        UnknownNameError
            If it has no such period.
        """
        if not self._has_line(line):
            wanted = (
                "no line" if self.step is None else f"a line from {self.least:g} in steps of {self.step:g}"
            )
            raise UsageError(f"{self.name} takes {wanted}, not {line}")
        periods = PERIODS if self.view is _period and self.subject == "goals" else self.lines
        if period not in periods:
            raise UnknownNameError("period", period, tuple(periods))
        key = MarketKey(self.name, line, period)
        rule = self.rule if period == FULL_TIME or self.shorter is None else self.shorter
        return Market(key, rule, self.view(key))

    def listed(self) -> tuple[MarketKey, ...]:
        """Return the keys of all markets listed."""
        return tuple(
            MarketKey(self.name, line, period) for period in self.lines for line in self.lines[period]
        )

    def _has_line(self, line: float | None) -> bool:
        if line is None or self.step is None:
            return line is None and self.step is None
        return line >= self.least and ((line - self.least) / self.step).is_integer()


def lines(first: float, last: float, step: float) -> Lines:
    """Return the lines from first to last.

    Parameters
    ----------
    first, last : float
        Both are lines.
    step : float
        Their distance.

    Examples
    --------
    >>> lines(0.5, 1.25, 0.25)
    (0.5, 0.75, 1.0, 1.25)
    """
    return tuple(first + step * number for number in range(round((last - first) / step) + 1))
