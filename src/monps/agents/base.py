"""What all agents share: history in, rates out, and no way to fetch or to look ahead."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np

from monps.agents.fitted import FittedAgent
from monps.agents.pairs import fit_pairs
from monps.agents.slate import Slate
from monps.domain.base import Noun
from monps.errors import UsageError
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import conway_maxwell_grid
from monps.numerics.grid import ScoreGrid
from monps.ratings.strengths import StrengthSettings
from monps.tables.appearances import AppearanceTable
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable
from monps.tables.shots import ShotTable
from monps.tables.team_matches import TeamMatchTable


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Matches and quotes with the moments at which they became known.

    Parameters
    ----------
    matches : MatchTable
        The n matches, with the goals that past prices stood for (``with_implied_goals``) where there are any.
    quotes : QuoteTable
        Bookmakers' quotes for them.
    team_matches : TeamMatchTable, optional
        What each side did, two rows a match; None where nobody asked for details.
    shots : ShotTable, optional
        Every shot that a source told of.
    appearances : AppearanceTable, optional
        Who played, by player, match and source.
    """

    matches: MatchTable
    quotes: QuoteTable
    team_matches: TeamMatchTable | None = None
    shots: ShotTable | None = None
    appearances: AppearanceTable | None = None

    def until(self, as_of: datetime) -> "History":
        """Return what was known at a moment."""
        return History(
            self.matches.until(as_of),
            self.quotes.until(as_of),
            None if self.team_matches is None else self.team_matches.until(as_of),
            None if self.shots is None else self.shots.until(as_of),
            None if self.appearances is None else self.appearances.until(as_of),
        )


class GridForecast(Protocol):
    """Forecasts of n matches, as scoreline grids."""

    @property
    def made(self) -> Bools:
        """Shape (n,): whether there is a forecast."""
        ...

    @property
    def refits(self) -> int:
        """How many fits it took."""
        ...

    def grid(self, rows: Bools) -> ScoreGrid:
        """Build the grids of the chosen matches, shape (n,); all of them must have a forecast."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Goal rates of n matches; NaN where the agent had nothing to go by.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Expected goals.
    rho : ndarray, shape (n,)
        The Dixon–Coles low-score parameter.
    dispersion : float or ndarray, shape (n,)
        ν of both sides' goals: 1 is Poisson, above 1 they scatter less.
    refits : int
        How many fits it took.
    """

    home: Floats
    away: Floats
    rho: Floats
    dispersion: Floats | float = 1.0
    refits: int = 0

    @property
    def made(self) -> Bools:
        """Shape (n,): whether there is a forecast."""
        return np.isfinite(self.home) & np.isfinite(self.away) & np.isfinite(self.rho)

    def grid(self, rows: Bools) -> ScoreGrid:
        """Build the grids of chosen matches; ρ is held within the bounds of each match's rates."""
        dispersion = np.broadcast_to(self.dispersion, len(self.home))[rows]
        return conway_maxwell_grid(self.home[rows], self.away[rows], self.rho[rows], dispersion)


class Agent(Noun, ABC):
    """A frozen recipe that forecasts."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What it is called on the command line."""

    @abstractmethod
    def replay(self, history: History, wanted: Bools) -> GridForecast:
        """Forecast matches as they would have been forecast on the morning of their day.

        Parameters
        ----------
        history : History
            The n matches and their quotes.
        wanted : ndarray of bool, shape (n,)
            Which to forecast. Nothing that became known later than a match's morning has a say in its
            forecast, save for the match's own early prices, which some agents ask for: they are collected
            on that day or before, hours before kick-off.

        Returns
        -------
        GridForecast
            Of all n matches; none for those not wanted.
        """

    @property
    def rated_by(self) -> tuple[StrengthSettings, ...]:
        """The ratings whose uncertainty is taken for the agent's."""
        return (StrengthSettings(),)

    @property
    def silence(self) -> str:
        """Why it abstains where it does: what the history lacks."""
        return "too little history"

    def coverage(self, recent: MatchTable) -> tuple[float, str]:  # noqa: ARG002 - what an agent may ask of it
        """Say which share of what it would like to know of recent matches is known, and what it goes by.

        Parameters
        ----------
        recent : MatchTable
            The matches of a competition in the year before.
        """
        return 1.0, "results"

    def fit(self, history: History, as_of: datetime, seasons: Mapping[str, int]) -> Mapping[str, FittedAgent]:
        """Learn from the history known at a moment, to forecast any fixture of some competitions.

        What is learned is what ``replay`` says of every pair of teams on the next morning: there is but one
        way to a forecast, and backtests measure the one that is used.

        Parameters
        ----------
        history : History
            The matches to learn from; those that became known later are not looked at.
        as_of : datetime
            The moment from which one looks.
        seasons : mapping of str to int
            The competitions, with the season of the matches to come.

        Returns
        -------
        mapping of str to FittedAgent
            One a competition.

        Raises
        ------
        NotEnoughData
            If no match of one of them was known.
        UsageError
            If the agent's forecasts have no rates.
        """
        slate = Slate.of(history, as_of, seasons)
        return self.settle(slate, self.replay(slate.history, slate.wanted), tuple(seasons))

    def settle(self, slate: Slate, said: GridForecast, codes: Sequence[str]) -> Mapping[str, FittedAgent]:
        """Keep what was said of the possible fixtures of some competitions.

        Parameters
        ----------
        slate : Slate
            What was known, with the possible fixtures.
        said : GridForecast
            What ``replay`` said of all rows of the slate, or at least of its fixtures.
        codes : sequence of str
            The competitions.

        Raises
        ------
        UsageError
            If the agent's forecasts have no rates.
        """
        if not isinstance(said, Forecast):
            raise UsageError(f"{self.name} gives grids without rates: it serves backtests alone")
        return {code: fit_pairs(self, slate, code, said) for code in codes}
