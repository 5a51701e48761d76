"""Profiles of all teams of a competition, seen from one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
import polars as pl

from monps.dna.dimensions import Dimension
from monps.dna.indices import USUAL_PROFILES, Evidence, Indices, ProfileSettings
from monps.dna.measures import Measures
from monps.errors import NotEnoughData
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.running_sums import Observations, Questions, fading_sums
from monps.tables.matches import SECONDS_A_DAY

STALE_DAYS = 400.0
"""What was last counted longer ago than this is not known any more."""

MEMORY_DAYS = 1250.0
"""Matches further back are not looked at: they would weigh less than a thirtieth."""

_WHOLE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class LeagueProfiles:
    """d dimensions of t teams, in the dimensions' units; NaN where nothing is known.

    Parameters
    ----------
    teams : tuple of str
        The t teams.
    season : int
        The season they play in.
    dimensions : tuple of Dimension
        The d dimensions.
    value, error : ndarray, shape (t, d)
        Held to the league's mean as far as little is known, and how far off it may be.
    z, z_error : ndarray, shape (t, d)
        Distance to the mean of the league's teams, in standard deviations between them.
    matches : ndarray of int, shape (t, d)
        How many matches stand behind each.
    home, away : ndarray, shape (t, d)
        The same at home and away alone, where the dimension tells them apart.
    age_days : ndarray, shape (t, d)
        Age of the newest of these matches.
    counted_by : tuple of str
        Who counted each dimension.
    played : ndarray of int, shape (t,)
        Matches of each team in the season.
    """

    teams: tuple[str, ...]
    season: int
    dimensions: tuple[Dimension, ...]
    value: Floats
    error: Floats
    z: Floats
    z_error: Floats
    matches: Ints
    home: Floats
    away: Floats
    age_days: Floats
    counted_by: tuple[str, ...]
    played: Ints

    @property
    def is_known(self) -> Floats:
        """Shape (t, d): whether there is a value."""
        return np.isfinite(self.value)


def league_profiles(
    measures: Measures,
    dimensions: Sequence[Dimension],
    as_of: datetime,
    settings: ProfileSettings = USUAL_PROFILES,
) -> LeagueProfiles:
    """Profile every team of the season that is under way, or of the last one.

    Parameters
    ----------
    measures : Measures
        Of one competition, as known at the moment.
    dimensions : sequence of Dimension
        What profiles are made of.
    as_of : datetime
        The moment.
    settings : ProfileSettings

    Returns
    -------
    LeagueProfiles

    Raises
    ------
    NotEnoughData
        If there is no match.
    """
    day = as_of.timestamp() / SECONDS_A_DAY
    lately = measures.where(measures.table.kickoff_days > day - MEMORY_DAYS)
    if not len(lately.table):
        raise NotEnoughData(f"no match of the {MEMORY_DAYS / 365:.1f} years before {as_of:%Y-%m-%d} is known")
    evidence = Evidence.of(lately, dimensions, settings)
    season, teams = _under_way(evidence)
    days, seasons = np.full(len(teams), day), np.full(len(teams), season)
    indices = evidence.indices(days, teams, seasons)
    age = day - _newest(evidence)[teams]
    known = (indices.matches > 0) & (age <= STALE_DAYS)
    scale, by_venue = (
        np.array([getattr(each, part) for each in dimensions]) for part in ("scale", "by_venue")
    )
    home, away = (
        _at_venue(evidence, _Asked(days, teams, by_venue), indices.value, venue) for venue in (0, 1)
    )
    mean = _means(evidence, day, None)
    z, z_error = _standardised(replace(indices, value=np.where(known, indices.value, np.nan)))
    return LeagueProfiles(
        tuple(evidence.names[team][1] for team in teams),
        season,
        tuple(dimensions),
        np.where(known, indices.value * mean * scale, np.nan),
        np.where(known, indices.error * mean * scale, np.nan),
        z,
        z_error,
        np.where(known, indices.matches, 0).astype(np.int64),
        np.where(known, home * scale, np.nan),
        np.where(known, away * scale, np.nan),
        np.where(known, age, np.nan),
        tuple(measures.source_of(each.count, each.per) for each in dimensions),
        _played(evidence, season)[teams],
    )


class _Asked(NamedTuple):
    """From when one looks, at whom, and which dimensions tell home and away apart."""

    days: Floats
    teams: Ints
    told_apart: Bools


def _at_venue(evidence: Evidence, asked: _Asked, overall: Floats, venue: int) -> Floats:
    """Shape (t, d): what teams do at home (0) or away (1), where the dimension tells them apart."""
    values, told = np.full(overall.shape, np.nan), asked.told_apart
    if told.any():
        apart = evidence.only(told)
        found = apart.at_venue(asked.days, asked.teams, overall[:, told], venue)
        values[:, told] = found * _means(apart, float(asked.days[0]), venue)
    return values


def _under_way(evidence: Evidence) -> tuple[int, Ints]:
    """Return the newest season in which nearly all teams have played, and its teams' numbers."""
    seasons = evidence.table.column("season").astype(np.int64)
    teams = {int(season): np.unique(evidence.team[seasons == season]) for season in np.unique(seasons)}
    most = max(map(len, teams.values()))
    season = max(season for season, numbers in teams.items() if len(numbers) >= _WHOLE * most)
    return season, teams[season]


