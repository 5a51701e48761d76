"""How far a team's counts are to be believed: the variance between teams against that between matches."""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats, Ints

USUAL_SPREAD = 0.15
"""Standard deviation between teams, relative to the league's mean, before any is measured."""
LEAST_SPREAD, MOST_SPREAD = 0.01, 0.6
USUAL_SCATTER = 1.0
"""Variance of a count in a match, relative to its mean, before any is measured: Poisson's."""
ENOUGH_TEAMS = 12
"""Team-seasons from which a spread is measured."""

_LEAST_SCATTER = 1e-6


class Credibility(NamedTuple):
    """What is known of k kinds of counts in general.

    Parameters
    ----------
    scatter : ndarray, shape (k,)
        Variance of a team's count in a match, in units of the expected count (1 would be Poisson).
    spread : ndarray, shape (k,)
        Variance between teams of the ratio of their counts to the expected ones.
    """

    scatter: Floats
    spread: Floats

    @property
    def prior(self) -> Floats:
        """Shape (k,): the expected count at which a team's own counts weigh as much as the league's mean."""
        return self.scatter / self.spread


def measure_credibility(counted: Floats, expected: Floats, teams: Ints) -> Credibility:
    """Split the variance of counts into that between teams and that between the matches of one.

    Parameters
    ----------
    counted, expected : ndarray, shape (m, k)
        Counts of sides in matches, and what the league's mean let one expect; both 0 where nobody counted.
    teams : ndarray of int, shape (m,)
        The team-season of each, numbered from 0.

    Returns
    -------
    Credibility

    References
    ----------
    Bühlmann & Straub (1970), Glaubwürdigkeit für Schadensätze, Mitteilungen der VSVM 70; Bühlmann & Gisler
    (2005), A Course in Credibility Theory, section 4.8: the unbiased estimators of the two variances.
    """
    n = int(teams.max(initial=-1)) + 1
    sums = np.zeros((2, n, counted.shape[1]))
    np.add.at(sums[0], teams, counted)
    np.add.at(sums[1], teams, expected)
    totals, weights = sums
    ratios = np.divide(totals, weights, out=np.ones_like(totals), where=weights > 0)
    scatter = _scatter(counted, expected, ratios[teams], (weights > 0).sum(axis=0))
    return Credibility(scatter, _spread(ratios, weights, scatter))


def _scatter(counted: Floats, expected: Floats, ratios: Floats, teams: Ints) -> Floats:
    """Return the mean square of what is left of counts within a team's season; the usual one without any."""
    there = expected > 0
    squares = np.divide(
        (counted - ratios * expected) ** 2, expected, out=np.zeros_like(expected), where=there
    )
    freedom = there.sum(axis=0) - teams
    found = np.maximum(squares.sum(axis=0) / np.maximum(freedom, 1), _LEAST_SCATTER)
    return np.asarray(np.where(freedom > 0, found, USUAL_SCATTER))


def _spread(ratios: Floats, weights: Floats, scatter: Floats) -> Floats:
    """Return the variance between teams, held within bounds; the usual one where too few are known."""
    total, teams = weights.sum(axis=0), (weights > 0).sum(axis=0)
    safe = np.maximum(total, 1e-12)
    mean = (weights * ratios).sum(axis=0) / safe
    between = (weights * (ratios - mean) ** 2).sum(axis=0) - (teams - 1) * scatter
    found = between / np.maximum(safe - (weights**2).sum(axis=0) / safe, 1e-12)
    held = np.clip(found, LEAST_SPREAD**2, MOST_SPREAD**2)
    return np.asarray(np.where(teams >= ENOUGH_TEAMS, held, USUAL_SPREAD**2))
