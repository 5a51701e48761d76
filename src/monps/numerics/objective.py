"""The penalised log-likelihood of strengths, with slope and bend where they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.design import Layout, diagonal, gradient, information, log_rates
from monps.numerics.pairing_terms import Terms, dixon_coles_terms, poisson_terms
from monps.numerics.pairings import Pairings

_GAUGE = 1.0


@dataclass(frozen=True, eq=False)
class GaussianPrior:
    """Independent normal priors on the parameters; precision 0 is no prior at all.

    Parameters
    ----------
    mean, precision : ndarray, shape (b, p)
    """

    mean: Floats
    precision: Floats

    def stiffness(self, layout: Layout) -> Floats:
        """Shape (b, p, p): the penalty's information.

        That is the prior's precisions, and what holds the sums of attacks and of defences to 0 where nothing
        else does, which changes no rate.
        """
        if layout not in self._stiffness:
            self._stiffness[layout] = self._worked_out(layout)
        return self._stiffness[layout]

    @cached_property
    def _stiffness(self) -> dict[Layout, Floats]:
        return {}

    def _worked_out(self, layout: Layout) -> Floats:
        stiffness = np.zeros((*self.precision.shape, layout.width))
        diagonal(stiffness)[...] = self.precision
        adrift = ~self.precision[:, layout.attack].any(axis=1)
        for block in (layout.attack, layout.defence) if adrift.any() else ():
            stiffness[:, block, block] += np.where(adrift, _GAUGE, 0.0)[:, None, None]
        return stiffness


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """The penalised log-likelihood of b problems.

    Parameters
    ----------
    layers : sequence of Pairings
        The matches' sums: one layer for home grounds, perhaps one for neutral venues.
    layout : Layout
        Which parameters there are.
    prior : GaussianPrior
        How they are held.
    """

    layers: Sequence[Pairings]
    layout: Layout
    prior: GaussianPrior

    @property
    def stiffness(self) -> Floats:
        """Shape (b, p, p): the penalty's information."""
        return self.prior.stiffness(self.layout)

    def at(self, theta: Floats) -> "Point":
        """Look at some parameters, shape (b, p)."""
        return Point(self, theta, [self._terms(layer, theta) for layer in self.layers])

    def _terms(self, layer: Pairings, theta: Floats) -> Terms:
        x, y = log_rates(self.layout, theta, advantage=layer.advantage)
        if self.layout.low_scores:
            return dixon_coles_terms(layer, x, y, theta[:, self.layout.rho])
        return poisson_terms(layer, x, y)


@dataclass(frozen=True, eq=False)
class Curvature:
    """Minus the second derivatives at some parameters, worked out when somebody asks.

    Parameters
    ----------
    objective : Objective
        What is looked at.
    theta : ndarray, shape (b, p)
        Where.
    """

    objective: Objective
    theta: Floats

    @cached_property
    def information(self) -> Floats:
        """Shape (b, p, p)."""
        return self.objective.at(self.theta).information


def worked_out(curvature: Curvature | Floats) -> Floats:
    """Return minus the second derivatives, shape (b, p, p), whether they are known or to be worked out."""
    return curvature.information if isinstance(curvature, Curvature) else curvature


@dataclass(frozen=True, eq=False)
class Point:
    """The objective at some parameters.

    Parameters
    ----------
    objective : Objective
        What is looked at.
    theta : ndarray, shape (b, p)
        Where.
    terms : sequence of Terms
        What the pairings of each layer add.
    """

    objective: Objective
    theta: Floats
    terms: Sequence[Terms]

    @cached_property
    def log_likelihood(self) -> Floats:
        """Shape (b,): without the penalty; NaN where a score that was seen is impossible."""
        return reduce(np.add, (terms.value for terms in self.terms))

    @cached_property
    def value(self) -> Floats:
        """Shape (b,): with the penalty."""
        penalty: Floats = np.vecdot(self._pull, self._off) / 2
        return self.log_likelihood - penalty

    @cached_property
    def gradient(self) -> Floats:
        """Shape (b, p)."""
        layout, layers = self.objective.layout, self.objective.layers
        total = -self._pull
        for layer, terms in zip(layers, self.terms, strict=True):
            total += gradient(layout, terms, advantage=layer.advantage)
        return total

    @cached_property
    def information(self) -> Floats:
        """Shape (b, p, p): minus the second derivatives."""
        layout, layers = self.objective.layout, self.objective.layers
        each = (
            information(layout, terms, advantage=layer.advantage)
            for layer, terms in zip(layers, self.terms, strict=True)
        )
        return reduce(np.add, each, self.objective.stiffness)

    @cached_property
    def _off(self) -> Floats:
        return self.theta - self.objective.prior.mean

    @cached_property
    def _pull(self) -> Floats:
        pull: Floats = np.matvec(self.objective.stiffness, self._off)
        return pull