def _newest(evidence: Evidence) -> Floats:
    """Shape (t, d): when each team's last match of which something was counted began."""
    newest = np.full((len(evidence.names), evidence.expected.shape[2]), -np.inf)
    played = evidence.table.kickoff_days[:, None, None]
    seen = np.where(evidence.expected > 0, played, -np.inf)
    for side in (0, 1):
        np.maximum.at(newest, evidence.team[:, side], seen[:, side])
    return newest


def _played(evidence: Evidence, season: int) -> Ints:
    """Shape (t,): how many matches of a season each team has played."""
    rows = evidence.table.column("season") == season
    return np.bincount(evidence.team[rows].ravel(), minlength=len(evidence.names)).astype(np.int64)


def _means(evidence: Evidence, day: float, venue: int | None) -> Floats:
    """Shape (d,): what the league does on average, at home, away or both; NaN where nobody counted."""
    sides = slice(None) if venue is None else slice(venue, venue + 1)
    totals = np.concatenate(
        [evidence.counted[:, sides].sum(axis=1), evidence.per[:, sides].sum(axis=1)], axis=1
    )
    seen = Observations(evidence.table.known_days, np.zeros(len(totals), dtype=np.int64), totals)
    asked = Questions(np.array([day]), np.zeros(1, dtype=np.int64))
    counted, per = np.split(fading_sums(seen, asked, evidence.settings.league_half_life_days)[0], 2)
    mean: Floats = np.divide(counted, per, out=np.full(len(per), np.nan), where=per > 0)
    return mean


def _standardised(indices: Indices) -> tuple[Floats, Floats]:
    """Shape (t, d) each: z within the league and its standard error; 0 where all teams are the same."""
    known = np.isfinite(indices.value)
    number = np.maximum(known.sum(axis=0), 1)
    values = np.where(known, indices.value, 0.0)
    centred = np.where(known, values - values.sum(axis=0) / number, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / number)
    unit = np.where(spread > 0, spread, np.inf)
    return np.where(known, centred / unit, np.nan), np.where(known, indices.error / unit, np.nan)


def form(measures: Measures, team: str, matches: int) -> pl.DataFrame:
    """Return a team's last matches: kickoff, goals for and against, the newest first.

    Parameters
    ----------
    measures : Measures
        Of one competition.
    team : str
        Its name.
    matches : int
        How many at most.
    """
    frame = measures.table.frame.filter((pl.col("home") == team) | (pl.col("away") == team))
    at_home = pl.col("home") == team
    sides = frame.select(
        "kickoff",
        goals_for=pl.when(at_home).then("home_goals").otherwise("away_goals"),
        goals_against=pl.when(at_home).then("away_goals").otherwise("home_goals"),
    )
    return sides.sort("kickoff", descending=True).head(matches)
