"""Agents that combine several ratings, with shares learned from earlier seasons."""

from abc import ABC
from collections.abc import Sequence

import numpy as np

from monps.agents.base import Agent, Forecast, History
from monps.numerics.checks import Bools
from monps.ratings.combination import WARM_UP_SEASONS, CombinationSettings, WalkedMembers
from monps.ratings.level import rolling_level, sums_known
from monps.ratings.responses import Blend
from monps.ratings.strengths import StrengthSettings
from monps.ratings.walk import walk
from monps.tables.matches import IMPLIED, MatchTable

_NEXT_TO_NOTHING = 1e-9
"""The share of goals in a response that is another statistic's: it counts only where that is unknown."""

_SHOTS = ("shots", "shots_on_target")
_LEAST_KNOWN = 0.5

_RECENT_DAYS = 30.0
_LEAST_PRICED = 0.5
"""The market is not remembered where less than this share of the recent matches had a price."""


def _share_known(recent: MatchTable, statistics: Sequence[str]) -> float:
    """Return how much is known of some statistics of the home side."""
    if not len(recent):
        return 0.0
    return float(np.mean([np.isfinite(recent.column(f"home_{name}")) for name in statistics]))


class CombinedRatings(Agent, ABC):
    """Rates from several ratings, with ρ from the same earlier seasons as their shares.

    Parameters
    ----------
    combination : CombinationSettings
        Which ratings, and how their shares are learned.
    """

    combination: CombinationSettings

    @property
    def rated_by(self) -> tuple[StrengthSettings, ...]:
        """Return its ratings."""
        return self.combination.members

    @property
    def silence(self) -> str:
        """Return what history it lacks."""
        return f"fewer than {WARM_UP_SEASONS + 1} seasons to learn from"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Walk every rating, then combine each season by what the seasons before it taught.

        There is no forecast where no season taught anything yet.
        """
        seasons = history.matches.column("season")
        last = int(seasons[wanted].max(initial=-1))
        members = WalkedMembers.of(history.matches, self.combination, last)
        home, away, rho, dispersion = np.full((4, len(wanted)), np.nan)
        for season in np.unique(seasons[wanted]):
            now, learned = wanted & (seasons == season), members.learned_before(int(season))
            if learned is not None:
                rates = learned.rates(members.log_rates)
                rates *= rolling_level(history.matches, rates)[:, None]
                home[now], away[now] = rates[now].T
                rho[now], dispersion[now] = learned.rho, learned.dispersion
        return Forecast(home, away, rho, dispersion, members.refits)


def _rating(statistic: str, *, half_life_days: float, ridge: float) -> StrengthSettings:
    """Rate teams by one statistic alone; goals stand in where it is unknown."""
    return StrengthSettings(
        half_life_days=half_life_days,
        ridge=ridge,
        response=Blend(**({"goals": _NEXT_TO_NOTHING} | {statistic: 1.0})),
        low_scores=False,
        level_on_goals=False,
    )


class Goals(CombinedRatings):
    """What results and shots say: goals remembered for long and for longer, shots for a shorter time.

    No price of any match is looked at. Where too few seasons were there to learn the shares, results speak
    alone.
    """

    # Of six variants, this one did best in five leagues up to 2014/15, and in most seasons since.
    combination: CombinationSettings = CombinationSettings(
        members=(
            _rating("goals", half_life_days=300.0, ridge=4.0),
            _rating("goals", half_life_days=1500.0, ridge=4.0),
            _rating("shots_on_target", half_life_days=150.0, ridge=4.0),
            _rating("shots", half_life_days=80.0, ridge=4.0),
        )
    )

    @property
    def name(self) -> str:
        """What it is called."""
        return "goals"

    @property
    def silence(self) -> str:
        """Return what history it lacks."""
        return "no results"

    def coverage(self, recent: MatchTable) -> tuple[float, str]:
        """Results always, shots where they are counted."""
        known = _share_known(recent, _SHOTS)
        return (1.0 + known) / 2.0, "results and shots" if known >= _LEAST_KNOWN else "results"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Combine the ratings; in a competition's first seasons, rate by results."""
        combined = super().replay(history, wanted)
        early = wanted & ~combined.made
        if not early.any():
            return combined
        walked = walk(history.matches, StrengthSettings(), early)
        home, away, rho, dispersion = (
            np.where(early, alone, several)
            for alone, several in (
                (walked.home, combined.home),
                (walked.away, combined.away),
                (walked.rho, combined.rho),
                (1.0, combined.dispersion),
            )
        )
        return Forecast(home, away, rho, dispersion, combined.refits + walked.refits)


class MarketMemory(CombinedRatings):
    """What the market thought of the teams in their past matches, nudged by what happened in them.

    No price of the match to come is looked at; where past matches had none, there is no forecast.
    """

    # Of nine variants, this one did best in five leagues up to 2014/15, and in every season since.
    combination: CombinationSettings = CombinationSettings(
        members=(
            StrengthSettings(
                half_life_days=25.0,
                ridge=0.1,
                response=Blend(implied_goals=0.72, goals=0.03, shots_on_target=0.10, shots=0.15),
                low_scores=False,
                level_on_goals=False,
            ),
        )
    )

    @property
    def name(self) -> str:
        """What it is called."""
        return "market_memory"

    @property
    def silence(self) -> str:
        """Return what history it lacks."""
        return f"fewer than {WARM_UP_SEASONS + 1} seasons to learn from, or too few past prices"

    def coverage(self, recent: MatchTable) -> tuple[float, str]:
        """Past prices, and the shots that they are nudged by."""
        priced, shots = _share_known(recent, (IMPLIED,)), _share_known(recent, _SHOTS)
        return 0.75 * priced + 0.25 * shots, "past prices"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Forecast as far as the market is remembered."""
        return super().replay(history, wanted & _is_remembered(history.matches))


def _is_remembered(table: MatchTable) -> Bools:
    priced = np.isfinite(table.column("home_implied_goals")).astype(np.float64)
    known, matches = sums_known(table, np.stack([priced, np.ones(len(table))], axis=1), _RECENT_DAYS).T
    return np.asarray((known > 0) & (known >= _LEAST_PRICED * matches))
