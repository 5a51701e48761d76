"""Several ratings in one: how much each says about the goals to come is learned from earlier seasons."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from pydantic import NonNegativeFloat, PositiveFloat

from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import fit_score_shape
from monps.numerics.poisson_regression import fit_poisson_regression
from monps.ratings.strengths import StrengthSettings
from monps.ratings.walk import walk
from monps.tables.matches import MatchTable

WARM_UP_SEASONS = 2
"""Seasons at the start of a table that only teach the members, before their forecasts are looked at."""


class CombinationSettings(Noun):
    """Which ratings, and how their shares are learned.

    Parameters
    ----------
    members : tuple of StrengthSettings
        The k ratings.
    half_life_seasons : float
        Age at which a season's matches count half in learning the shares.
    precision : float
        How firmly the shares are held to 1/k each.
    """

    members: tuple[StrengthSettings, ...]
    half_life_seasons: PositiveFloat = 4.0
    precision: NonNegativeFloat = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What earlier seasons taught.

    Parameters
    ----------
    shares : ndarray, shape (k + 2,)
        The members' shares, an intercept, and what is added for the home side.
    rho, dispersion : float
        The shape of the scores around the combined rates.
    """

    shares: Floats
    rho: float
    dispersion: float

    def rates(self, log_rates: Floats) -> Floats:
        """Combine what the members say, shape (n, 2, k), to goal rates, shape (n, 2)."""
        return np.exp(_design(log_rates) @ self.shares)


def learn(settings: CombinationSettings, log_rates: Floats, goals: Floats, seasons_ago: Floats) -> Learned:
    """Learn the shares, and the shape of the scores, from matches that have been played.

    Parameters
    ----------
    settings : CombinationSettings
        How.
    log_rates : ndarray, shape (n, 2, k)
        What each member said of the home and the away side.
    goals : ndarray, shape (n, 2)
        What they scored.
    seasons_ago : ndarray, shape (n,)
        Age in seasons.

    Returns
    -------
    Learned
    """
    k = log_rates.shape[2]
    weights = 0.5 ** (seasons_ago / settings.half_life_seasons)
    centre = np.concatenate([np.full(k, 1.0 / k), [0.0, 0.0]])
    precision = np.concatenate([np.full(k, settings.precision), [0.0, 0.0]])
    design = _design(log_rates)
    shares = fit_poisson_regression(
        design.reshape(-1, k + 2), goals.ravel(), weights.repeat(2), centre=centre, precision=precision
    )
    return Learned(shares, *fit_score_shape(np.exp(design @ shares), goals, weights))


def _design(log_rates: Floats) -> Floats:
    """Append 1 and a mark of the home side to what the members say, shape (n, 2, k + 2)."""
    n = len(log_rates)
    home = np.broadcast_to(np.array([[[1.0], [0.0]]]), (n, 2, 1))
    return np.concatenate([log_rates, np.ones((n, 2, 1)), home], axis=2)


@dataclass(frozen=True, eq=False)
class WalkedMembers:
    """What every member said on the morning of every match.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    settings : CombinationSettings
        Which members.
    log_rates : ndarray, shape (n, 2, k)
        NaN in the warm-up seasons.
    refits : int
        How many fits it took.
    """

    table: MatchTable
    settings: CombinationSettings
    log_rates: Floats
    refits: int

    @classmethod
    def of(cls, table: MatchTable, settings: CombinationSettings, until_season: int) -> "WalkedMembers":
        """Walk every member through all seasons but the first ones of each competition."""
        taught = (seasons_seen(table) >= WARM_UP_SEASONS) & (table.column("season") <= until_season)
        walked = [walk(table, member, taught) for member in settings.members]
        sides = [np.log(np.stack([rates.home, rates.away], axis=1)) for rates in walked]
        return cls(table, settings, np.stack(sides, axis=2), sum(rates.refits for rates in walked))

    def learned_before(self, season: int) -> Learned | None:
        """Learn from all seasons before one; None where no member has said anything there."""
        earlier = known_before(self.table, season) & np.isfinite(self.log_rates).all(axis=(1, 2))
        if not earlier.any():
            return None
        goals = np.stack([self.table.home_goals[earlier], self.table.away_goals[earlier]], axis=1)
        ages = season - self.table.column("season")[earlier]
        return learn(self.settings, self.log_rates[earlier], goals, ages)


def known_before(table: MatchTable, season: int) -> Bools:
    """Shape (n,): which matches belong to earlier seasons and were known on this one's first morning.

    Seasons of different competitions may overlap, and a result may be corrected years later.
    """
    seasons = table.column("season")
    first = np.floor(table.kickoff_days[seasons == season].min())
    return np.asarray((seasons < season) & (table.known_days <= first))


def with_earlier(table: MatchTable, wanted: Bools) -> Bools:
    """Shape (n,): the wanted matches, and those before them of which combined ratings have forecasts.

    Whoever chooses or weighs forecasters by how they did asks them for all of these.
    """
    seasons = table.column("season")
    taught = (seasons_seen(table) > WARM_UP_SEASONS) & (seasons <= seasons[wanted].max(initial=-1))
    return np.asarray(wanted | taught)


def seasons_seen(table: MatchTable) -> Floats:
    """Shape (n,): how many seasons of its competition the table holds before each match's own."""
    place = pl.col("season").rank("dense").over("competition")
    return table.frame.select(place).to_series().to_numpy().astype(np.float64) - 1.0
