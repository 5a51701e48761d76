"""How two profiles add up to what is counted in a match: each side's own doing, its opponent's suffering."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from pydantic import NonNegativeFloat, PositiveFloat

from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats
from monps.numerics.poisson_regression import fit_poisson_regression
from monps.ratings.combination import known_before, seasons_seen
from monps.tables.matches import MatchTable

_FREE = 2
"""The level and home advantage are not held to anything."""
_BARELY_HELD = 1e-3


class StyleSettings(Noun):
    """How the weight of each dimension is learned.

    Parameters
    ----------
    precision : float
        How firmly each weight is held to 0. Profiles are logarithms that are held to 0 themselves as far as
        they are chance, so that a weight of 1 hands a difference on as it is.
    half_life_seasons : float
        Age at which a season counts half.
    memory_seasons : int
        Seasons further back are not looked at.
    warm_up_seasons : int
        Seasons at the start of a competition whose profiles are too thin to learn from.
    """

    precision: NonNegativeFloat = 5.0
    half_life_seasons: PositiveFloat = 4.0
    memory_seasons: int = 10
    warm_up_seasons: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Something counted in n matches, to be explained.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    counts : ndarray, shape (n, 2)
        What was counted; NaN where it was not (yet).
    base : ndarray, shape (n, 2)
        What was expected without style, on each morning; NaN where nothing was.
    features : ndarray, shape (n, 2, p)
        What is known of each match from either side.
    """

    table: MatchTable
    counts: Floats
    base: Floats
    features: Floats

    @property
    def learnable(self) -> Bools:
        """Shape (n,): whether a match says anything."""
        told = np.isfinite(self.counts) & np.isfinite(self.base) & (self.base > 0)
        return np.asarray(told.all(axis=1) & self.table.is_played)


def both_sides(profiles: Floats) -> Floats:
    """Shape (n, 2, 2 d): each side's own profile, shape (n, 2, d), and its opponent's."""
    return np.concatenate([profiles, profiles[:, ::-1]], axis=2)


def for_both(features: Floats) -> Floats:
    """Shape (n, 2, p): what is the same from either side, shape (n, p)."""
    return np.repeat(features[:, None], 2, axis=1)


def walk_style(task: Task, settings: StyleSettings, last: int) -> Floats:
    """Expect each season's counts from what the seasons before it taught.

    Parameters
    ----------
    task : Task
        The n matches.
    settings : StyleSettings
        How.
    last : int
        The last season that is asked for.

    Returns
    -------
    ndarray, shape (n, 2)
        NaN in seasons before which nothing could be learned, and where nothing was expected.
    """
    rates, seasons = np.full_like(task.base, np.nan), task.table.column("season")
    design, start = _design(task.features), None
    for season, learned in _lessons(task, settings, last):
        ages = season - seasons[learned]
        start = _learn(task, settings, _Lesson(design[learned], learned, ages), start)
        now = seasons == season
        rates[now] = task.base[now] * np.exp(design[now] @ start)
    return rates


def _lessons(task: Task, settings: StyleSettings, last: int) -> Iterator[tuple[int, Bools]]:
    """Yield each season with the matches that it may learn from."""
    seasons = task.table.column("season")
    ready = task.learnable & (seasons_seen(task.table) >= settings.warm_up_seasons)
    for season in np.unique(seasons[seasons <= last]):
        lately = ready & (seasons >= season - settings.memory_seasons)
        learned = lately & known_before(task.table, int(season))
        if learned.any():
            yield int(season), learned


class _Lesson(NamedTuple):
    """The matches to learn from: their design, shape (m, 2, p), where they are, and their ages in seasons."""

    design: Floats
    rows: Bools
    ages: Floats


def _learn(task: Task, settings: StyleSettings, lesson: _Lesson, start: Floats | None) -> Floats:
    """Find the weights; counts relative to what was expected, weighed by it, are Poisson with an offset."""
    weights = np.repeat(0.5 ** (lesson.ages / settings.half_life_seasons), 2)
    base, p = task.base[lesson.rows].ravel(), lesson.design.shape[2]
    precision = np.full(p, settings.precision)
    precision[:_FREE] = _BARELY_HELD
    return fit_poisson_regression(
        lesson.design.reshape(-1, p),
        task.counts[lesson.rows].ravel() / base,
        weights * base,
        centre=np.zeros(p),
        precision=precision,
        start=start,
    )


def _design(features: Floats) -> Floats:
    """Put the level and the home side's mark before the features."""
    n = len(features)
    home = np.broadcast_to(np.array([[[1.0], [0.0]]]), (n, 2, 1))
    return np.concatenate([np.ones((n, 2, 1)), home, features], axis=2)
