"""How the log rates of a pairing depend on the parameters, and sums over pairings carried back to them.

The parameters of a problem with t teams are ``[μ, γ, attack (t), defence (t), ρ, own (t)]``; a fit without
the low-score term stops before ρ, one without home advantages of each team's own stops before ``own``:

    x = log λ = μ + γ + own[host] + attack[host] − defence[guest]
    y = log ν = μ + attack[guest] − defence[host]

At a neutral venue γ and ``own`` are left out.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.pairing_terms import HOST, LEVEL, RHO, SLOPE, XX, XY, YY, Terms

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

    @cached_property
    def bend(self) -> Floats:
        """Shape (p,): half of 1 where goals grow with a parameter's exponential, of −1 where they shrink."""
        half = np.zeros(self.width)
        half[self.attack], half[self.defence] = 0.5, -0.5
        return half


def log_rates(layout: Layout, theta: Floats, *, advantage: bool) -> tuple[Floats, Floats]:
    """Return x and y of every pairing, each of shape (b, t, t), for parameters of shape (b, p)."""
    attack, defence = theta[:, layout.attack] + theta[:, :1], theta[:, layout.defence]
    hosts = attack + theta[:, 1:2] if advantage else attack
    if advantage and layout.own_advantage:
        hosts = hosts + theta[:, layout.own]
    return hosts[:, :, None] - defence[:, None, :], attack[:, None, :] - defence[:, :, None]


def gradient(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum slopes by pairing to slopes by parameter, shape (b, p)."""
    total = np.zeros((len(terms.value), layout.width))
    _fill(layout, terms, SLOPE, total, advantage=advantage)
    if terms.rho is not None:
        total[:, layout.rho] = terms.rho
    return total


def information(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum information by pairing to information by parameter, shape (b, p, p)."""
    total = np.zeros((len(terms.value), layout.width, layout.width))
    _fill_strengths(layout, terms, total)
    shared = [(INTERCEPT, LEVEL)]
    if advantage:
        shared.append((ADVANTAGE, HOST))
    if terms.rho_rho is not None:
        shared.append((layout.rho, RHO))
        total[:, layout.rho, layout.rho] = terms.rho_rho
    for place, direction in shared:
        _fill(layout, terms, direction, total[:, place], advantage=advantage)
    for place, _ in reversed(shared):
        total[:, :, place] = total[:, place]
    if advantage and layout.own_advantage:
        _fill_own_advantages(layout, terms, total)
    return total


def _fill(layout: Layout, terms: Terms, direction: int, into: Floats, *, advantage: bool) -> None:
    """Fill in what a direction brings to each parameter, shape (b, p)."""
    attack, defence, host = terms.by_team[direction]
    total, _, at_home = terms.totals[direction]
    into[:, layout.attack] = attack
    into[:, layout.defence] = defence
    into[:, INTERCEPT] = total
    if advantage:
        into[:, ADVANTAGE] = at_home
    if advantage and layout.own_advantage:
        into[:, layout.own] = host


def _fill_strengths(layout: Layout, terms: Terms, total: Floats) -> None:
    """Fill in attacks and defences, alone and together."""
    attacks, defences = layout.attack, layout.defence
    mixed, alone = total[:, attacks, defences], diagonal(total)
    np.negative(terms.parts[XX] + terms.parts[YY].swapaxes(1, 2), out=mixed)
    alone[:, attacks], alone[:, defences] = terms.by_team[LEVEL, 0], -terms.by_team[LEVEL, 1]
    if terms.rho is not None:
        # Both sides' log rates hang on the same two teams: attacks meet attacks, and a team itself.
        crossed, both = terms.parts[XY] + terms.parts[XY].swapaxes(1, 2), terms.sums[:, XY].sum(axis=0)
        diagonal(mixed)[...] -= both
        for block in (attacks, defences):
            alone[:, block] -= both
            total[:, block, block] += crossed
    total[:, defences, attacks] = mixed.swapaxes(1, 2)


def _fill_own_advantages(layout: Layout, terms: Terms, total: Floats) -> None:
    """Fill in each team's own home advantage, with itself and with the attacks and defences."""
    own, by_host = layout.own, terms.sums[0]
    strengths = slice(layout.attack.start, layout.defence.stop)
    diagonal(total[:, own, own])[...] = by_host[XX]
    np.negative(terms.parts[XX], out=total[:, own, layout.defence])
    if terms.rho is not None:
        total[:, own, layout.attack] = terms.parts[XY]
        diagonal(total[:, own, layout.defence])[...] -= by_host[XY]
    diagonal(total[:, own, layout.attack])[...] += by_host[XX]
    total[:, strengths, own] = total[:, own, strengths].swapaxes(1, 2)


def diagonal(blocks: Floats) -> Floats:
    """Look at the diagonals of square blocks, shape (b, t); writing there writes in the blocks."""
    view: Floats = np.einsum("bii->bi", blocks)
    return view
