"""Value, slope and information of each pairing in x = log λ, y = log ν and ρ."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.pairings import Pairings

X, Y, XX, YY, XY, X_RHO, Y_RHO = range(7)
"""Places in ``Terms.parts``: slopes in x and y, then the information of each pair of variables."""

SLOPE, LEVEL, HOST, RHO = range(4)
"""Places in ``Terms.by_team``: the slopes, and what they lose when all log rates, those of the hosts, or ρ
rise by one."""

_MADE_OF: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((X,), (Y,)),
    ((XX, XY), (XY, YY)),
    ((XX,), (XY,)),
    ((X_RHO,), (Y_RHO,)),
)
"""The parts of each of those in x and in y."""


@dataclass(frozen=True, eq=False)
class Terms:
    """What the pairings of b problems add to the log-likelihood, and how it bends there.

    Parameters
    ----------
    value : ndarray, shape (b,)
        The log-likelihood.
    parts : ndarray, shape (k, b, t, t)
        Slopes and information (minus second derivatives) of each pairing: k is 7, or 4 without ρ, when the
        two sides are independent.
    rho, rho_rho : ndarray, shape (b,), or None
        Slope and information in ρ alone.
    """

    value: Floats
    parts: Floats
    rho: Floats | None = None
    rho_rho: Floats | None = None

    @cached_property
    def sums(self) -> Floats:
        """Shape (2, k, b, t): the parts summed over the guests of each host, and the hosts of each guest."""
        sums, ones = np.empty((2, *self.parts.shape[:3])), np.ones(self.parts.shape[3])
        np.matmul(self.parts, ones, out=sums[0])
        np.matmul(ones, self.parts, out=sums[1])
        return sums

    @cached_property
    def by_team(self) -> Floats:
        """Shape (4, 3, b, t), or (3, 3, b, t) without ρ: what comes to each attack, defence and host.

        An attack is in x of the matches at home and y of those away; a defence is taken from y at home and x
        away; a host's own part is in x at home.
        """
        count, problems, teams = self.parts.shape[:3]
        carried = _carrying(count) @ self.sums.reshape(2 * count, problems * teams)
        return carried.reshape(-1, 3, problems, teams)

    @cached_property
    def totals(self) -> Floats:
        """Shape (4, 3, b), or (3, 3, b) without ρ: the same, of all teams."""
        return np.asarray(self.by_team.sum(axis=3), dtype=np.float64)


@cache
def _carrying(count: int) -> Floats:
    """Return the signs with which sums by host and by guest come to attacks, defences and hosts."""
    made = [pair for pair in _MADE_OF if max(pair[0]) < count or XY in pair[0]]
    signs = np.zeros((len(made), 3, 2, count))
    for direction, (in_x, in_y) in zip(signs, made, strict=True):
        attack, defence, host = direction
        for part in (part for part in in_x if part < count):
            attack[0, part] = host[0, part] = 1.0
            defence[1, part] = -1.0
        for part in (part for part in in_y if part < count):
            attack[1, part] = 1.0
            defence[0, part] = -1.0
    return signs.reshape(-1, 2 * count)


def poisson_terms(sums: Pairings, x: Floats, y: Floats) -> Terms:
    """Differentiate Σ w (home·x − eˣ + away·y − eʸ), shapes (b, t, t)."""
    parts = np.empty((4, *x.shape))
    _fill_independent(parts, sums, np.exp(x), np.exp(y))
    return Terms(_independent_value(parts, sums, x, y), parts)


def dixon_coles_terms(sums: Pairings, x: Floats, y: Floats, rho: Floats) -> Terms:
    """Differentiate the same with Σ w log τ added; ``rho`` has shape (b,).

    Where ρ makes a score impossible that was seen, the value is NaN: no step may end there.

    References
    ----------
    Dixon & Coles (1997), Modelling association football scores, eq. 4.2 and 4.3.
    """
    # The chances of 0–0, 0–1 and 1–0 are multiplied by τ = 1 + cρ, each with its own c; that of 1–1 by 1 − ρ.
    parts, c = np.empty((7, *x.shape)), np.empty((3, *x.shape))
    home, away = np.exp(x, out=c[1]), np.exp(y, out=c[2])
    np.multiply(-home, away, out=c[0])
    _fill_independent(parts, sums, home, away)
    value = _independent_value(parts, sums, x, y)

    low, one_all = sums.low[:3], sums.low[3].sum(axis=(1, 2))
    tau, tau_one_all = _possible(low, 1.0 + c * rho[:, None, None]), _possible(one_all, 1.0 - rho)
    slopes = low * c
    slopes /= tau
    bends = slopes / tau
    _add_low_scores(parts, slopes, bends, rho[:, None, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        value += _product(low, np.log(tau)).sum(axis=0) + one_all * np.log(tau_one_all)
    return Terms(
        value,
        parts,
        rho=_flat(slopes).sum(axis=(0, 2)) - one_all / tau_one_all,
        rho_rho=_product(bends, c).sum(axis=0) + one_all / tau_one_all**2,
    )


def _fill_independent(parts: Floats, sums: Pairings, home: Floats, away: Floats) -> None:
    """Fill in what two independent counts give."""
    np.multiply(sums.played, home, out=parts[XX])
    np.multiply(sums.played, away, out=parts[YY])
    np.subtract(sums.home, parts[XX], out=parts[X])
    np.subtract(sums.away, parts[YY], out=parts[Y])


def _independent_value(parts: Floats, sums: Pairings, x: Floats, y: Floats) -> Floats:
    expected = _flat(parts[XX : YY + 1]).sum(axis=(0, 2))
    value: Floats = _product(sums.home, x) + _product(sums.away, y) - expected
    return value


def _add_low_scores(parts: Floats, slopes: Floats, bends: Floats, rho: Floats) -> None:
    """Add what 0–0, which hangs on x and y, and 0–1 and 1–0, which hang on one of them, give."""
    across = parts[X_RHO : Y_RHO + 1]
    np.negative(np.add(bends[1:], bends[0], out=across), out=across)
    np.multiply(bends[0], -rho, out=parts[XY])
    parts[X : Y + 1] += (slopes[1:] + slopes[0]) * rho
    parts[XX : YY + 1] += across * rho


def _possible(seen: Floats, tau: Floats) -> Floats:
    """Take 1 for τ where ρ makes impossible what was never seen."""
    return tau if tau.min() > 0.0 else np.where(seen > 0.0, tau, 1.0)


def _flat(pairings: Floats) -> Floats:
    """Lay the pairings of each problem out in one row."""
    return pairings.reshape(*pairings.shape[:-2], -1)


def _product(weights: Floats, values: Floats) -> Floats:
    """Σ weights · values of each problem."""
    return np.asarray(np.vecdot(_flat(weights), _flat(values)), dtype=np.float64)
