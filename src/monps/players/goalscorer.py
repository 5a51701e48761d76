"""Who scores, given scoreline grids and what part of its side's goals each player has."""

from dataclasses import dataclass

import numpy as np

from monps.errors import ShapeError
from monps.numerics import checks
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.shared_goals import HAT_TRICK, at_least, opening_goal


@dataclass(frozen=True, slots=True, eq=False)
class SquadShares:
    """What part of a side's goals each of p players has, for n fixtures.

    Parameters
    ----------
    starts, comes_on : ndarray, shape (n, p)
        Chance to be in the eleven, and to come on later.
    if_starting, if_coming_on : ndarray, shape (n, p)
        The player's part of all goals of the side, given that he starts or comes on.
    others : ndarray, shape (n,)
        The part of all players who are not among the p.
    own_goals : ndarray, shape (n,)
        The part that the opponents score for it.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If something is no probability, or the parts of a side's goals do not sum to 1.
    """

    starts: Floats
    comes_on: Floats
    if_starting: Floats
    if_coming_on: Floats
    others: Floats
    own_goals: Floats

    def __post_init__(self) -> None:
        shapes = {getattr(self, name).shape for name in ("comes_on", "if_starting", "if_coming_on")}
        if shapes != {self.starts.shape} or self.starts.ndim != 2:  # noqa: PLR2004
            raise ShapeError(f"players' chances are all (n, p), not {self.starts.shape} and {shapes}")
        checks.same_length(starts=self.starts, others=self.others, own_goals=self.own_goals)
        for name in self.__slots__:
            checks.within(name, getattr(self, name), 0.0, 1.0)
        checks.within("the chance to play", self.plays, 0.0, 1.0 + 1e-12)
        checks.distributions("the parts of a side's goals", np.column_stack([self.parts, self.own_goals]))

    @property
    def plays(self) -> Floats:
        """Shape (n, p): the chance to be on the pitch at all."""
        return checks.floats("plays", self.starts + self.comes_on)

    @property
    def parts(self) -> Floats:
        """Shape (n, p + 1): the expected part of the side's goals; the last is all others'."""
        known = self.starts * self.if_starting + self.comes_on * self.if_coming_on
        return np.column_stack([known, self.others])


@dataclass(frozen=True, slots=True, eq=False)
class SideScorers:
    """A side's players' chances in n fixtures; the last of the p + 1 columns is all who are not named.

    Parameters
    ----------
    share : ndarray, shape (n, p + 1)
        Expected part of the side's goals.
    anytime, two_or_more, hat_trick : ndarray, shape (n, p + 1)
        Chance to score at least 1, 2, 3 goals.
    first : ndarray, shape (n, p + 1)
        Chance of the match's first goal, and just so of its last one.
    team_first : ndarray, shape (n, p + 1)
        Chance of the side's first goal.
    own_goal_first : ndarray, shape (n,)
        Chance that the match's first goal counts for this side and is an own goal; just so the last one.
    """

    share: Floats
    anytime: Floats
    two_or_more: Floats
    hat_trick: Floats
    first: Floats
    team_first: Floats
    own_goal_first: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ScorerSheet:
    """Both sides' scorers in n fixtures: all chances of the first goal sum to 1, and of the last one too.

    Parameters
    ----------
    home, away : SideScorers
    no_goal : ndarray, shape (n,)
        Chance that the match ends 0–0.
    """

    home: SideScorers
    away: SideScorers
    no_goal: Floats


@dataclass(frozen=True, slots=True, eq=False)
class GoalscorerCalculator:
    """Shares every goal of scoreline grids among the players, so that no price contradicts another.

    Parameters
    ----------
    grid : ScoreGrid
        n fixtures.

    Notes
    -----
    Whether a player starts, comes on or stays away is drawn first; given that, every goal of his side is his
    with the same chance s, whatever the score (thinning): anytime is ``1 − Σ P(h) (1−s)^h``, averaged over
    the three cases. As all orders of a score's goals are equally likely, first is
    ``Σ P(h, a) h / (h + a) · E[s]``, and never above anytime.

    Examples
    --------
    A match that ends 1–0; half of the time the one player who is known starts, and then has 4 of 5 goals:

    >>> grid = ScoreGrid(np.array([[[0.0, 0.0], [1.0, 0.0]]]), np.zeros(1))
    >>> side = SquadShares(*np.array([[[0.5]], [[0.0]], [[0.8]], [[0.0]]]), np.array([0.6]), np.zeros(1))
    >>> GoalscorerCalculator(grid).price(side, side).home.anytime.tolist()
    [[0.4, 0.6]]
    """

    grid: ScoreGrid

    def price(self, home: SquadShares, away: SquadShares) -> ScorerSheet:
        """Return every player's chances.

        Parameters
        ----------
        home, away : SquadShares
            The n fixtures' sides, who need not have equally many players.

        Raises
        ------
        ShapeError
            If there are not as many fixtures as sides.
        """
        checks.same_length(grid=self.grid, home=home.others, away=away.others)
        opening = opening_goal(self.grid)
        cells = self.grid.cells.reshape(self.grid.probabilities.shape)
        home_side = _side(cells.sum(axis=2), opening[:, 0], home)
        return ScorerSheet(home_side, _side(cells.sum(axis=1), opening[:, 1], away), opening[:, 2])


def _side(goals: Floats, opens: Floats, squad: SquadShares) -> SideScorers:
    share, scores_at_all = squad.parts, goals[:, 1:].sum(axis=1)
    one, two, three = (_at_least(goals, squad, times) for times in (1, 2, HAT_TRICK))
    first, team_first = opens[:, None] * share, scores_at_all[:, None] * share
    return SideScorers(share, one, two, three, first, team_first, opens * squad.own_goals)


def _at_least(goals: Floats, squad: SquadShares, times: int) -> Floats:
    shares = np.column_stack([squad.if_starting, squad.if_coming_on, squad.others])
    chances, players = at_least(goals, shares, times), squad.starts.shape[1]
    starting, coming_on, others = np.split(chances, [players, 2 * players], axis=1)
    return np.column_stack([squad.starts * starting + squad.comes_on * coming_on, others])
