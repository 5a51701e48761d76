"""Who plays whom, when: a double round-robin by the circle method, set on the days of a season."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from monps.errors import UsageError
from monps.numerics.checks import Ints

EARLIEST_KICKOFF = (8, 8)
WEEKENDS = 41
WEEKENDS_OFF = (4, 9, 14, 32)
"""Weekends left to national sides, counted from the first of the season."""
MIDWEEKS = (3, 38)
"""First and last weekend after which midweek rounds may be played."""
REFEREES = 20

_SATURDAY = 5
_AFTERNOON = (0, 15 * 60)
_TUESDAY, _WEDNESDAY = (0, 19 * 60 + 45), (1, 20 * 60)
_TELEVISED = ((-1, 20 * 60), (0, 12 * 60 + 30), (0, 17 * 60 + 30), (1, 14 * 60), (1, 16 * 60 + 30))
"""Days from Saturday and minutes from midnight of the matches that are moved for television."""


class Schedule(NamedTuple):
    """A season's matches in the order in which they begin, every array of shape (n,).

    ``day`` counts days from 1970, ``minute`` minutes from midnight in the country's own (British) time;
    ``week`` counts weeks from the first of August; clubs and referees are numbers.
    """

    day: Ints
    minute: Ints
    home: Ints
    away: Ints
    referee: Ints
    week: Ints

    @property
    def sides(self) -> Ints:
        """Shape (2n,): each match's home club, then its away club."""
        return np.stack([self.home, self.away], axis=1).ravel()


def pairings(clubs: int) -> Ints:
    """Pair an even number of clubs, shape (2 (clubs − 1), clubs / 2, 2): home and away in each round.

    Every club plays once a round, and receives every other exactly once.

    Raises
    ------
    UsageError
        If the number is odd or below 2.

    Examples
    --------
    >>> pairings(2).tolist()
    [[[0, 1]], [[1, 0]]]
    """
    if clubs < 2 or clubs % 2:  # noqa: PLR2004
        raise UsageError(f"a double round-robin needs an even number of clubs, not {clubs}")
    circle = max(clubs - 1, 1)
    turn, place = np.arange(circle)[:, None], np.arange(clubs // 2)[None, :]
    left, right = (turn + place) % circle, (turn - place) % circle
    right[:, 0] = clubs - 1
    swapped = np.where(place == 0, turn % 2 == 1, place % 2 == 0)
    first = np.stack([np.where(swapped, right, left), np.where(swapped, left, right)], axis=2)
    return np.concatenate([first, first[:, :, ::-1]])


def first_saturday(start: int) -> date:
    """Return the first Saturday of a season on which a league plays.

    Examples
    --------
    >>> first_saturday(2025)
    datetime.date(2025, 8, 9)
    """
    earliest = date(start, *EARLIEST_KICKOFF)
    return earliest + timedelta(days=(_SATURDAY - earliest.weekday()) % 7)


def round_days(rounds: int, start: int) -> Ints:
    """Return the day of each round, shape (rounds,), in days from 1970: a Saturday, or a Tuesday if need be.

    Raises
    ------
    UsageError
        If the season has not so many days.
    """
    weekends = np.setdiff1d(np.arange(WEEKENDS), WEEKENDS_OFF)
    midweeks = np.arange(MIDWEEKS[0], MIDWEEKS[1] + 1)
    surplus = max(rounds - len(weekends), 0)
    if surplus > len(midweeks):
        raise UsageError(
            f"a season has no room for {rounds} rounds, only for {len(weekends) + len(midweeks)}"
        )
    saturdays = 7 * _evenly(weekends, rounds - surplus)
    tuesdays = 7 * _evenly(midweeks, surplus) + 3
    return np.sort(np.concatenate([saturdays, tuesdays])) + _since_1970(first_saturday(start))


def draw_schedule(clubs: Ints, start: int, rng: np.random.Generator) -> Schedule:
    """Draw a season of these clubs.

    Parameters
    ----------
    clubs : ndarray, shape (c,)
        The clubs' numbers, an even count.
    start : int
        The year in which the season starts.
    rng : numpy.random.Generator
        Decides who has which place in the circle, who is televised, and who referees: never one referee
        twice in a round.
    """
    paired = rng.permutation(clubs)[pairings(len(clubs))]
    rounds, matches, _ = paired.shape
    saturday_or_tuesday = round_days(rounds, start)
    offset, minute = _hours(saturday_or_tuesday, matches, rng)
    day = saturday_or_tuesday[:, None] + offset
    panel = rng.permuted(np.tile(np.arange(REFEREES), (rounds, 1)), axis=1)[:, :matches]
    week = (day - _since_1970(date(start, 8, 1))) // 7
    columns = [column.ravel() for column in (day, minute, paired[:, :, 0], paired[:, :, 1], panel, week)]
    order = np.lexsort((columns[2], columns[1], columns[0]))
    return Schedule(*(column[order] for column in columns))


def _since_1970(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _evenly(choices: Ints, count: int) -> Ints:
    return choices[np.round(np.linspace(0, len(choices) - 1, count)).astype(np.int64)]


def _hours(days: Ints, matches: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw each match's day, counted from its round's, and its minute: both of shape (rounds, matches)."""
    on_saturday = (days + 3) % 7 == _SATURDAY  # 1970 began on a Thursday, weekday 3
    slots = np.where(on_saturday[:, None, None], _weekend(matches), _midweek(matches))
    lots = rng.permuted(np.tile(np.arange(matches), (len(days), 1)), axis=1)
    drawn = np.take_along_axis(slots, lots[:, :, None], axis=1)
    return drawn[:, :, 0], drawn[:, :, 1]


def _weekend(matches: int) -> Ints:
    return np.array([*_TELEVISED, *[_AFTERNOON] * matches][:matches], dtype=np.int64)


def _midweek(matches: int) -> Ints:
    early = matches // 2
    return np.array([_TUESDAY] * early + [_WEDNESDAY] * (matches - early), dtype=np.int64)
