"""Credibility: how much of one's own record to believe, and how much of one's group's."""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats, Ints


class Credibility(NamedTuple):
    """A group's mean and how its members scatter about it.

    Parameters
    ----------
    mean : float
        The group's rate per unit of exposure.
    prior_exposure : float
        How much exposure the mean counts as, in the estimate of a member; infinite where members do not
        differ.
    """

    mean: float
    prior_exposure: float

    def estimate(self, outcome: Floats, exposure: Floats) -> Floats:
        """Return each member's rate from totals, shape (p,): his own, drawn towards the group's."""
        if np.isinf(self.prior_exposure):
            return np.full(np.shape(exposure), self.mean)
        estimated: Floats = (outcome + self.prior_exposure * self.mean) / (exposure + self.prior_exposure)
        return estimated


def buhlmann_straub(outcome: Floats, exposure: Floats, member: Ints) -> Credibility:
    """Estimate a group's mean rate, and the prior that its members' scatter implies.

    Parameters
    ----------
    outcome, exposure : ndarray, shape (n,)
        What was seen, and against how much; exposures above 0, some in all.
    member : ndarray of int, shape (n,)
        Whose observation it is, from 0 up.

    Returns
    -------
    Credibility

    Notes
    -----
    The variance within members, ``s² = Σ e (x/e − r)² / Σ (n − 1)``, and between them,
    ``τ² = (Σ E (r − m)² − (I − 1) s²) / (E − Σ E² / E)``; the prior counts as ``s² / τ²`` units of exposure
    (Bühlmann & Straub, 1970, Glaubwürdigkeit für Schadensätze, Mitteilungen der Vereinigung
    schweizerischer Versicherungsmathematiker 70, 111–133).

    Examples
    --------
    Two who scored steadily, at rates of 1 and 3, tell nearly all of themselves:

    >>> found = buhlmann_straub(np.array([1.0, 1.2, 2.8, 3.0]), np.ones(4), np.array([0, 0, 1, 1]))
    >>> found.mean, round(found.prior_exposure, 3)
    (2.0, 0.012)
    """
    outcomes, exposures = (np.bincount(member, values) for values in (outcome, exposure))
    seen = exposures > 0
    rates = np.divide(outcomes, exposures, out=np.zeros_like(outcomes), where=seen)
    total, mean = exposures.sum(), outcomes.sum() / exposures.sum()
    spare = len(outcome) - int(seen.sum())
    within = float((exposure * (outcome / exposure - rates[member]) ** 2).sum()) / max(spare, 1)
    excess = float((exposures * (rates - mean) ** 2).sum()) - (seen.sum() - 1) * within
    between = excess / max(total - (exposures**2).sum() / total, np.finfo(float).tiny)
    prior_exposure = float(within / between) if between > 0 and spare > 0 else np.inf
    return Credibility(float(mean), prior_exposure)
