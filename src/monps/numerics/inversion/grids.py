"""The Dixon–Coles grid whose marginal probabilities come nearest to given targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from monps.numerics import low_scores
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.numerics.inversion.least_squares import Descent, descend, normal_matrices
from monps.numerics.inversion.marginals import Margin, marginals
from monps.numerics.inversion.targets import Target

USUAL_RHO = -0.06
"""About the mean of what quotes of five leagues, 2019/20–2022/23, imply."""

_USUAL_GOALS = 2.6
_GOALS_PER_LOGIT = 1.1
_LEAST_UNDERDOG = 0.3
_BOUNDS = np.array([[np.log(0.01), np.log(12.0)], [np.log(0.01), np.log(12.0)], [-1.0, 1.0]])
_FLAT = 1e-6
_STEEP = 1e-7


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of ρ before a match is quoted.

    Parameters
    ----------
    rho : float or ndarray, shape (n,)
        The value in the middle.
    strength : float
        What the squared distance from it counts, beside the markets' squared errors; infinite to fix ρ there.
    """

    rho: Floats | float = USUAL_RHO
    strength: float = np.inf


@dataclass(frozen=True, slots=True, eq=False)
class FittedGrids:
    """Grids of n matches that agree with their quotes.

    Parameters
    ----------
    home, away, rho : ndarray, shape (n,)
        Dixon–Coles λ, μ, ρ; NaN where there is nothing to go by.
    errors : ndarray, shape (r, n)
        Probability by the grid less the probability asked for, target by target; NaN where there was no
        target.
    converged : ndarray of bool, shape (n,)
        False where there is nothing to go by, the search found no minimum, the targets leave a rate open, or
        a score would get a negative probability.
    size : int
        Scores a side.
    """

    home: Floats
    away: Floats
    rho: Floats
    errors: Floats
    converged: Bools
    size: int

    def grid(self) -> ScoreGrid:
        """Build the grids; NaN where the fit did not converge."""
        home, away = np.where(self.converged, [self.home, self.away], 1.0)
        grid = low_scores.dixon_coles_grid(home, away, np.where(self.converged, self.rho, 0.0), self.size)
        cells = np.where(self.converged[:, None, None], grid.probabilities, np.nan)
        return ScoreGrid(cells, np.where(self.converged, grid.tail, np.nan))


@dataclass(frozen=True, slots=True, eq=False)
class _GridProblem:
    """Errors of targets in the unknowns log λ, log μ, ρ."""

    targets: tuple[Target, ...]
    rho: Floats
    strength: float
    size: int

    def take(self, rows: Ints) -> "_GridProblem":
        chosen = tuple(target.take(rows) for target in self.targets)
        return _GridProblem(chosen, self.rho[rows], self.strength, self.size)

    def errors(self, state: Floats) -> tuple[Floats, Floats]:
        home, away = np.exp(state[:2])
        margins = _marginals(self.targets, state, self.size)
        both = np.stack([target.error(margins) for target in self.targets] + [self._belief(state[2])])
        slopes = both[:, 1:]
        slopes[:, 0] *= home
        slopes[:, 1] *= away
        if np.isinf(self.strength):
            slopes[:-1, 2] = 0.0
        return both[:, 0], slopes

    def _belief(self, rho: Floats) -> Floats:
        weight = 1.0 if np.isinf(self.strength) else np.sqrt(self.strength)
        belief = np.zeros((4, len(rho)))
        belief[0], belief[3] = (rho - self.rho) * weight, weight
        return belief


def fit_grids(targets: list[Target], result: Floats, prior: Prior, size: int) -> FittedGrids:
    """Fit one grid a match to all its targets.

    Parameters
    ----------
    targets : list of Target
        Of the same n matches.
    result : ndarray, shape (n, 3)
        Rough probabilities of the result to start from; NaN where unknown.
    prior : Prior
        Belief about ρ.
    size : int
        Scores a side.

    Returns
    -------
    FittedGrids
    """
    rho = np.broadcast_to(np.asarray(prior.rho, dtype=np.float64), len(result)).copy()
    asked = tuple(target for target in targets if target.weight.any())
    problem = _GridProblem(asked, rho, prior.strength, size)
    found = descend(problem, np.stack([*_start(result), rho]), _BOUNDS)
    quoted = np.stack([target.weight > 0.0 for target in targets])
    state = np.where(quoted.any(axis=0), found.state, np.nan)
    home, away = np.exp(state[:2])
    low, high = low_scores.bounds(home, away)
    sound = (low <= state[2]) & (state[2] <= high)
    margins = _marginals(targets, found.state, size)
    errors = np.stack([target.probability(margins)[0] - target.fair for target in targets])
    return FittedGrids(home, away, state[2], np.where(quoted, errors, np.nan), sound & _settled(found), size)


def _marginals(targets: Iterable[Target], state: Floats, size: int) -> Mapping[Margin, Floats]:
    wanted = {target.margin for target in targets}
    return marginals(np.exp(state[0]), np.exp(state[1]), state[2], size=size, wanted=wanted)


def _start(result: Floats) -> Floats:
    """Guess log rates: supremacy from the result's log-odds, the total as usual."""
    known = np.where(np.isnan(result).any(axis=1, keepdims=True), 1.0 / 3.0, result)
    ahead, behind = known[:, 0] + known[:, 1] / 2.0, known[:, 2] + known[:, 1] / 2.0
    supremacy = np.clip(_GOALS_PER_LOGIT * np.log(ahead / behind), -6.0, 6.0)
    total = np.maximum(_USUAL_GOALS, np.abs(supremacy) + 2.0 * _LEAST_UNDERDOG)
    return np.log(np.stack([total + supremacy, total - supremacy]) / 2.0)


def _settled(found: Descent) -> Bools:
    """Tell where the sum of squares has no slope left, and is not flat either."""
    gradient = np.abs(np.einsum("rpn,rn->pn", found.slopes, found.errors)).max(axis=0)
    curvature = np.linalg.eigvalsh(normal_matrices(found.slopes))
    return np.asarray((gradient < _FLAT) & (curvature[:, 0] > _STEEP * curvature[:, -1]))
