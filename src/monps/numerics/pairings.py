"""What a fit of strengths needs of its matches: one cell for each pairing of two teams.

The rates of a match depend on nothing but who receives whom. So a season of 380 matches, or thirty years
of them, comes down to a few T × T arrays of weighted sums: the likelihood of the sums *is* the likelihood
of the matches, and tomorrow's sums are today's times the day's decay plus the new matches.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints

LOW_SCORES = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Pairings:
    """Weighted sums over matches, for b problems of t teams; axis 1 is the host, axis 2 the guest.

    Parameters
    ----------
    played : ndarray, shape (b, t, t)
        Sum of the matches' weights.
    home, away : ndarray, shape (b, t, t)
        Weighted sums of the two sides' responses (goals, or any non-negative stand-in).
    low : ndarray, shape (4, b, t, t)
        Weighted counts of the scores 0–0, 0–1, 1–0 and 1–1.
    advantage : bool
        Whether the host plays at home (false: neutral venues).
    """

    played: Floats
    home: Floats
    away: Floats
    low: Floats
    advantage: bool = True

    @classmethod
    def zeros(cls, problems: int, teams: int) -> "Pairings":
        """Start with no match."""
        shape = (problems, teams, teams)
        return cls(np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros((4, *shape)))

    def first(self, problems: int) -> "Pairings":
        """Return the first problems alone."""
        return Pairings(
            self.played[:problems],
            self.home[:problems],
            self.away[:problems],
            self.low[:, :problems],
            self.advantage,
        )

    def decayed(self, factors: Floats) -> "Pairings":
        """Multiply every sum of problem i by ``factors[i]``."""
        by_problem = factors[:, None, None]
        return replace(
            self,
            **{f.name: getattr(self, f.name) * by_problem for f in fields(self) if f.name != "advantage"},
        )

    def plus(self, other: "Pairings") -> "Pairings":
        """Add the sums of other matches of the same teams."""
        return Pairings(
            self.played + other.played,
            self.home + other.home,
            self.away + other.away,
            self.low + other.low,
            self.advantage,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Matches as the likelihood sees them, each array of shape (n,).

    Parameters
    ----------
    host, guest : ndarray of int
        The teams' numbers.
    home, away : ndarray
        The two sides' responses, at least 0.
    home_goals, away_goals : ndarray
        The goals, from which the low scores are counted.
    weights : ndarray
        At least 0.
    """

    host: Ints
    guest: Ints
    home: Floats
    away: Floats
    home_goals: Floats
    away_goals: Floats
    weights: Floats

    def where(self, chosen: Bools | Ints) -> "Responses":
        """Return some of the matches."""
        return Responses(*(getattr(self, f.name)[chosen] for f in fields(self)))


def gather(matches: Responses, teams: int, problem: Ints | None = None, problems: int = 1) -> Pairings:
    """Sum matches into pairings.

    Parameters
    ----------
    matches : Responses
        The n matches.
    teams : int
        How many teams there are.
    problem : ndarray of int, shape (n,), optional
        To which problem each match belongs (default: all to the only one).
    problems : int
        How many problems there are.

    Returns
    -------
    Pairings
        Of shape (problems, teams, teams).

    Examples
    --------
    >>> one = np.array([1.0])
    >>> match = Responses(np.array([0]), np.array([1]), 2 * one, one, 2 * one, one, one / 2)
    >>> gather(match, teams=2).home.tolist()
    [[[0.0, 1.0], [0.0, 0.0]]]
    """
    block = 0 if problem is None else problem * teams
    cell = (block + matches.host) * teams + matches.guest
    size, shape, w = problems * teams * teams, (problems, teams, teams), matches.weights

    def total(cells: Ints, values: Floats, scores: int = 1) -> Floats:
        return np.asarray(np.bincount(cells, values, minlength=scores * size), dtype=np.float64)

    few = np.flatnonzero((matches.home_goals <= 1) & (matches.away_goals <= 1))
    score = (2 * matches.home_goals[few] + matches.away_goals[few]).astype(np.int64)
    low = total(score * size + cell[few], w[few], len(LOW_SCORES)).reshape(-1, *shape)
    played, home, away = (
        total(cell, values).reshape(shape) for values in (w, w * matches.home, w * matches.away)
    )
    return Pairings(played, home, away, low)
