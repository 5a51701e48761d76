"""Fitted agents: what is left of history once an agent has learned from it, ready for any fixture."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np

from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import conway_maxwell_grid
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable


@dataclass(frozen=True, slots=True, eq=False)
class AgentForecast:
    """What one agent says of n fixtures; NaN where it abstains.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Expected goals.
    rho, dispersion : ndarray, shape (n,)
        The shape of the scores: Dixon and Coles's ρ, and ν (1 is Poisson, above 1 they scatter less).
    errors : ndarray, shape (n, 2)
        Standard errors of both sides' log rates.
    quality : ndarray, shape (n,)
        The share of what the agent would like to know that it knew, from 0 to 1.
    reasons : tuple of str, length n
        What it went by; or why it abstains.
    corners, cards : ScoreGrid, optional
        Grids of the n fixtures' corners and cards, by agents that have a view of them.
    first_half : ndarray, shape (n,), optional
        Chance that a match's only goal falls before the break.
    """

    home: Floats
    away: Floats
    rho: Floats
    dispersion: Floats
    errors: Floats
    quality: Floats
    reasons: tuple[str, ...]
    corners: ScoreGrid | None = None
    cards: ScoreGrid | None = None
    first_half: Floats | None = None

    @property
    def made(self) -> Bools:
        """Shape (n,): whether there is a forecast."""
        return np.isfinite(self.home) & np.isfinite(self.away) & np.isfinite(self.rho)

    @property
    def refits(self) -> int:
        """A fitted agent fits nothing more."""
        return 0

    def where(self, rows: Bools) -> "AgentForecast":
        """Return the forecasts of chosen fixtures."""
        return AgentForecast(
            self.home[rows],
            self.away[rows],
            self.rho[rows],
            self.dispersion[rows],
            self.errors[rows],
            self.quality[rows],
            tuple(reason for reason, chosen in zip(self.reasons, rows, strict=True) if chosen),
            None if self.corners is None else self.corners[rows],
            None if self.cards is None else self.cards[rows],
            None if self.first_half is None else self.first_half[rows],
        )

    def over(self, other: "AgentForecast") -> "AgentForecast":
        """Return this forecast where it is made, and the other elsewhere; corners and the like as here."""
        made = self.made
        return AgentForecast(
            np.where(made, self.home, other.home),
            np.where(made, self.away, other.away),
            np.where(made, self.rho, other.rho),
            np.where(made, self.dispersion, other.dispersion),
            np.where(made[:, None], self.errors, other.errors),
            np.where(made, self.quality, other.quality),
            tuple(a if m else b for m, a, b in zip(made, self.reasons, other.reasons, strict=True)),
            self.corners,
            self.cards,
            self.first_half,
        )

    def grid(self, rows: Bools) -> ScoreGrid:
        """Build the grids of chosen fixtures; ρ is held within the bounds of each one's rates."""
        return conway_maxwell_grid(self.home[rows], self.away[rows], self.rho[rows], self.dispersion[rows])


class FittedAgent(Protocol):
    """An agent that has learned from the history known at a moment; it forecasts, and changes no more."""

    @property
    def name(self) -> str:
        """The agent's."""
        ...

    @property
    def as_of(self) -> datetime:
        """The moment from which it looks."""
        ...

    def forecast(self, fixtures: MatchTable, quotes: QuoteTable) -> AgentForecast:
        """Forecast n fixtures of the competition it was fitted to.

        Parameters
        ----------
        fixtures : MatchTable
            As ``monps.tables.fixtures.fixture_table`` makes it: goals unknown.
        quotes : QuoteTable
            Bookmakers' quotes for them, as known when one looks. Most agents do not read them.

        Returns
        -------
        AgentForecast
        """
        ...

    def to_bytes(self) -> bytes:
        """Write the fit down; ``monps.agents.load`` reads it."""
        ...
