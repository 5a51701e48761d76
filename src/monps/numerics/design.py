"""How the log rates of a pairing depend on the parameters, and sums over pairings carried back to them.

The parameters of a problem with t teams are ``[μ, γ, attack (t), defence (t), ρ, own (t)]``; a fit without
the low-score term stops before ρ, one without home advantages of each team's own stops before ``own``:

    x = log λ = μ + γ + own[host] + attack[host] − defence[guest]
    y = log ν = μ + attack[guest] − defence[host]

At a neutral venue γ and ``own`` are left out.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.pairing_terms import LowScoreTerms, Terms

INTERCEPT, ADVANTAGE = 0, 1


@dataclass(frozen=True, slots=True)
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

    @property
    def width(self) -> int:
        """Number of parameters."""
        return (
            self.rho + (1 if self.low_scores or self.own_advantage else 0) + self.own_advantage * self.teams
        )

    @property
    def attack(self) -> slice:
        """Where the attacks stand."""
        return slice(2, 2 + self.teams)

    @property
    def defence(self) -> slice:
        """Where the defences stand."""
        return slice(2 + self.teams, self.rho)

    @property
    def rho(self) -> int:
        """Where ρ stands, if it is there."""
        return 2 + 2 * self.teams

    @property
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


def gradient(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum slopes by pairing to slopes by parameter, shape (b, p)."""
    total = np.zeros((len(terms.value), layout.width))
    scored_home, scored_away = terms.x.sum(axis=2), terms.y.sum(axis=1)
    total[:, layout.attack] = scored_home + scored_away
    total[:, layout.defence] = -(terms.x.sum(axis=1) + terms.y.sum(axis=2))
    total[:, INTERCEPT] = total[:, layout.attack].sum(axis=1)
    if advantage:
        total[:, ADVANTAGE] = scored_home.sum(axis=1)
    if advantage and layout.own_advantage:
        total[:, layout.own] = scored_home
    if terms.low is not None:
        total[:, layout.rho] = terms.low.rho
    return total


def information(layout: Layout, terms: Terms, *, advantage: bool) -> Floats:
    """Sum information by pairing to information by parameter, shape (b, p, p)."""
    total = np.zeros((len(terms.value), layout.width, layout.width))
    _strengths(layout, terms, total)
    if advantage:
        _advantages(layout, terms, total)
    if terms.low is not None:
        _low_scores(layout, terms.low, total, advantage=advantage)
    _mirror(layout, total)
    return total


def _strengths(layout: Layout, terms: Terms, total: Floats) -> None:
    """Fill in attacks and defences, alone, together, and with the intercept."""
    teams = np.arange(layout.teams)
    attack, defence = total[:, layout.attack, layout.attack], total[:, layout.defence, layout.defence]
    mixed = total[:, layout.attack, layout.defence]
    mixed -= terms.xx + terms.yy.swapaxes(1, 2)
    if terms.low is not None:
        crossed = terms.low.xy + terms.low.xy.swapaxes(1, 2)
        attack += crossed
        defence += crossed
        mixed[:, teams, teams] -= terms.low.xy.sum(axis=2) + terms.low.xy.sum(axis=1)
    attack[:, teams, teams] += terms.xx.sum(axis=2) + terms.yy.sum(axis=1)
    defence[:, teams, teams] += terms.xx.sum(axis=1) + terms.yy.sum(axis=2)
    # A shift of every attack at once is a shift of the intercept: its row is the sum of theirs.
    total[:, INTERCEPT, layout.attack] = attack.sum(axis=1)
    total[:, INTERCEPT, layout.defence] = mixed.sum(axis=1)
    total[:, INTERCEPT, INTERCEPT] = attack.sum(axis=(1, 2))


def _advantages(layout: Layout, terms: Terms, total: Floats) -> None:
    """Fill in the common home advantage, and each team's own, with everything before them."""
    by_host = terms.xx.sum(axis=2)
    with_attack, with_defence = _host_rows(terms)
    total[:, ADVANTAGE, ADVANTAGE] = by_host.sum(axis=1)
    total[:, ADVANTAGE, layout.attack] = with_attack.sum(axis=1)
    total[:, ADVANTAGE, layout.defence] = with_defence.sum(axis=1)
    total[:, INTERCEPT, ADVANTAGE] = with_attack.sum(axis=(1, 2))
    if layout.own_advantage:
        teams = np.arange(layout.teams)
        total[:, layout.own, layout.own][:, teams, teams] = by_host
        total[:, ADVANTAGE, layout.own] = by_host
        total[:, INTERCEPT, layout.own] = with_attack.sum(axis=2)
        total[:, layout.attack, layout.own] = with_attack.swapaxes(1, 2)
        total[:, layout.defence, layout.own] = with_defence.swapaxes(1, 2)


def _host_rows(terms: Terms) -> tuple[Floats, Floats]:
    """Information between what only the host has and every attack, every defence; shape (b, t, t)."""
    teams = np.arange(terms.xx.shape[1])
    with_attack = np.zeros_like(terms.xx) if terms.low is None else terms.low.xy.copy()
    with_attack[:, teams, teams] += terms.xx.sum(axis=2)
    with_defence = -terms.xx
    if terms.low is not None:
        with_defence[:, teams, teams] -= terms.low.xy.sum(axis=2)
    return with_attack, with_defence


def _low_scores(layout: Layout, terms: LowScoreTerms, total: Floats, *, advantage: bool) -> None:
    """Fill in ρ with everything before it and the own advantages."""
    by_host = terms.x_rho.sum(axis=2)
    column = total[:, :, layout.rho]
    column[:, layout.attack] = by_host + terms.y_rho.sum(axis=1)
    column[:, layout.defence] = -(terms.x_rho.sum(axis=1) + terms.y_rho.sum(axis=2))
    column[:, INTERCEPT] = column[:, layout.attack].sum(axis=1)
    if advantage:
        column[:, ADVANTAGE] = by_host.sum(axis=1)
    if advantage and layout.own_advantage:
        total[:, layout.rho, layout.own] = by_host
    column[:, layout.rho] = terms.rho_rho


def _mirror(layout: Layout, total: Floats) -> None:
    """Copy what stands above the diagonal below it."""
    np.copyto(total, total.swapaxes(1, 2), where=_below_diagonal(layout.width))


@cache
def _below_diagonal(width: int) -> Bools:
    return np.tri(width, k=-1, dtype=bool)
