"""Scoreline grids of the fixtures, once for each set of strengths that may be true."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.ratings.strengths import Strengths
from monps.season.league import LeagueSeason
from monps.season.strengths import draw_strengths, with_newcomers

USUAL_SETS = 100
"""Sets of strengths. With 10,000 runs a chance near one half then has a standard error of 0.007 in
mid-season, not much more than the 0.005 of runs that share nothing; more sets take more time."""


class ScoreShape(Protocol):
    """How goals are distributed around their rates."""

    @property
    def shape_bounds(self) -> Mapping[str, tuple[float, float]]:
        """The shape parameters that were fitted apart from the strengths."""
        ...

    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return grids of n matches from rates of shape (n,)."""
        ...


class FittedModel(Protocol):
    """A score model with what fitting found."""

    @property
    def spec(self) -> ScoreShape:
        """The recipe."""
        ...

    @property
    def strengths(self) -> Strengths:
        """Attacks, defences and what is not known of them."""
        ...

    @property
    def shape(self) -> Mapping[str, float]:
        """The distribution's own parameters."""
        ...


def draw_grids(
    fitted: FittedModel, season: LeagueSeason, runs: int, rng: np.random.Generator, *, sets: int = USUAL_SETS
) -> Iterator[tuple[ScoreGrid, int]]:
    """Draw sets of strengths, and return each one's grids with its share of the runs.

    Parameters
    ----------
    fitted : FittedModel
        What knows the teams; those it never saw are as uncertain as newcomers are.
    season : LeagueSeason
        Whose fixtures.
    runs : int
        Seasons to be simulated in all.
    rng : numpy.random.Generator
        Where chance comes from.
    sets : int
        How many to draw, no more than there are runs; 1 takes the estimate as if it were exactly known.

    Yields
    ------
    tuple of (ScoreGrid, int)
        Grids of all fixtures, and how many seasons to play on them.
    """
    strengths = with_newcomers(fitted.strengths, season.teams.names)
    sets = min(sets, runs)
    drawn = draw_strengths(strengths, sets, rng) if sets > 1 else iter([strengths])
    for number, each in enumerate(drawn):
        yield _grid(fitted, each, season), runs // sets + (number < runs % sets)


def _grid(fitted: FittedModel, strengths: Strengths, season: LeagueSeason) -> ScoreGrid:
    number = strengths.teams.encode(season.teams.names)
    home, away = number[season.fixtures.home], number[season.fixtures.away]
    log_home, log_away = strengths.log_rates(home, away)
    if season.fixtures.neutral.any():
        log_neutral, _ = strengths.log_rates(home, away, advantage=False)
        log_home = np.where(season.fixtures.neutral, log_neutral, log_home)
    return fitted.spec.scorelines(np.exp(log_home), np.exp(log_away), _shape(fitted, strengths))


def _shape(fitted: FittedModel, strengths: Strengths) -> Mapping[str, float]:
    """Return the fitted shape; ρ moves with the strengths where it was fitted jointly with them."""
    joint = strengths.layout.low_scores and "rho" not in fitted.spec.shape_bounds
    return {**fitted.shape, "rho": strengths.rho} if joint else fitted.shape
