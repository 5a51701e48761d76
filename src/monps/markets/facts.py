"""What happened: the facts that bets are settled on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import UsageError
from monps.markets.timing import BAND_MINUTES, FIRST_HALF, FULL_TIME, PERIODS, QUARTER_HOURS, SECOND_HALF
from monps.numerics import checks
from monps.numerics.checks import Bools, Floats, Ints

Score = tuple[Floats, Floats]
"""Goals of the home and of the away sides, each of shape (n,), NaN where not known."""


@dataclass(frozen=True, eq=False)
class Goals:
    """The goals of some matches, each match's in the order in which they were scored.

    Parameters
    ----------
    match : ndarray of int, shape (g,)
        The match's place among the facts.
    home : ndarray of bool, shape (g,)
        Whether the goal counts for the home side.
    minute : ndarray, shape (g,)
        1 to 90; stoppage time counts as minute 45 or 90.

    Raises
    ------
    UsageError
        If the lengths differ or a minute is outside 1 to 90.
    """

    match: Ints
    home: Bools
    minute: Floats

    def __post_init__(self) -> None:
        checks.same_length(match=self.match, home=self.home, minute=self.minute)
        checks.within("minute", self.minute, 1, 90)

    @property
    def band(self) -> Ints:
        """Shape (g,): the quarter-hour of each goal, from 0."""
        return ((self.minute - 1) // BAND_MINUTES).astype(np.int64)

    def place(self) -> tuple[Ints, Ints]:
        """Each goal's place in its match's order, and the match's number of goals, each of shape (g,)."""
        order = np.argsort(self.match, kind="stable")
        numbers = np.bincount(self.match)
        starts = np.cumsum(numbers) - numbers
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order)) - np.repeat(starts, numbers)
        return place, numbers[self.match]


NONE_LISTED = Goals(np.array([], dtype=np.int64), np.array([], dtype=np.bool_), np.array([]))


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known of n matches that were played: goals, or any other count of both sides.

    Parameters
    ----------
    full_time : pair of ndarray, shape (n,)
        Home and away; NaN where not known.
    half_time : pair of ndarray, shape (n,), optional
        The same at the break.
    goals : Goals, optional
        The goals in order. They are believed for a match when they add up to its final score.

    Raises
    ------
    ShapeError
        If the lengths differ.
    UsageError
        If a side has more goals at half-time than at full time, or a goal belongs to no match.

    Examples
    --------
    >>> facts = Facts.of_scores([2, 0], [1, 0])
    >>> facts.score(PERIODS["full_time"])
    (array([2., 0.]), array([1., 0.]))
    >>> facts.score(PERIODS["first_half"])
    (array([nan,  0.]), array([nan,  0.]))
    """

    full_time: Score
    half_time: Score | None = None
    goals: Goals = NONE_LISTED

    def __post_init__(self) -> None:
        half = self.half_time or self.full_time
        checks.same_length(
            home=self.full_time[0], away=self.full_time[1], home_half_time=half[0], away_half_time=half[1]
        )
        if any((early > final).any() for early, final in zip(half, self.full_time, strict=True)):
            raise UsageError("a side cannot have more goals at half-time than at full time")
        if not np.isin(self.goals.match, np.arange(len(self))).all():
            raise UsageError(f"a goal's match must be from 0 to {len(self) - 1}")

    @classmethod
    def of_scores(cls, home: ArrayLike, away: ArrayLike) -> "Facts":
        """Know the final scores alone.

        Parameters
        ----------
        home, away : array_like, shape (n,)
            Goals, or whatever is counted.
        """
        return cls((np.atleast_1d(checks.floats("home", home)), np.atleast_1d(checks.floats("away", away))))

    def __len__(self) -> int:
        return len(self.full_time[0])

    def score(self, bands: range) -> Score:
        """Return the score inside some quarter-hours, NaN where it is not known.

        Parameters
        ----------
        bands : range
            A value of ``PERIODS``.
        """
        if bands == PERIODS[FULL_TIME]:
            return self.full_time
        if bands == PERIODS[FIRST_HALF]:
            return self._first_half()
        if bands == PERIODS[SECOND_HALF]:
            (home, away), (early_home, early_away) = self.full_time, self._first_half()
            return home - early_home, away - early_away
        return self._counted(np.isin(self.goals.band, bands))

    def score_in_order(self, start: int | None, stop: int | None) -> Score:
        """Return the score of ``goals[start:stop]``, NaN where it is not known.

        Parameters
        ----------
        start, stop : int, optional
            Places in the order of the goals; negative ones count from the last.
        """
        place, number = self.goals.place()
        first = _position(start, number, np.zeros_like(number))
        return self._counted((place >= first) & (place < _position(stop, number, number)))

    def first_goal_band(self) -> Floats:
        """Shape (n,): the quarter-hour of the first goal, 6 where there was none, NaN where not known."""
        scores = [self._counted(self.goals.band < end) for end in range(1, len(QUARTER_HOURS) + 1)]
        goalless = [np.where(np.isnan(home), np.nan, home + away == 0) for home, away in scores]
        return checks.floats("first goal", np.sum(goalless, axis=0))

    def _first_half(self) -> Score:
        home, away = self._counted(np.isin(self.goals.band, PERIODS[FIRST_HALF]))
        if self.half_time is None:
            return home, away
        told_home, told_away = self.half_time
        return np.where(np.isnan(told_home), home, told_home), np.where(np.isnan(told_away), away, told_away)

    def _counted(self, inside: Bools) -> Score:
        """Count the goals inside, for the matches all of whose goals are listed."""
        complete = (self._count(np.ones_like(inside)) == np.stack(self.full_time)).all(axis=0)
        home, away = np.where(complete, self._count(inside), np.nan)
        return home, away

    def _count(self, chosen: Bools) -> Ints:
        sides = (chosen & self.goals.home, chosen & ~self.goals.home)
        return np.stack([np.bincount(self.goals.match[side], minlength=len(self)) for side in sides])


def _position(edge: int | None, number: Ints, default: Ints) -> Ints:
    """Read one end of a slice, which is counted from the end of a match's goals where it is negative."""
    if edge is None:
        return default
    return number + edge if edge < 0 else np.full_like(number, edge)
