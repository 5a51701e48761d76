"""Elo ratings: one number a team, moved by each result as far as it surprised."""

import numpy as np
from pydantic import NonNegativeFloat, PositiveFloat

from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats
from monps.ratings.match_days import match_days
from monps.tables.matches import MatchTable

_LOGISTIC_SCALE = 400.0


class Elo(Noun):
    """How Elo ratings move.

    Parameters
    ----------
    step : float
        Points that a result may move, the surprise being 1.
    home_advantage : float
        Points that playing at home is worth.
    goal_difference_power : float
        The step is multiplied by ``(1 + |goal difference|)`` to this power; 0 looks at the result alone.
    newcomer : float
        Rating with which a team begins that is first seen after its competition's first season; the others
        begin at 0.

    Notes
    -----
    The paper's step is 10. The default did best in five leagues, 2008/09 to 2014/15.

    References
    ----------
    Hvattum & Arntzen (2010), Using ELO ratings for match result prediction in association football,
    International Journal of Forecasting 26(3), section 2 (ELO_b and ELO_g).
    """

    step: PositiveFloat = 7.0
    home_advantage: NonNegativeFloat = 65.0
    goal_difference_power: NonNegativeFloat = 1.0
    newcomer: float = -100.0

    def differences(self, table: MatchTable) -> Floats:
        """Rate the teams through all matches of a table.

        Parameters
        ----------
        table : MatchTable
            The n matches; a team keeps its rating from one competition to another.

        Returns
        -------
        ndarray, shape (n,)
            By how many points the home side was better on the morning of each match, its advantage (on no
            neutral ground) included.
        """
        host, guest = table.home_index, table.away_index
        rating = np.where(first_seen_later(table), self.newcomer, 0.0)
        at_home = np.where(table.column("neutral") > 0, 0.0, self.home_advantage)
        score, stretch = _results(table, self.goal_difference_power)
        differences = np.zeros(len(table))
        for today in match_days(table):
            rows = today.known
            gap = rating[host[rows]] - rating[guest[rows]] + at_home[rows]
            gain = self.step * stretch[rows] * (score[rows] - expected_score(gap))
            np.add.at(rating, host[rows], gain)
            np.add.at(rating, guest[rows], -gain)
            rows = today.fixtures
            differences[rows] = rating[host[rows]] - rating[guest[rows]] + at_home[rows]
        return differences


def expected_score(difference: Floats) -> Floats:
    """Return the share of the points a side is expected to win, a draw counting half.

    Parameters
    ----------
    difference : ndarray, any shape
        By how many points it is better.

    References
    ----------
    Hvattum & Arntzen (2010), eq. 1, with c = 10 and d = 400.

    Examples
    --------
    >>> expected_score(np.array([0.0, 400.0])).round(4).tolist()
    [0.5, 0.9091]
    """
    return np.asarray(1.0 / (1.0 + 10.0 ** (-difference / _LOGISTIC_SCALE)), dtype=np.float64)


def _results(table: MatchTable, power: float) -> tuple[Floats, Floats]:
    """Return the home side's score, 1, ½ or 0, and by how much its goal difference stretches the step."""
    margin = table.home_goals - table.away_goals
    return (np.sign(margin) + 1.0) / 2.0, (1.0 + np.abs(margin)) ** power


def first_seen_later(table: MatchTable) -> Bools:
    """Mark the teams, shape (t,), that were not there in the first season of any of their competitions."""
    competition = np.unique(table.frame["competition"].to_numpy(), return_inverse=True)[1]
    season = table.column("season")
    opening = np.full(competition.max(initial=-1) + 1, np.inf)
    np.minimum.at(opening, competition, season)
    later = np.ones(len(table.teams), dtype=np.bool_)
    founding = season == opening[competition]
    later[table.home_index[founding]] = later[table.away_index[founding]] = False
    return later
