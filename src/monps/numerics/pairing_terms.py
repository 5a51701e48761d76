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

    Where ρ makes a score impossible that was seen, the value is NaN: no step may end there.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, eq. 4.2 and 4.3.
    """
    plain, r = poisson_terms(sums, x, y), rho[:, None, None]
    home, away = np.exp(x), np.exp(y)
    # The chances of 0–0, 0–1, 1–0 and 1–1 are multiplied by τ = 1 + cρ, each with its own c.
    both = home * away
    c = np.stack([-both, home, away, np.full_like(both, -1.0)])
    tau, seen = 1.0 + c * r, sums.low > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = sums.low * c / tau
        bends = slopes / tau
        logs = np.log(tau, where=seen, out=np.zeros_like(tau))
    low = LowScoreTerms(
        xy=-bends[0] * r,
        x_rho=-bends[0] - bends[1],
        y_rho=-bends[0] - bends[2],
        rho=slopes.sum(axis=(0, 2, 3)),
        rho_rho=(bends * c).sum(axis=(0, 2, 3)),
    )
    return Terms(
        value=plain.value + (sums.low * logs).sum(axis=(0, 2, 3)),
        x=plain.x + (slopes[1] + slopes[0]) * r,
        y=plain.y + (slopes[2] + slopes[0]) * r,
        xx=plain.xx + low.x_rho * r,
        yy=plain.yy + low.y_rho * r,
        low=low,
    )
