"""The arithmetic of friction: terms of two profiles, and small effects of them by one Fisher step.

What two profiles z and z′ do beyond the sum of their parts is ``z′ W z`` with W of low rank, and, for each
dimension, something for how unlike the two are, ``|z − z′|``. Such effects are small, so that one step of
Fisher's scoring from no effect finds them: ``(H + π I)⁻¹ g`` with gradient g and information H, the prior
holding each term to 0. A step needs sums over matches alone, so that seasons can be added up.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.numerics.checks import Floats

_NOTHING = 1e-12


def term_sizes(scale: Floats) -> Floats:
    """Return by what to divide terms so that they count the profiles' standard deviations, shape (d,)."""
    return np.concatenate([[1.0], scale, np.outer(scale, scale).ravel()])


def friction_terms(profiles: Floats) -> Floats:
    """Set out the terms of both sides of n matches.

    Parameters
    ----------
    profiles : ndarray, shape (n, 2, d)
        Of both sides.

    Returns
    -------
    ndarray, shape (n, 2, 1 + d + d²)
        A constant, the differences without their sign, and the products: the side's own dimension i with its
        opponent's j at ``i d + j``.
    """
    n, _, d = profiles.shape
    other = profiles[:, ::-1]
    products = (profiles[..., :, None] * other[..., None, :]).reshape(n, 2, d * d)
    return np.concatenate([np.ones((n, 2, 1)), np.abs(profiles - other), products], axis=2)


@dataclass(frozen=True, eq=False)
class Information:
    """What matches say of the effects of k terms.

    Parameters
    ----------
    gradient : ndarray, shape (k,)
    matrix : ndarray, shape (k, k)
    """

    gradient: Floats
    matrix: Floats

    @classmethod
    def of(cls, terms: Floats, surprise: Floats, variance: Floats) -> "Information":
        """Sum over observations.

        Parameters
        ----------
        terms : ndarray, shape (m, k)
        surprise : ndarray, shape (m,)
            What was counted minus what was expected.
        variance : ndarray, shape (m,)
            The expected count's variance: itself for a Poisson count, n p (1 − p) for a share.
        """
        return cls(terms.T @ surprise, (terms * variance[:, None]).T @ terms)

    def plus(self, other: "Information", faded: float) -> "Information":
        """Add this, multiplied, to another."""
        return Information(self.gradient * faded + other.gradient, self.matrix * faded + other.matrix)

    def in_units(self, sizes: Floats) -> "Information":
        """Say the same of terms that are divided by sizes, shape (k,)."""
        return Information(self.gradient / sizes, self.matrix / np.outer(sizes, sizes))

    def effects(self, precision: float) -> Floats:
        """Shape (k,): the likeliest effects with a prior of some precision; the constant's keeps the mean."""
        values, axes = self._axes
        return self.balanced(axes @ ((axes.T @ self._without_level.gradient) / (values + precision)))

    def balanced(self, effects: Floats) -> Floats:
        """Shape (k,): put before the effects of all terms but the constant the one that keeps the mean."""
        return np.concatenate([-self._share @ effects, effects])

    @property
    def means(self) -> Floats:
        """Shape (k − 1,): the weighted mean of each term but the constant."""
        return np.asarray(self._share[0])

    def covariance(self, precision: float) -> Floats:
        """Shape (k − 1, k − 1): of the effects but the constant's."""
        values, axes = self._axes
        return np.asarray((axes / (values + precision)) @ axes.T)

    @cached_property
    def _axes(self) -> tuple[Floats, Floats]:
        values, axes = np.linalg.eigh(self._without_level.matrix)
        return np.maximum(values, 0.0), axes

    @cached_property
    def _share(self) -> Floats:
        """Shape (1, k − 1): the weighted mean of each term."""
        return self.matrix[:1, 1:] / max(float(self.matrix[0, 0]), _NOTHING)

    @cached_property
    def _without_level(self) -> "Information":
        """Project the constant out: the level is not friction's to explain."""
        gradient = self.gradient[1:] - self._share[0] * self.gradient[0]
        return Information(gradient, self.matrix[1:, 1:] - self._share.T @ self.matrix[:1, 1:])


def low_rank(effects: Floats, d: int, rank: int) -> Floats:
    """Keep the strongest directions of the products' effects W.

    Parameters
    ----------
    effects : ndarray, shape (1 + d + d²,)
    d : int
        Dimensions of a profile.
    rank : int
        How many directions, each a pattern of the one side that meets a pattern of the other.

    References
    ----------
    Eckart & Young (1936), The approximation of one matrix by another of lower rank, Psychometrika 1(3).

    Examples
    --------
    >>> w = np.array([[3.0, 0.0], [0.0, 1.0]])
    >>> low_rank(np.concatenate([[0.0, 0.5, 0.5], w.ravel()]), d=2, rank=1).tolist()
    [0.0, 0.5, 0.5, 3.0, 0.0, 0.0, 0.0]
    """
    left, sizes, right = np.linalg.svd(effects[1 + d :].reshape(d, d))
    kept = (left[:, :rank] * sizes[:rank]) @ right[:rank]
    return np.concatenate([effects[: 1 + d], kept.ravel()])
