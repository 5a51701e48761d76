"""What several agents say of n fixtures, made one: grid, agreement, spread, quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.agents import AgentForecast
from monps.brain.pool import goals_without_each, multiplied
from monps.markets.timing import GoalTiming
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import conway_maxwell_grid
from monps.numerics.grid import GRID_SIZE, ScoreGrid

_SMALLEST_ERROR = 1e-6
_SHARE_STEP = 0.01


@dataclass(frozen=True, eq=False)
class Consensus:
    """The pool of m agents' forecasts of n fixtures, c of which somebody spoke of.

    Parameters
    ----------
    names : tuple of str, length m
        The agents': the members', then the voices'.
    said : tuple of AgentForecast, length m
        What they say of all n fixtures.
    weights : ndarray, shape (n, m)
        The powers; 0 for who keeps silent, NaN where all do.
    members : int
        How many of the m are members.
    chances : ndarray, shape (m, c, s, s)
        Everybody's own grid of the c fixtures; NaN where one keeps silent.
    tails : ndarray, shape (m, c)
        What lies beyond each.
    """

    names: tuple[str, ...]
    said: tuple[AgentForecast, ...]
    weights: Floats
    members: int
    chances: Floats
    tails: Floats

    @property
    def made(self) -> Bools:
        """Shape (n,): whether somebody spoke."""
        return np.asarray(np.isfinite(self.weights).all(axis=1))

    @cached_property
    def grid(self) -> ScoreGrid:
        """The pool's grids of the c fixtures."""
        return multiplied(self.chances, self.tails, self.weights[self.made].T)

    @cached_property
    def outcomes(self) -> Floats:
        """Shape (c, 3): home win, draw, away win."""
        return self.grid.outcomes()

    @cached_property
    def goals(self) -> tuple[Floats, Floats]:
        """Both sides' expected goals, each of shape (c,)."""
        return self.grid.expected_goals()

    @cached_property
    def opinions(self) -> Floats:
        """Shape (m, c, 3): everybody's own chances of the three; NaN where they keep silent."""
        cells = self.chances.reshape(*self.chances.shape[:2], -1)
        return np.asarray((cells / cells.sum(axis=2, keepdims=True)) @ _RESULTS)

    @cached_property
    def agreement(self) -> Floats:
        """Shape (c,): 1 less the largest total-variation distance between a member and the pool."""
        distance = np.abs(self._of_members - self.outcomes).sum(axis=2) / 2.0
        return np.asarray(1.0 - np.nanmax(distance, axis=0))

    @cached_property
    def epistemic_variance(self) -> Floats:
        """Shape (c,): the variance between members, summed over the three outcomes."""
        return np.asarray(np.nanvar(self._of_members, axis=0).sum(axis=1))

    @cached_property
    def aleatoric_variance(self) -> Floats:
        """Shape (c,): the members' mean of ``Σ p (1 − p)``."""
        said = self._of_members
        return np.asarray(np.nanmean((said * (1.0 - said)).sum(axis=2), axis=0))

    @property
    def _of_members(self) -> Floats:
        return self.opinions[: self.members]

    @cached_property
    def quality(self) -> Floats:
        """Shape (c,): the members' mean share of what they would like to know; 0 for who keeps silent."""
        return np.asarray(np.mean([each.quality for each in self.said[: self.members]], axis=0)[self.made])

    @cached_property
    def errors(self) -> Floats:
        """Shape (c, 2): standard errors of the log rates, as if the members erred apart from each other.

        Each member more makes them smaller.
        """
        members, made = self.said[: self.members], self.made
        each = np.stack([forecast.errors[made] for forecast in members])
        spoke = np.stack([forecast.made[made] for forecast in members])
        precision = np.where(spoke[:, :, None], np.maximum(each, _SMALLEST_ERROR) ** -2.0, 0.0).sum(axis=0)
        return np.asarray(precision**-0.5)

    @cached_property
    def counts(self) -> dict[str, ScoreGrid]:
        """The grids of corners and cards of the c fixtures, by the first member that has a view of them."""
        found: dict[str, ScoreGrid] = {}
        for forecast in self.said[: self.members]:
            for subject, grid in (("corners", forecast.corners), ("cards", forecast.cards)):
                if grid is not None and np.isfinite(grid.probabilities[self.made]).all():
                    found.setdefault(subject, grid[self.made])
        return found

    def timing(self, place: int) -> GoalTiming:
        """Return when goals fall in one of the c fixtures, as the first member with a view of it says.

        Shares are told apart by hundredths: each one takes its own compiled payoffs.
        """
        for forecast in self.said[: self.members]:
            share = np.nan if forecast.first_half is None else forecast.first_half[self.made][place]
            if np.isfinite(share):
                return GoalTiming().with_first_half(round(float(share) / _SHARE_STEP) * _SHARE_STEP)
        return GoalTiming()

    def of(self, made: Bools) -> "Consensus":
        """Return the consensus on the fixtures that somebody spoke of, those that ``made`` marks."""
        if made.all():
            return self
        said = tuple(each.where(made) for each in self.said)
        return Consensus(self.names, said, self.weights[made], self.members, self.chances, self.tails)

    def silence(self, place: int) -> dict[str, str]:
        """Return why each member abstains from one of the n fixtures."""
        pairs = zip(self.names[: self.members], self.said, strict=False)
        return {name: said.reasons[place] for name, said in pairs if not said.made[place]}

    @cached_property
    def goals_without(self) -> Floats:
        """Shape (m, 2, c): both sides' expected goals without one agent each, the other weights as they are.

        Where nobody else had a weight, its own come back.
        """
        return goals_without_each(self.chances, self.weights[self.made].T)


def agree(names: Sequence[str], said: Sequence[AgentForecast], weights: Floats, members: int) -> Consensus:
    """Pool what agents say.

    Parameters
    ----------
    names : sequence of str, length m
        The agents'.
    said : sequence of AgentForecast, length m
        What they say of n fixtures.
    weights : ndarray, shape (n, m)
        What each counts; NaN where nobody speaks.
    members : int
        How many of the m are members, and not voices.
    """
    made = np.asarray(np.isfinite(weights).all(axis=1))
    return Consensus(tuple(names), tuple(said), weights, members, *_grids(said, made))


def _grids(said: Sequence[AgentForecast], made: Bools) -> tuple[Floats, Floats]:
    """Build everybody's grids of the fixtures that somebody spoke of, all in one go."""
    speaks = np.stack([forecast.made[made] for forecast in said])
    home, away, rho, dispersion = (
        np.stack([getattr(forecast, name)[made] for forecast in said])[speaks]
        for name in ("home", "away", "rho", "dispersion")
    )
    grid = conway_maxwell_grid(home, away, rho, dispersion)
    chances, tails = np.full((*speaks.shape, grid.size, grid.size), np.nan), np.full(speaks.shape, np.nan)
    chances[speaks], tails[speaks] = grid.probabilities, grid.tail
    return chances, tails


def _results() -> Floats:
    """Shape (s², 3): which scores are home wins, draws and away wins."""
    goals = np.arange(GRID_SIZE)
    sign = np.sign(np.subtract.outer(goals, goals)).ravel()
    return np.stack([sign == side for side in (1, 0, -1)], axis=1).astype(np.float64)


_RESULTS = _results()
