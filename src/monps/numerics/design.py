"""How the log rates of a pairing depend on the parameters, and sums over pairings carried back to them.

The parameters of a problem with t teams are ``[μ, γ, attack (t), defence (t), ρ, own (t)]``; a fit without
the low-score term stops before ρ, one without home advantages of each team's own stops before ``own``:

    x = log λ = μ + γ + own[host] + attack[host] − defence[guest]
    y = log ν = μ + attack[guest] − defence[host]

At a neutral venue γ and ``own`` are left out.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.pairing_terms import X_RHO, XX, XY, Y_RHO, YY, Terms, X, Y

INTERCEPT, ADVANTAGE = 0, 1


@dataclass(frozen=True)
class Layout:
    """Where each parameter stands.

    Examples
    --------
    >>> layout = Layout(teams=20, low_scores=True)
    >>> layout.width, layout.attack, layout.rho
    (43, slice(2, 22, None), 42)
    """

    teams: int
    low_scores: bool = False
    own_advantage: bool = False

    @cached_property
    def width(self) -> int:
        """Number of parameters."""
        return (
            self.rho + (1 if self.low_scores or self.own_advantage else 0) + self.own_advantage * self.teams
        )

    @cached_property
    def attack(self) -> slice:
        """Where the attacks stand."""
        return slice(2, 2 + self.teams)

    @cached_property
    def defence(self) -> slice:
        """Where the defences stand."""
        return slice(2 + self.teams, self.rho)

    @cached_property
    def rho(self) -> int:
        """Where ρ stands, if it is there."""
        return 2 + 2 * self.teams

    @cached_property
    def own(self) -> slice:
        """Where the teams' own home advantages stand, if they are there."""
        return slice(self.rho + 1, self.rho + 1 + self.teams)


def log_rates(layout: Layout, theta: Floats, *, advantage: bool) -> tuple[Floats, Floats]:
    """Return x and y of every pairing, each of shape (b, t, t), for parameters of shape (b, p)."""
    attack, defence = theta[:, layout.attack] + theta[:, :1], theta[:, layout.defence]
    hosts = attack + theta[:, 1:2] if advantage else attack
    if advantage and layout.own_advantage:
        hosts = hosts + theta[:, layout.own]
    return hosts[:, :, None] - defence[:, None, :], attack[:, None, :] - defence[:, :, None]


class _Sums(NamedTuple):
    """One part of the terms, summed over guests and over hosts, each of shape (b, t)."""

    by_host: Floats
    by_guest: Floats

    @classmethod
    def of(cls, terms: Terms, place: int) -> "_Sums":
        """Take a part; without ρ, nothing hangs together."""
        if place < len(terms.parts):
            return cls(terms.by_host[place], terms.by_guest[place])
        return cls(*np.zeros((2, *terms.parts.shape[1:3])))

    def plus(self, other: "_Sums") -> "_Sums":
        return _Sums(self.by_host + other.by_host, self.by_guest + other.by_guest)


def gradient(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum slopes by pairing to slopes by parameter, shape (b, p)."""
    total = np.zeros((len(terms.value), layout.width))
    _carry(layout, _Sums.of(terms, X), _Sums.of(terms, Y), total, advantage=advantage)
    if terms.rho is not None:
        total[:, layout.rho] = terms.rho
    return total


def information(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum information by pairing to information by parameter, shape (b, p, p)."""
    total = np.zeros((len(terms.value), layout.width, layout.width))
    xx, yy, xy = (_Sums.of(terms, place) for place in (XX, YY, XY))
    _strengths(layout, terms, (xx, yy, xy), total)
    # A shift of what all matches share shifts x and y of every pairing, and with them both slopes.
    shifted = [(INTERCEPT, xx.plus(xy), yy.plus(xy))]
    if advantage:
        shifted.append((ADVANTAGE, xx, xy))
    if terms.rho_rho is not None:
        shifted.append((layout.rho, _Sums.of(terms, X_RHO), _Sums.of(terms, Y_RHO)))
        total[:, layout.rho, layout.rho] = terms.rho_rho
    for place, x, y in shifted:
        _carry(layout, x, y, total[:, place], advantage=advantage)
    for place, _, _ in reversed(shifted):
        total[:, :, place] = total[:, place]
    if advantage and layout.own_advantage:
        _own_advantages(layout, terms, (xx, xy), total)
    return total


def _carry(layout: Layout, x: _Sums, y: _Sums, into: Floats, *, advantage: bool) -> None:
    """Carry something by x and y of each pairing back to the parameters, shape (b, p)."""
    scored, conceded = x.by_host + y.by_guest, x.by_guest + y.by_host
    into[:, layout.attack] = scored
    np.negative(conceded, out=into[:, layout.defence])
    into[:, INTERCEPT] = scored.sum(axis=1)
    if advantage:
        into[:, ADVANTAGE] = x.by_host.sum(axis=1)
    if advantage and layout.own_advantage:
        into[:, layout.own] = x.by_host


def _strengths(layout: Layout, terms: Terms, sums: tuple[_Sums, _Sums, _Sums], total: Floats) -> None:
    """Fill in attacks and defences, alone and together."""
    xx, yy, xy = sums
    attack, defence = total[:, layout.attack, layout.attack], total[:, layout.defence, layout.defence]
    mixed = total[:, layout.attack, layout.defence]
    np.negative(terms.parts[XX] + terms.parts[YY].swapaxes(1, 2), out=mixed)
    if terms.rho is not None:
        crossed = terms.parts[XY] + terms.parts[XY].swapaxes(1, 2)
        attack += crossed
        defence += crossed
        diagonal(mixed)[...] -= xy.by_host + xy.by_guest
    total[:, layout.defence, layout.attack] = mixed.swapaxes(1, 2)
    diagonal(attack)[...] += xx.by_host + yy.by_guest
    diagonal(defence)[...] += xx.by_guest + yy.by_host


def _own_advantages(layout: Layout, terms: Terms, sums: tuple[_Sums, _Sums], total: Floats) -> None:
    """Fill in each team's own home advantage, with itself and with the attacks and defences."""
    xx, xy = sums
    own, strengths = layout.own, slice(layout.attack.start, layout.defence.stop)
    diagonal(total[:, own, own])[...] = xx.by_host
    if terms.rho is not None:
        total[:, own, layout.attack] = terms.parts[XY]
    np.negative(terms.parts[XX], out=total[:, own, layout.defence])
    diagonal(total[:, own, layout.attack])[...] += xx.by_host
    diagonal(total[:, own, layout.defence])[...] -= xy.by_host
    total[:, strengths, own] = total[:, own, strengths].swapaxes(1, 2)


def diagonal(blocks: Floats) -> Floats:
    """Look at the diagonals of square blocks, shape (b, t); writing there writes in the blocks."""
    view: Floats = np.einsum("bii->bi", blocks)
    return view
