"""Match days in order: what had become known by each morning, and what is played on the day."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Ints
from monps.tables.matches import MatchTable


class MatchDay(NamedTuple):
    """One morning, of a day with a match or after one.

    Parameters
    ----------
    day : float
        Days from 1970.
    known : ndarray of int
        The table's rows whose results became known since the morning before.
    fixtures : ndarray of int
        The rows that are played today.
    """

    day: float
    known: Ints
    fixtures: Ints


def match_days(table: MatchTable) -> Iterator[MatchDay]:
    """Go through the days on which something is played or has become known.

    Parameters
    ----------
    table : MatchTable
        The n matches; of fixtures nothing ever becomes known.

    Yields
    ------
    MatchDay
    """
    if not len(table):
        return
    played, known = np.floor(table.kickoff_days), np.ceil(table.known_days)
    days = np.unique(np.concatenate([played, known[table.is_played]]))
    by_day, by_knowledge = np.argsort(played, kind="stable"), np.argsort(known, kind="stable")
    by_knowledge = by_knowledge[table.is_played[by_knowledge]]
    fixtures = np.split(by_day, np.searchsorted(played[by_day], days[1:]))
    results = np.split(by_knowledge, np.searchsorted(known[by_knowledge], days[1:]))
    for day, new, today in zip(days, results, fixtures, strict=True):
        yield MatchDay(float(day), new, today)
