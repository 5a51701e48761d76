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
    both = home * away
    taus = 1.0 - both * r, 1.0 + home * r, 1.0 + away * r, 1.0 - r
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = [
            count * rate / tau
            for count, rate, tau in zip(sums.low, (both, home, away, 1.0), taus, strict=True)
        ]
        bends = [slope / tau for slope, tau in zip(slopes, taus, strict=True)]
        logs = sum(_weighted_log(count, tau) for count, tau in zip(sums.low, taus, strict=True))
    low = LowScoreTerms(
        xy=bends[0] * r,
        x_rho=bends[0] - bends[1],
        y_rho=bends[0] - bends[2],
        rho=(slopes[1] + slopes[2] - slopes[0] - slopes[3]).sum(axis=(1, 2)),
        rho_rho=(bends[0] * both + bends[1] * home + bends[2] * away + bends[3]).sum(axis=(1, 2)),
    )
    return Terms(
        value=plain.value + logs,
        x=plain.x + (slopes[1] - slopes[0]) * r,
        y=plain.y + (slopes[2] - slopes[0]) * r,
        xx=plain.xx + low.x_rho * r,
        yy=plain.yy + low.y_rho * r,
        low=low,
    )


def _weighted_log(count: Floats, tau: Floats) -> Floats:
    """Σ count · log τ over the pairings in which the score was seen, shape (b,)."""
    seen = count > 0
    logs = np.log(np.broadcast_to(tau, count.shape), where=seen, out=np.zeros_like(count))
    return np.asarray((count * logs).sum(axis=(1, 2)), dtype=np.float64)
