"""What earlier seasons taught a pool: the weights of its members, by who of them speaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from monps.agents import GridForecast
from monps.brain.pool import lean_weights, learn_weights
from monps.numerics.checks import Bools, Floats, Ints
from monps.ratings.combination import known_before
from monps.tables.matches import MatchTable

FEWEST = 300
"""Matches without which weights are not learned: the first member that speaks then speaks alone."""


def log_outcomes(forecast: GridForecast) -> Floats:
    """Shape (n, 3): log probabilities of home win, draw, away win; NaN where there is no forecast."""
    made = forecast.made
    logs = np.full((len(made), 3), np.nan)
    logs[made] = np.log(forecast.grid(made).outcomes())
    return logs


def who_speaks(logs: Floats, members: int) -> Bools:
    """Return who speaks of each match; where no member does, the voices keep silent too.

    Parameters
    ----------
    logs : ndarray, shape (m, n, 3)
        As ``log_outcomes`` gives it, the members' first.
    members : int
        How many of the m are members.

    Returns
    -------
    ndarray of bool, shape (n, m)
    """
    said = np.asarray(np.isfinite(logs).all(axis=2)).T
    return np.asarray(said & said[:, :members].any(axis=1, keepdims=True))


class Taught(NamedTuple):
    """What was said of earlier matches, and how they ended: what weights are learned from.

    Parameters
    ----------
    logs : ndarray, shape (m, c, 3)
        As ``log_outcomes`` gives it.
    happened : ndarray of int, shape (c,)
        How the matches ended.
    own : ndarray of bool, shape (c,)
        Which of them are of the competition that the weights are for.
    precision : float
        How firmly a competition's weights are held to those of all together.
    """

    logs: Floats
    happened: Ints
    own: Bools
    precision: float


def walked_weights(
    table: MatchTable, logs: Floats, speaks: Bools, *, wanted: Bools, precision: float
) -> Floats:
    """Return matches' weights, each season's as the seasons before it taught them.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    logs : ndarray, shape (m, n, 3)
        As ``log_outcomes`` gives it.
    speaks : ndarray of bool, shape (n, m)
        Who speaks.
    wanted : ndarray of bool, shape (n,)
        Which matches need weights.
    precision : float
        How firmly a competition's weights are held to those of all together.

    Returns
    -------
    ndarray, shape (n, m)
        NaN where nobody speaks, and where none are wanted.
    """
    seasons, places = table.column("season"), table.frame["competition"].to_numpy()
    weights = np.full(speaks.shape, np.nan)
    for season in np.unique(seasons[wanted]):
        now, earlier = wanted & (seasons == season), known_before(table, int(season))
        for place in np.unique(places[now]):
            here, own = now & (places == place), places[earlier] == place
            taught = Taught(logs[:, earlier], table.outcomes[earlier], own, precision)
            weights[here] = _weights_for(speaks[here], taught)
    return weights


def _weights_for(speaks: Bools, taught: Taught) -> Floats:
    """Return weights for matches, shape (n, m), by which members have a forecast of each."""
    weights = np.full(speaks.shape, np.nan)
    for pattern in np.unique(speaks, axis=0):
        if pattern.any():
            weights[(speaks == pattern).all(axis=1)] = pattern_weights(pattern, taught)
    return weights


def pattern_weights(pattern: Bools, taught: Taught) -> Floats:
    """Return the weights, shape (m,), that hold where those members speak and no others.

    Where one of them never spoke in the same matches as the rest, it is left out of the pool.
    """
    for candidates in _fewer_and_fewer(pattern):
        logs = taught.logs[candidates]
        known = np.isfinite(logs).all(axis=(0, 2))
        if known.sum() >= FEWEST:
            shared, own = learn_weights(logs[:, known], taught.happened[known]), known & taught.own
            weights = np.zeros(len(pattern))
            weights[candidates] = lean_weights(shared, logs[:, own], taught.happened[own], taught.precision)
            return weights
    alone = np.zeros(len(pattern))
    alone[np.flatnonzero(pattern)[0]] = 1.0
    return alone


def _fewer_and_fewer(pattern: Bools) -> Iterator[Bools]:
    """Yield the members that speak; and then without the last of them, as long as two are left."""
    speakers = np.flatnonzero(pattern)
    for count in range(len(speakers), 1, -1):
        yield np.isin(np.arange(len(pattern)), speakers[:count])


Pattern = tuple[bool, ...]
"""Whether the first member reads the last prices, and who speaks."""


@dataclass(frozen=True, eq=False)
class Lessons:
    """What members and voices said of all matches of a table.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    early, late : ndarray, shape (m, n, 3)
        As ``log_outcomes`` gives it; in ``late``, the first member has read the last prices.
    precision : float
        How firmly a competition's weights are held to those of all together.
    """

    table: MatchTable
    early: Floats
    late: Floats
    precision: float

    @classmethod
    def of(
        cls, table: MatchTable, said: Sequence[GridForecast], late: GridForecast, precision: float
    ) -> "Lessons":
        """Gather what was said."""
        early = np.stack([log_outcomes(forecast) for forecast in said])
        return cls(table, early, np.concatenate([log_outcomes(late)[None], early[1:]]), precision)

    def weights(self, season: int, fixtures: Bools, members: int) -> Mapping[Pattern, Floats]:
        """Return the weights for every pattern of speakers that may come up among some fixtures.

        The first member speaks where there are prices, and so may or may not; of the others it is known.

        Parameters
        ----------
        season : int
            The fixtures' season: what is learned is learned from those before.
        fixtures : ndarray of bool, shape (n,)
            Which matches they are, all of one competition.
        members : int
            How many of the m are members.
        """
        earlier = known_before(self.table, season)
        early, late = (self._taught(logs, earlier, fixtures) for logs in (self.early, self.late))
        said = np.asarray(np.isfinite(self.early[:, fixtures]).all(axis=2))
        may = [(False, True), *(tuple(np.unique(each).tolist()) for each in said[1:])]
        found: dict[Pattern, Floats] = {}
        for pattern in product(*may):
            if any(pattern[:members]):
                who = np.array(pattern)
                found[False, *pattern] = pattern_weights(who, early)
                if pattern[0]:
                    found[True, *pattern] = pattern_weights(who, late)
        return found

    def _taught(self, logs: Floats, earlier: Bools, fixtures: Bools) -> Taught:
        places = self.table.frame["competition"].to_numpy()
        own = np.isin(places[earlier], places[fixtures])
        return Taught(logs[:, earlier], self.table.outcomes[earlier], own, self.precision)
