"""Profiles as nouns, to be shown and stored."""

import math
from collections.abc import Collection, Iterator
from datetime import datetime

from monps.dna.neighbours import Distances, distances, nearest, uniqueness
from monps.dna.profile import STALE_DAYS, LeagueProfiles
from monps.domain.features import DimensionValue, Neighbour, TeamDNA
from monps.domain.identifiers import Season
from monps.numerics.checks import Floats

NEIGHBOURS = 5


def team_dnas(
    profiles: LeagueProfiles, competition: str, as_of: datetime, only: Collection[str] | None = None
) -> tuple[TeamDNA, ...]:
    """Return teams' DNA, in the order of ``profiles.teams``, each with its nearest neighbours.

    Parameters
    ----------
    profiles : LeagueProfiles
    competition : str
        Its code.
    as_of : datetime
        The moment from which they were made.
    only : collection of str, optional
        Which teams (default: all).
    """
    found = distances(profiles.z, profiles.z_error)
    alone = uniqueness(found)
    return tuple(
        TeamDNA(
            team=name,
            competition=competition,
            season=Season(start=profiles.season),
            as_of=as_of,
            matches=int(profiles.played[team]),
            dimensions=tuple(dimension_values(profiles, team, as_of)),
            neighbours=tuple(_neighbours(profiles, found, team)),
            uniqueness=_number(alone[team]),
        )
        for team, name in enumerate(profiles.teams)
        if only is None or name in only
    )


def dimension_values(profiles: LeagueProfiles, team: int, as_of: datetime) -> Iterator[DimensionValue]:
    """Yield every dimension of one team; one that is missing says why.

    Parameters
    ----------
    profiles : LeagueProfiles
    team : int
        Its place in ``profiles.teams``.
    as_of : datetime
        The moment from which they were made.
    """
    for place, dimension in enumerate(profiles.dimensions):
        about = {
            "dimension": dimension.name,
            "group": dimension.group,
            "unit": dimension.unit,
            "as_of": as_of,
            "repeats": dimension.repeats,
        }
        if math.isnan(profiles.value[team, place]):
            yield DimensionValue(**about, reason=_why_not(profiles, team, place))
            continue
        at = team, place
        yield DimensionValue(
            **about,
            value=float(profiles.value[at]),
            standard_error=float(profiles.error[at]),
            n=int(profiles.matches[at]),
            z=float(profiles.z[at]),
            z_error=float(profiles.z_error[at]),
            home=_number(profiles.home[at]),
            away=_number(profiles.away[at]),
            source=profiles.counted_by[place],
            age_days=float(profiles.age_days[at]),
        )


def _why_not(profiles: LeagueProfiles, team: int, place: int) -> str:
    """Say why a dimension is missing, and what would bring it."""
    dimension = profiles.dimensions[place]
    if not profiles.counted_by[place]:
        return f"nobody counted it here; it takes {dimension.needs or 'the statistics of matches'}"
    if math.isfinite(_least(profiles.age_days[:, place])):
        return f"nothing of {profiles.teams[team]} was counted in the {STALE_DAYS:.0f} days before"
    return f"{profiles.counted_by[place]} said nothing of this league in the {STALE_DAYS:.0f} days before"


def _least(ages: Floats) -> float:
    known = ages[ages == ages]  # noqa: PLR0124 - NaN is not itself
    return float(known.min()) if len(known) else math.inf


def _neighbours(profiles: LeagueProfiles, found: Distances, team: int) -> Iterator[Neighbour]:
    for other in nearest(found, team, NEIGHBOURS):
        yield Neighbour(
            team=profiles.teams[other],
            distance=float(found.distance[team, other]),
            standard_error=float(found.error[team, other]),
            dimensions=int(found.shared[team, other]),
        )


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
