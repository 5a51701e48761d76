"""Value, slope and information of each pairing in x = log λ, y = log ν and ρ."""

from dataclasses import dataclass

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.pairings import Pairings


@dataclass(frozen=True, slots=True, eq=False)
class LowScoreTerms:
    """What the low scores add: information across x, y and ρ, shape (b, t, t); in ρ alone, shape (b,)."""

    xy: Floats
    x_rho: Floats
    y_rho: Floats
    rho: Floats
    rho_rho: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Value, shape (b,), and slopes and information (minus second derivatives), shape (b, t, t).

    Without low-score terms the two sides are independent.
    """

    value: Floats
    x: Floats
    y: Floats
    xx: Floats
    yy: Floats
    low: LowScoreTerms | None = None


def poisson_terms(sums: Pairings, x: Floats, y: Floats) -> Terms:
    """Differentiate Σ w (home·x − eˣ + away·y − eʸ), shapes (b, t, t)."""
    xx, yy = sums.played * np.exp(x), sums.played * np.exp(y)
    value = (sums.home * x + sums.away * y - xx - yy).sum(axis=(1, 2))
    return Terms(value, sums.home - xx, sums.away - yy, xx, yy)


def dixon_coles_terms(sums: Pairings, x: Floats, y: Floats, rho: Floats) -> Terms:
    """Differentiate the same with Σ w log τ added; ``rho`` has shape (b,).

    Where ρ makes the chance of a score of a played pairing negative, the value is −∞.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, eq. 4.2 and 4.3.
    """
    plain, r = poisson_terms(sums, x, y), rho[:, None, None]
    home, away = np.exp(x), np.exp(y)
    both = home * away
    taus = np.stack([1 - both * r, 1 + home * r, 1 + away * r, np.broadcast_to(1 - r, x.shape)])
    possible = ((taus > 0) | (sums.played == 0)).all(axis=(0, 2, 3))
    taus = np.where(taus > 0, taus, 1.0)
    first = sums.low / taus
    second = first / taus
    nil_nil, nil_one, one_nil = first[0] * both, first[1] * home, first[2] * away
    bent_nil, bent_home, bent_away = second[0] * both, second[1] * home, second[2] * away
    slope = nil_one + one_nil - nil_nil - first[3]
    bend = bent_nil * both + bent_home * home + bent_away * away + second[3]
    value = plain.value + (sums.low * np.log(taus)).sum(axis=(0, 2, 3))
    low = LowScoreTerms(
        xy=bent_nil * r,
        x_rho=bent_nil - bent_home,
        y_rho=bent_nil - bent_away,
        rho=slope.sum(axis=(1, 2)),
        rho_rho=bend.sum(axis=(1, 2)),
    )
    return Terms(
        value=np.where(possible, value, -np.inf),
        x=plain.x + (nil_one - nil_nil) * r,
        y=plain.y + (one_nil - nil_nil) * r,
        xx=plain.xx + (bent_nil - bent_home) * r,
        yy=plain.yy + (bent_nil - bent_away) * r,
        low=low,
    )
