"""Line-ups in order of time: who started and who came on in each side's latest games."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.players.records import STARTERS, Records

WINDOW = 60
"""Latest games of a side that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Outings:
    """Who did what in the latest w games of c sides, the newest last, for up to s players a side.

    Parameters
    ----------
    squad : ndarray of int, shape (c, s)
        The players of each side in the window; −1 where it had fewer.
    played : ndarray of bool, shape (c, w)
        False before a side's first game.
    started, came_on : ndarray, shape (c, w, s)
        1 where the player did.
    minutes : ndarray, shape (c, w, s)
    """

    squad: Ints
    played: Bools
    started: Floats
    came_on: Floats
    minutes: Floats


def outings(records: Records, window: int = WINDOW) -> Outings:
    """Lay the latest games of every side out side by side."""
    back = _games_back(records)[records.game]
    recent = back < window
    side = records.game_team[records.game[recent]]
    pairs, slot = np.unique(np.stack([side, records.player[recent]]), axis=1, return_inverse=True)
    first = np.searchsorted(pairs[0], np.arange(len(records.teams)))
    place = np.arange(pairs.shape[1]) - first[pairs[0]]
    squad = np.full((len(records.teams), int(place.max()) + 1), -1)
    squad[pairs[0], place] = pairs[1]
    cell = side, window - 1 - back[recent], place[slot.ravel()]
    shape = len(squad), window, squad.shape[1]
    return Outings(squad, _played(records, window), *_spread(records, recent, cell, shape))


def _spread(
    records: Records, recent: Bools, cell: tuple[Ints, ...], shape: tuple[int, ...]
) -> tuple[Floats, Floats, Floats]:
    started, came_on, minutes = np.zeros((3, *shape))
    started[cell] = records.started[recent]
    came_on[cell] = ~records.started[recent]
    minutes[cell] = records.minutes[recent]
    return started, came_on, minutes


def _games_back(records: Records) -> Ints:
    """Shape (g,): how many games its side has had since; games are in order of time."""
    order = np.argsort(records.game_team, kind="stable")
    ends = np.cumsum(np.bincount(records.game_team, minlength=len(records.teams)))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = ends[records.game_team[order]] - 1 - np.arange(len(order))
    return back


def _played(records: Records, window: int) -> Bools:
    games = np.bincount(records.game_team, minlength=len(records.teams))
    played: Bools = np.arange(window) >= window - games[:, None]
    return played


@dataclass(frozen=True, eq=False)
class Recency:
    """What each player's latest games said before every game of the window, and before the next one.

    Parameters
    ----------
    outings : Outings
    """

    outings: Outings

    def average(self, values: Floats, half_life_games: float) -> Floats:
        """Shape (c, w + 1, s): weighted mean of values, shape (c, w, s), over a side's games before."""
        kernel = self._kernel(half_life_games)
        weight = kernel @ self.outings.played[:, :, None]
        mean: Floats = kernel @ values / np.maximum(weight, np.finfo(float).tiny)
        return mean

    def total(self, values: Floats | Bools, half_life_games: float) -> Floats:
        """Shape (c, s): weighted sum of values, shape (c, w, s), before the next game."""
        weights = self._kernel(half_life_games)[-1]
        totals: Floats = np.einsum("w,cws->cs", weights, values)
        return totals

    @cached_property
    def absent(self) -> Floats:
        """Shape (c, w + 1, s): games since the player's last appearance, 1 if it was in the last one."""
        appeared = self.outings.started + self.outings.came_on > 0
        games = np.arange(1, appeared.shape[1] + 1)[None, :, None]
        latest = np.maximum.accumulate(np.where(appeared, games, 0), axis=1)
        latest = np.concatenate([np.zeros_like(latest[:, :1]), latest], axis=1)
        since: Floats = np.arange(1, latest.shape[1] + 1)[None, :, None] - latest.astype(np.float64)
        return since

    @cached_property
    def seen(self) -> Bools:
        """Shape (c, w + 1, s): whether the player has appeared for the side before."""
        appeared = self.outings.started + self.outings.came_on > 0
        before = np.cumsum(appeared, axis=1) > 0
        return np.concatenate([np.zeros_like(before[:, :1]), before], axis=1)

    @cached_property
    def new_starters(self) -> Floats:
        """Shape (c, w): share of the eleven that had not been seen in the window, or is not recorded."""
        known: Floats = (self.outings.started * self.seen[:, :-1]).sum(axis=2)
        return 1.0 - np.minimum(known / STARTERS, 1.0)

    def _kernel(self, half_life_games: float) -> Floats:
        """Shape (w + 1, w): weight of each game, seen from each game and from the next one."""
        window = self.outings.played.shape[1]
        age = np.subtract.outer(np.arange(window + 1), np.arange(window)) - 1.0
        kernel: Floats = np.where(age >= 0, np.exp2(-np.maximum(age, 0.0) / half_life_games), 0.0)
        return kernel
