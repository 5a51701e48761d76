"""Means and precisions that drift, fade and learn: what a filter knows of many quantities at once."""

from dataclasses import dataclass

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints


@dataclass(slots=True, eq=False)
class Beliefs:
    """Normal beliefs, independent of each other, with the prior to which they fade; arrays of one shape.

    Parameters
    ----------
    mean, precision : ndarray
    centre : ndarray
        The prior's means.
    prior_precision : float
        The prior's precision.
    """

    mean: Floats
    precision: Floats
    centre: Floats
    prior_precision: float

    @classmethod
    def at(cls, centre: Floats, prior_precision: float) -> "Beliefs":
        """Begin with the prior."""
        return cls(centre, np.full_like(centre, prior_precision), centre, prior_precision)

    def fade(self, kept: float) -> None:
        """Keep a share of what was learned, as if each observation weighed so much less."""
        precision = self.prior_precision + kept * (self.precision - self.prior_precision)
        self.mean = self.centre + kept * self.precision / precision * (self.mean - self.centre)
        self.precision = precision

    def learn(self, place: tuple[Ints, ...], score: Floats, information: Floats) -> None:
        """Take a step of Newton from where the belief is.

        Parameters
        ----------
        place : tuple
            Index of what each of n observations is about.
        score, information : ndarray, shape (n,)
            Slope of the observations' log-likelihoods, and minus its slope.
        """
        moved = np.zeros_like(self.mean)
        np.add.at(moved, place, score)
        np.add.at(self.precision, place, information)
        self.mean = self.mean + moved / self.precision

    def recentre(self, chosen: Bools, centre: Floats | float) -> None:
        """Fade towards another mean from now on, those that are chosen."""
        self.centre = np.where(chosen, centre, self.centre)

    def restart(self, chosen: Bools) -> None:
        """Forget what was learned of the chosen."""
        self.mean = np.where(chosen, self.centre, self.mean)
        self.precision = np.where(chosen, self.prior_precision, self.precision)
