"""Strengths as they stood on every match day, for many leagues and seasons at once.

A walk gives what a fit on each morning would give, but keeps the sums over pairings from day to day,
begins each search where the day before ended, and takes all seasons' n-th mornings in one batch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.decay import half_life_weights
from monps.numerics.design import ADVANTAGE, INTERCEPT, Layout, log_rates
from monps.numerics.likelihood import most_likely
from monps.numerics.pairings import Pairings, Responses, gather
from monps.ratings.chains import Chain, chains
from monps.ratings.strengths import StrengthSettings
from monps.tables.matches import MatchTable

_BATCH = 5
"""Seasons that are walked side by side: few enough for all their pairings to stay in a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class WalkedRates:
    """Goal rates of n matches, each as they were known on the morning of its day.

    Parameters
    ----------
    home, away : ndarray, shape (n,)
        Expected goals; NaN for matches that were not asked for.
    rho : ndarray, shape (n,)
        The low-score parameter of that morning.
    refits : int
        How many fits were made.
    """

    home: Floats
    away: Floats
    rho: Floats
    refits: int


def walk(table: MatchTable, settings: StrengthSettings, wanted: Bools) -> WalkedRates:
    """Fit on every morning with a wanted match, and give the rates of that day's matches.

    Parameters
    ----------
    table : MatchTable
        The n matches; each competition stands for itself, and every ground is the host's own.
    settings : StrengthSettings
        How strengths are fitted.
    wanted : ndarray of bool, shape (n,)
        The matches to predict; the others are only learned from.

    Returns
    -------
    WalkedRates
    """
    rates, refits = np.full((3, len(table)), np.nan), 0
    for seasons in _batches(chains(table, settings, wanted)):
        refits += sum(len(chain.as_of_days) for chain in seasons)
        for step, (layout, theta) in enumerate(_mornings(seasons, settings)):
            x, y = log_rates(layout, theta, advantage=True)
            for place, chain in enumerate(seasons[: len(theta)]):
                now = chain.steps == step
                pair = place, chain.hosts[now], chain.guests[now]
                rho = theta[place, layout.rho] if layout.low_scores else 0.0
                rates[:, chain.rows[now]] = np.exp(x[pair]), np.exp(y[pair]), np.full(now.sum(), rho)
    return WalkedRates(rates[0], rates[1], rates[2], refits)


def _batches(seasons: Iterable[Chain]) -> Iterator[list[Chain]]:
    """Yield a few seasons at a time, with about as many teams each, the longest first."""
    alike = sorted(seasons, key=lambda chain: (chain.teams, len(chain.as_of_days)))
    for start in range(0, len(alike), _BATCH):
        yield sorted(alike[start : start + _BATCH], key=lambda chain: -len(chain.as_of_days))


def _mornings(seasons: Sequence[Chain], settings: StrengthSettings) -> Iterator[tuple[Layout, Floats]]:
    """Yield each morning's parameters, shape (b, p), of the b seasons that still have one."""
    arrivals = _Arrivals.of(seasons, settings.half_life_days)
    teams = max(chain.teams for chain in seasons)
    layout = settings.layout(teams)
    believed = np.stack(
        [np.pad(chain.believed, ((0, 0), (0, 0), (0, teams - chain.teams))) for chain in seasons]
    )
    first_known = np.array([chain.first_known_step for chain in seasons])
    sums, goals, theta = Pairings.zeros(len(seasons), teams), np.zeros((len(seasons), 2)), None
    for step in range(len(seasons[0].as_of_days)):
        live = sum(len(chain.as_of_days) > step for chain in seasons)
        factors = arrivals.decay(seasons[:live], step)
        new, chain = arrivals.on(step)
        sums = sums.first(live).decayed(factors).plus(gather(new, teams, chain, live))
        goals = goals[:live] * factors[:, None] + _goals(new, chain, live)
        prior = settings.prior(layout, believed[np.arange(live), (step >= first_known[:live]).astype(int)])
        theta = most_likely([sums], layout, prior, start=None if theta is None else theta[:live])
        yield layout, _on_goals(theta, layout, sums, goals) if settings.is_levelled else theta


@dataclass(frozen=True, slots=True, eq=False)
class _Arrivals:
    """The matches of all seasons in the order of the mornings on which they became known.

    Each weighs what it weighs on that morning; later ones only have to decay the sums.
    """

    matches: Responses
    chain: Ints
    ends: Ints
    half_life_days: float | None

    @classmethod
    def of(cls, seasons: Sequence[Chain], half_life_days: float | None) -> "_Arrivals":
        pooled = Responses(
            *(np.concatenate(parts) for parts in zip(*map(_weighed(half_life_days), seasons), strict=True))
        )
        step = np.concatenate([chain.known_step for chain in seasons])
        number = np.repeat(np.arange(len(seasons)), [len(chain.known_step) for chain in seasons])
        mornings = np.array([len(chain.as_of_days) for chain in seasons])
        known = step < mornings[number]
        order = np.flatnonzero(known)[np.argsort(step[known], kind="stable")]
        ends = np.searchsorted(step[order], np.arange(mornings.max() + 1))
        return cls(pooled.where(order), number[order], ends, half_life_days)

    def on(self, step: int) -> tuple[Responses, Ints]:
        """Return the matches that became known by a morning, and their seasons' numbers."""
        new = np.arange(*self.ends[step : step + 2])
        return self.matches.where(new), self.chain[new]

    def decay(self, seasons: Sequence[Chain], step: int) -> Floats:
        """Return what the sums of each season lose from the morning before."""
        if step == 0:
            return np.ones(len(seasons))
        passed = np.array([chain.as_of_days[step] - chain.as_of_days[step - 1] for chain in seasons])
        return half_life_weights(passed, self.half_life_days)


def _weighed(half_life_days: float | None) -> Callable[[Chain], tuple[Floats | Ints, ...]]:
    """Give a season's matches the weights of the mornings on which they become known."""

    def columns(chain: Chain) -> tuple[Floats | Ints, ...]:
        mornings = np.append(chain.as_of_days, np.inf)[chain.known_step]
        age = np.where(np.isfinite(mornings), mornings - chain.played_days, 0.0)
        weights = half_life_weights(age, half_life_days)
        return (*(getattr(chain.matches, f.name) for f in fields(Responses)[:-1]), weights)

    return columns


def _goals(matches: Responses, chain: Ints, seasons: int) -> Floats:
    """Shape (b, 2): weighted goals at home and away."""
    sides = (matches.home_goals, matches.away_goals)
    return np.stack([np.bincount(chain, matches.weights * side, minlength=seasons) for side in sides], axis=1)


def _on_goals(theta: Floats, layout: Layout, sums: Pairings, goals: Floats) -> Floats:
    """Set the level of the rates so that they give the goals that were scored, at home and away."""
    rates = log_rates(layout, theta, advantage=True)
    expected = np.stack([(sums.played * np.exp(side)).sum(axis=(1, 2)) for side in rates], axis=1)
    shifts = np.log(np.where(goals > 0, goals, 1.0) / np.where(goals > 0, expected, 1.0))
    levelled = theta.copy()
    levelled[:, INTERCEPT] += shifts[:, 1]
    levelled[:, ADVANTAGE] += shifts[:, 0] - shifts[:, 1]
    return levelled
