"""What a market looks at: its outcomes, how likely they are given the final score, and how to read the facts.

Whatever the view, a price stays a linear functional of the full-time grid: ``expectation`` turns values of
the view's outcomes into expected values given each final score.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from monps.markets.facts import Facts
from monps.markets.timing import FIRST_HALF, PERIODS, QUARTER_HOURS, SECOND_HALF, GoalTiming
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints
from monps.numerics.thinning import exchangeable, ordered_counts


class View(ABC):
    """What a market is settled on; hashable, so that markets that look at the same thing share the work."""

    @abstractmethod
    def outcomes(self, size: int) -> tuple[Ints, ...]:
        """Return all outcomes, as equally shaped arrays: the rule's arguments.

        Parameters
        ----------
        size : int
            Scores a side of the grid, counting 0.
        """

    @abstractmethod
    def expectation(self, values: Floats, size: int, timing: GoalTiming) -> Floats:
        """Turn values of the outcomes into their expectations given each final score.

        Parameters
        ----------
        values : ndarray, shape (k, *outcomes)
            k functions of the outcome.
        size : int
            Scores a side of the grid, counting 0.
        timing : GoalTiming
            When goals fall.

        Returns
        -------
        ndarray, shape (k, size²)
        """

    @abstractmethod
    def observe(self, facts: Facts) -> tuple[Floats, ...]:
        """Return the rule's arguments as they happened, each of shape (n,), NaN where not known.

        Parameters
        ----------
        facts : Facts
            What is known of n matches.
        """


class _PartScore(View):
    """The score ``(home, away)`` of a part of the match."""

    def outcomes(self, size: int) -> tuple[Ints, ...]:
        """Return all scores."""
        home, away = np.indices((size, size))
        return home, away

    def expectation(self, values: Floats, size: int, timing: GoalTiming) -> Floats:
        """Spread the final score's goals over the part and the rest."""
        chance = exchangeable(self.counts(2 * (size - 1), timing), size).reshape(size**2, size**2)
        return checks.floats("expected values", values.reshape(len(values), -1) @ chance.T)

    @abstractmethod
    def counts(self, most: int, timing: GoalTiming) -> Floats:
        """Return the chance that x of n goals fall into the part, shape (most + 1, most + 1).

        Parameters
        ----------
        most : int
            Largest number of goals of a match.
        timing : GoalTiming
            When goals fall.
        """


@dataclass(frozen=True)
class Window(_PartScore):
    """The score inside some quarter-hours.

    Parameters
    ----------
    bands : range
        A value of ``PERIODS``.
    """

    bands: range

    def counts(self, most: int, timing: GoalTiming) -> Floats:
        """Count by the quarter-hours' shares."""
        return timing.window_counts(self.bands, most)

    def observe(self, facts: Facts) -> tuple[Floats, ...]:
        """Return the score of the period."""
        return facts.score(self.bands)


@dataclass(frozen=True)
class FullTime(Window):
    """The final score, which needs no timing."""

    bands: range = PERIODS["full_time"]

    def expectation(self, values: Floats, size: int, timing: GoalTiming) -> Floats:  # noqa: ARG002 - a View's
        """Return the values as they are."""
        return values.reshape(len(values), size**2)


@dataclass(frozen=True)
class InOrder(_PartScore):
    """The score of ``goals[start:stop]``, the goals being in the order in which they were scored.

    Parameters
    ----------
    start, stop : int, optional
        Places in that order; negative ones count from the last.
    """

    start: int | None
    stop: int | None

    def counts(self, most: int, timing: GoalTiming) -> Floats:  # noqa: ARG002 - a View's
        """Count by place."""
        return ordered_counts(slice(self.start, self.stop), most)

    def observe(self, facts: Facts) -> tuple[Floats, ...]:
        """Return the score of the slice."""
        return facts.score_in_order(self.start, self.stop)


@dataclass(frozen=True)
class Halves(View):
    """The scores of both halves: ``(first_home, first_away, second_home, second_away)``."""

    def outcomes(self, size: int) -> tuple[Ints, ...]:
        """Return all pairs of scores that add up to one on the grid, in cells [home, away, first half's]."""
        home, away, first_home, first_away = np.indices((size,) * 4)
        return first_home, first_away, np.maximum(home - first_home, 0), np.maximum(away - first_away, 0)

    def expectation(self, values: Floats, size: int, timing: GoalTiming) -> Floats:
        """Sum over the half-time scores, those that cannot be having no weight."""
        first = timing.window_counts(PERIODS[FIRST_HALF], 2 * (size - 1))
        chance = exchangeable(first, size).reshape(size**2, size**2)
        summed = np.einsum("kcx,cx->kc", values.reshape(len(values), size**2, size**2), chance)
        return checks.floats("expected values", summed)

    def observe(self, facts: Facts) -> tuple[Floats, ...]:
        """Return both halves' scores."""
        return *facts.score(PERIODS[FIRST_HALF]), *facts.score(PERIODS[SECOND_HALF])


@dataclass(frozen=True)
class FirstGoal(View):
    """The quarter-hour of the first goal: ``(band,)``, from 0; 6 stands for no goal."""

    def outcomes(self, size: int) -> tuple[Ints, ...]:  # noqa: ARG002 - a View's
        """Return the quarter-hours, and 6."""
        return (np.arange(len(QUARTER_HOURS) + 1),)

    def expectation(self, values: Floats, size: int, timing: GoalTiming) -> Floats:
        """Sum over the quarter-hours, given the number of goals."""
        goals = np.add.outer(np.arange(size), np.arange(size)).ravel()
        chance = timing.first_goal_counts(2 * (size - 1))[goals]
        return checks.floats("expected values", values @ chance.T)

    def observe(self, facts: Facts) -> tuple[Floats, ...]:
        """Return the quarter-hour of the first goal."""
        return (facts.first_goal_band(),)
