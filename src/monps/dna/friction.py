"""Friction walked forward: how it is learned and whether it counts is for earlier seasons alone to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
from pydantic import PositiveFloat, PositiveInt

from monps.dna.interaction import Information, friction_terms, low_rank, term_sizes
from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats
from monps.numerics.resample import Interval, bootstrap_mean
from monps.ratings.combination import known_before
from monps.tables.matches import MatchTable

LEAST_SEASONS = 2
_DRAWS = 1000
_SEED = 20050801
"""Resampling match days is chance, but the same chance every time."""


class FrictionSettings(Noun):
    """How friction is learned.

    Parameters
    ----------
    precisions : tuple of float
        Priors to choose from, by how firmly they hold each term to nothing.
    ranks : tuple of int
        Numbers of patterns to choose from.
    half_life_seasons : float
        Age at which a season counts half in learning the effects.
    fewest_seasons : int
        Seasons of evidence before the gate may open.
    largest : float
        Effects on the logarithm are held within this, either way.
    least_spread : float
        Dimensions in which teams differ by less are taken to differ by so much: what looks the same in the
        seasons learned from may not stay so.
    """

    precisions: tuple[PositiveFloat, ...] = (300.0, 1e3, 3e3, 1e4, 3e4, 1e5)
    ranks: tuple[PositiveInt, ...] = (1, 2)
    half_life_seasons: PositiveFloat = 6.0
    fewest_seasons: PositiveInt = 3
    largest: PositiveFloat = 0.3
    least_spread: PositiveFloat = 0.05

    @property
    def candidates(self) -> list[tuple[float, int]]:
        """Every precision with every rank, the most careful first."""
        return list(product(sorted(self.precisions, reverse=True), sorted(self.ranks)))


class Target(NamedTuple):
    """A target: what was counted and expected, and how much likelier that becomes by an effect.

    Parameters
    ----------
    counts, expected : ndarray, shape (n, 2)
    trials : ndarray, shape (n, 2), or None
        How many of which ``counts`` are a share; None for counts without a bound.
    """

    counts: Floats
    expected: Floats
    trials: Floats | None = None

    def gain(self, effects: Floats) -> Floats:
        """Shape (n, 2): nats gained by effects, shape (n, 2), on log counts or on a share's log-odds."""
        if self.trials is None:
            return np.asarray(self.counts * effects - self.expected * np.expm1(effects))
        share = self.expected / np.maximum(self.trials, 1e-300)
        moved = np.log1p(share * np.expm1(effects))
        return np.asarray(self.counts * effects - self.trials * moved)

    def where(self, rows: Bools) -> "Target":
        """Return the same of some of the matches."""
        return Target(*(None if each is None else each[rows] for each in self))  # type: ignore[arg-type]

    @property
    def surprise(self) -> tuple[Floats, Floats]:
        """Shape (n, 2) each: counted minus expected, and the variance of what is counted."""
        if self.trials is None:
            return self.counts - self.expected, self.expected
        share = self.expected / np.maximum(self.trials, 1e-300)
        return self.counts - self.expected, self.expected * (1.0 - share)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What one season was given, and what it brought.

    Parameters
    ----------
    season : int
    precision, rank : float, int
        As chosen by the seasons before.
    effects : ndarray, shape (k,)
        As learned from them, of the terms in their own units.
    means : ndarray, shape (k − 1,)
        Of all terms but the constant, in the matches it was learned from.
    covariance : ndarray, shape (k − 1, k − 1)
        Of all but the constant's, before all but the strongest patterns are left out.
    scale : ndarray, shape (d,)
        Standard deviation of each dimension in them.
    evidence : Interval or None
        Nats a match-side that friction gained in the seasons before, each by what its own past taught; None
        where there was no season to judge by.
    judged : tuple of int
        Those seasons.
    n : int
        Match-sides in them.
    is_open : bool
        Whether friction moves this season's prices.
    """

    season: int
    precision: float
    rank: int
    effects: Floats
    means: Floats
    covariance: Floats
    scale: Floats
    evidence: Interval | None
    judged: tuple[int, ...]
    n: int
    is_open: bool


@dataclass(frozen=True, slots=True, eq=False)
class WalkedFriction:
    """Friction of n matches, each season's as learned before it.

    Parameters
    ----------
    effects : ndarray, shape (n, 2)
        On the logarithm of what is expected, whether the gate is open or not; 0 where nothing was learned.
    gated : ndarray, shape (n, 2)
        The same where the gate is open, else 0.
    lessons : dict of int to Lesson
        By season.
    """

    effects: Floats
    gated: Floats
    lessons: dict[int, Lesson]


def walk_friction(
    table: MatchTable, profiles: Floats, target: Target, *, settings: FrictionSettings, last: int
) -> WalkedFriction:
    """Learn friction before each season, from what was counted beside what had been expected without it.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    profiles : ndarray, shape (n, 2, d)
        Both sides' log indices on each morning.
    target : Target
        What was counted and expected; NaN where either is unknown.
    settings : FrictionSettings
    last : int
        The last season that is asked for.

    Returns
    -------
    WalkedFriction
    """
    walk = _Walk(table, profiles, target, settings)
    for season in np.unique(table.column("season")):
        if season <= last:
            walk.take(int(season))
    return WalkedFriction(walk.effects, walk.gated, walk.lessons)


class _Walk:
    """Seasons in order, with what is known so far."""

    def __init__(
        self, table: MatchTable, profiles: Floats, target: Target, settings: FrictionSettings
    ) -> None:
        self.table, self.profiles, self.target, self.settings = table, profiles, target, settings
        self.seasons = table.column("season")
        told = np.isfinite(target.counts) & np.isfinite(target.expected) & (target.expected >= 0)
        self.told: Bools = np.asarray(told.all(axis=1) & table.is_played)
        self.effects, self.gated = (np.zeros((len(table), 2)) for _ in range(2))
        self.gains: dict[int, Floats] = {}
        self.lessons: dict[int, Lesson] = {}
        k = 1 + profiles.shape[2] + profiles.shape[2] ** 2
        self.information, self.learned = Information(np.zeros(k), np.zeros((k, k))), np.zeros_like(self.told)
        self.moment: int | None = None

    def take(self, season: int) -> None:
        """Learn from the seasons before, choose, and apply to this one."""
        self._learn(season)
        if not self.learned.any():
            return
        scale = self.profiles[self.learned].std(axis=(0, 1))
        scale = np.maximum(scale, self.settings.least_spread)
        sizes = term_sizes(scale)
        information = self.information.in_units(sizes)
        d, candidates = len(scale), self.settings.candidates
        effects = [
            information.balanced(low_rank(information.effects(each), d, rank)[1:]) / sizes
            for each, rank in candidates
        ]
        choice = self._best()
        evidence, judged, n = self._evidence()
        is_open = evidence is not None and evidence.low > 0 and len(judged) >= self.settings.fewest_seasons
        precision, rank = candidates[choice]
        covariance = information.covariance(precision) / np.outer(sizes[1:], sizes[1:])
        self.lessons[season] = Lesson(
            season=season,
            precision=precision,
            rank=rank,
            effects=effects[choice],
            means=information.means * sizes[1:],
            covariance=covariance,
            scale=scale,
            evidence=evidence,
            judged=judged,
            n=n,
            is_open=is_open,
        )
        self._apply(season, effects, choice, is_open=is_open)

    def _learn(self, season: int) -> None:
        """Let what is known fade, and add what has become known since the season before."""
        new = self.told & known_before(self.table, season) & ~self.learned
        half_life = self.settings.half_life_seasons
        passed = 0 if self.moment is None else season - self.moment
        weights = np.repeat(0.5 ** ((season - self.seasons[new]) / half_life), 2)
        terms = friction_terms(self.profiles[new])
        surprise, variance = (weights * values[new].ravel() for values in self.target.surprise)
        news = Information.of(terms.reshape(-1, terms.shape[2]), surprise, variance)
        self.information = self.information.plus(news, 0.5 ** (passed / half_life))
        self.learned, self.moment = self.learned | new, season

    def _apply(self, season: int, candidates: Sequence[Floats], choice: int, *, is_open: bool) -> None:
        now = self.seasons == season
        done = [friction_effects(self.profiles[now], each, self.settings.largest) for each in candidates]
        self.effects[now] = done[choice]
        self.gated[now] = done[choice] if is_open else 0.0
        told = self.told[now]
        judge = self.target.where(now & self.told)
        self.gains[season] = np.stack([judge.gain(each[told]).sum(axis=1) / 2 for each in done])

    def _best(self) -> int:
        """Choose what gained most in the seasons before; the most careful where nothing is known."""
        before = [gains.sum(axis=1) for gains in self.gains.values()]
        return int(np.sum(before, axis=0).argmax()) if before else 0

    def _evidence(self) -> tuple[Interval | None, tuple[int, ...], int]:
        """Return what friction gained in the seasons before, as it was chosen for each."""
        candidates, judged = self.settings.candidates, tuple(self.lessons)
        gains = [
            self.gains[season][candidates.index((lesson.precision, lesson.rank))]
            for season, lesson in self.lessons.items()
        ]
        days = [np.floor(self.table.kickoff_days[self.told & (self.seasons == season)]) for season in judged]
        n = sum(map(len, gains))
        if len(judged) < LEAST_SEASONS or not n:
            return None, (), 0
        found = bootstrap_mean(
            np.concatenate(gains), np.concatenate(days), np.random.default_rng(_SEED), repetitions=_DRAWS
        )
        return found, judged, 2 * n


def friction_effects(profiles: Floats, effects: Floats, largest: float) -> Floats:
    """Shape (n, 2): what learned effects do to matches with these profiles, shape (n, 2, d)."""
    return np.clip(friction_terms(profiles) @ effects, -largest, largest)
