"""Small problems for the likelihood of strengths, and that likelihood once more, match by match."""

from collections.abc import Callable

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.design import Layout
from monps.numerics.likelihood import GaussianPrior
from monps.numerics.pairings import Responses

LAYOUTS = [(low_scores, own) for low_scores in (False, True) for own in (False, True)]
_IMAGINARY = 1e-30


def played(rng: np.random.Generator, n: int, teams: int) -> Responses:
    """Draw n matches between random pairs, with responses that are no goals and weights of all sizes."""
    host = rng.integers(0, teams, n)
    guest = (host + rng.integers(1, teams, n)) % teams
    home_goals, away_goals = rng.poisson(1.3, (2, n)).astype(float)
    return Responses(
        host,
        guest,
        home_goals + rng.uniform(0.0, 0.5, n),
        away_goals + rng.uniform(0.0, 0.5, n),
        home_goals,
        away_goals,
        rng.uniform(0.2, 2.0, n),
    )


def parameters(rng: np.random.Generator, layout: Layout) -> Floats:
    """Draw parameters, shape (1, p), at which every score is possible."""
    theta = rng.normal(0.0, 0.15, (1, layout.width))
    if layout.low_scores:
        theta[:, layout.rho] = rng.uniform(-0.15, 0.1)
    return theta


def log_likelihood(
    layout: Layout, matches: Responses, *, advantage: bool = True
) -> Callable[[Floats], Floats]:
    """Return the function of the parameters, shape (p,), that complex steps can differentiate."""

    def value(theta: Floats) -> Floats:
        attack, defence = theta[layout.attack], theta[layout.defence]
        own = theta[layout.own] if layout.own_advantage else np.zeros(layout.teams)
        i, j = matches.host, matches.guest
        at_home = (theta[1] + own[i]) if advantage else 0.0
        x = theta[0] + at_home + attack[i] - defence[j]
        y = theta[0] + attack[j] - defence[i]
        per_match = matches.home * x - np.exp(x) + matches.away * y - np.exp(y)
        if layout.low_scores:
            per_match = per_match + np.log(_tau(matches, np.exp(x), np.exp(y), theta[layout.rho]))
        return (matches.weights * per_match).sum()

    return value


def _tau(matches: Responses, home: Floats, away: Floats, rho: Floats) -> Floats:
    scores = list(zip(matches.home_goals.astype(int), matches.away_goals.astype(int), strict=True))
    factors = {
        (0, 0): lambda h, a: 1 - h * a * rho,
        (0, 1): lambda h, _: 1 + h * rho,
        (1, 0): lambda _, a: 1 + a * rho,
        (1, 1): lambda _, __: 1 - rho,
    }
    return np.array(
        [
            factors[score](h, a) if score in factors else 1.0
            for score, h, a in zip(scores, home, away, strict=True)
        ]
    )


def slope(value: Callable[[Floats], Floats], theta: Floats) -> Floats:
    """Differentiate by complex steps: exact to rounding."""
    steps = 1j * _IMAGINARY * np.eye(len(theta))
    return np.array([value(theta + step).imag / _IMAGINARY for step in steps])


def curvature(value: Callable[[Floats], Floats], theta: Floats, step: float = 1e-5) -> Floats:
    """Differentiate twice, shape (p, p): complex steps inside, central differences outside."""
    steps = step * np.eye(len(theta))
    return np.array([(slope(value, theta + s) - slope(value, theta - s)) / (2 * step) for s in steps])


def prior(layout: Layout, precision: float) -> GaussianPrior:
    """Hold every parameter to 0, ρ a hundred times as tightly as the others."""
    strength = np.full((1, layout.width), precision)
    if layout.low_scores:
        strength[:, layout.rho] *= 100.0
    return GaussianPrior(np.zeros((1, layout.width)), strength)
