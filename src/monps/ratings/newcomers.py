"""How strong teams are that did not play in the competition the season before."""

from dataclasses import dataclass, replace

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.design import Layout
from monps.numerics.likelihood import most_likely
from monps.numerics.objective import GaussianPrior
from monps.numerics.pairings import Responses, gather

_SEASONS_LOOKED_AT = 10
_PRIOR_NEWCOMERS = 6.0
"""How firmly what is learned is held to the usual: as if so many newcomers had been just as usual."""


@dataclass(frozen=True, slots=True, eq=False)
class Seasons:
    """Matches of one competition, with their seasons.

    Parameters
    ----------
    matches : Responses
        The n matches; their weights are not looked at.
    season : ndarray, shape (n,)
    teams : int
        How many teams there are.
    """

    matches: Responses
    season: Floats | Ints
    teams: int

    def played_in(self, season: float) -> Bools:
        """Shape (t,): the teams with a match in a season."""
        rows, seen = self.season == season, np.zeros(self.teams, dtype=np.bool_)
        seen[self.matches.host[rows]] = seen[self.matches.guest[rows]] = True
        return seen

    def newcomers(self, last: float) -> Bools:
        """Shape (t,): the teams that did not play in the newest season before ``last``."""
        earlier = self.season[self.season < last]
        if not len(earlier):
            return np.zeros(self.teams, dtype=np.bool_)
        return ~self.played_in(earlier.max())


def learn_newcomers(seasons: Seasons, last: float, usual: Floats, ridge: float) -> Floats:
    """Learn the prior of newcomers from those of earlier seasons.

    Each season before ``last`` is fitted alone; its newcomers' attacks and defences are averaged.

    Parameters
    ----------
    seasons : Seasons
        One competition's matches.
    last : float
        The season for which the prior is meant; only earlier ones are looked at.
    usual : ndarray, shape (2,)
        Attack and defence that newcomers usually have.
    ridge : float
        Precision of each strength's prior in the fits.

    Returns
    -------
    ndarray, shape (2,)
    """
    years = np.unique(np.asarray(seasons.season, dtype=np.float64)[seasons.season < last])
    if len(years) < 2:  # noqa: PLR2004 - nobody is new in the first season that is known
        return usual
    years = years[1:][-_SEASONS_LOOKED_AT:]
    attack, defence = _fit_each(seasons, years, ridge)
    new = np.stack([seasons.newcomers(year) & seasons.played_in(year) for year in years])
    found = np.array([attack[new].sum(), defence[new].sum()])
    return np.asarray((found + _PRIOR_NEWCOMERS * usual) / (new.sum() + _PRIOR_NEWCOMERS))


def _fit_each(seasons: Seasons, years: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Fit every season alone; return attacks and defences, each of shape (b, t)."""
    chosen = np.isin(seasons.season, years)
    alone = seasons.matches.where(chosen)
    matches = replace(alone, weights=np.ones(len(alone.host)))
    problem = np.searchsorted(years, seasons.season[chosen])
    layout = Layout(seasons.teams)
    precision = np.zeros((len(years), layout.width))
    precision[:, layout.attack] = precision[:, layout.defence] = max(ridge, 1.0)
    prior = GaussianPrior(np.zeros_like(precision), precision)
    theta = most_likely([gather(matches, seasons.teams, problem, len(years))], layout, prior)
    return theta[:, layout.attack], theta[:, layout.defence]
