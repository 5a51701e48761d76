"""Settings chosen by what earlier seasons say, never by the season that is judged."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.agents.base import Agent, GridForecast, History
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.numerics.scoring import log_loss
from monps.ratings.combination import known_before, with_earlier


class Tuned(Agent):
    """Several variants of an agent, of which each season is given to the one that has done best before it.

    Parameters
    ----------
    candidates : tuple of Agent
        The variants; the first one is taken where nothing speaks for another.
    """

    candidates: tuple[Agent, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"tuned_{self.candidates[0].name}"

    def replay(self, history: History, wanted: Bools) -> "TunedForecast":
        """Let every candidate forecast the wanted seasons and those before, and choose season by season."""
        table = history.matches
        seasons = table.column("season")
        asked = with_earlier(table, wanted)
        forecasts = tuple(candidate.replay(history, asked) for candidate in self.candidates)
        losses = np.stack([_losses(forecast, table.outcomes) for forecast in forecasts])
        choice = np.full(len(table), -1)
        for season in np.unique(seasons[wanted]):
            choice[wanted & (seasons == season)] = _best(losses[:, known_before(table, int(season))])
        return TunedForecast(forecasts, choice)


@dataclass(frozen=True, eq=False)
class TunedForecast:
    """Each match's forecast by the candidate that was chosen for its season.

    Parameters
    ----------
    forecasts : tuple of GridForecast
        Those of all candidates.
    choice : ndarray of int, shape (n,)
        Whose forecast counts; −1 for matches that were not wanted.
    """

    forecasts: tuple[GridForecast, ...]
    choice: Ints

    @cached_property
    def made(self) -> Bools:
        """Shape (n,): whether there is a forecast."""
        made = [(self.choice == place) & forecast.made for place, forecast in enumerate(self.forecasts)]
        return np.asarray(np.any(made, axis=0))

    @property
    def refits(self) -> int:
        """How many fits it took, all candidates together."""
        return sum(forecast.refits for forecast in self.forecasts)

    def grid(self, rows: Bools) -> ScoreGrid:
        """Build the grids of the chosen matches."""
        parts = [rows & (self.choice == place) for place in range(len(self.forecasts))]
        grids = [forecast.grid(part) for forecast, part in zip(self.forecasts, parts, strict=True)]
        order = np.argsort(np.concatenate([np.flatnonzero(part) for part in parts]))
        probabilities = np.concatenate([grid.probabilities for grid in grids])
        return ScoreGrid(probabilities[order], np.concatenate([grid.tail for grid in grids])[order])


def _losses(forecast: GridForecast, happened: Ints) -> Floats:
    """Shape (n,): log loss of each match's result, NaN where there is no forecast."""
    losses, made = np.full(len(happened), np.nan), forecast.made
    losses[made] = log_loss(forecast.grid(made).outcomes(), happened[made])
    return losses


def _best(losses: Floats) -> int:
    """Return the candidate with the least mean loss on matches that all of them forecast."""
    known = np.isfinite(losses).all(axis=0)
    return int(losses[:, known].mean(axis=1).argmin()) if known.any() else 0
