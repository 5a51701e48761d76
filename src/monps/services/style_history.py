"""How a team's style came about: some of its dimensions, month by month."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from monps.dna import DIMENSIONS, Dimension
from monps.dna.measures import Measures
from monps.dna.nouns import dimension_values
from monps.dna.profile import league_profiles
from monps.domain.base import Moment, Noun
from monps.domain.features import DimensionValue
from monps.domain.identifiers import Season
from monps.errors import NotEnoughData, UnknownTeam, UsageError
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.history import require_competition
from monps.services.measures import gather
from monps.tables.encode import nearest_names

_MONTH = timedelta(days=30)
_MONTHS = 36

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(each.group for each in DIMENSIONS.values()))
"""The groups of dimensions, in the profile's order."""


class PastStyle(Noun):
    """Dimensions of a team as known at one moment, in the season that was under way.

    ``dimensions`` is empty where the team did not play in that season of the competition.
    """

    as_of: Moment
    season: Season
    dimensions: tuple[DimensionValue, ...]


def style_through_time(
    open_work: UnitOfWorkFactory, competition: str, team: str, group: str, *, now: datetime
) -> tuple[PastStyle, ...]:
    """Profile a team from each of the last 36 months, up to when the newest result became known.

    What was counted is read once, and cut off at each month. A match that was corrected later counts from
    its correction on.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read.
    competition, team : str
        The competition's code and the team's name.
    group : str
        Which dimensions, one of ``GROUPS``.
    now : datetime
        The present.

    Returns
    -------
    tuple of PastStyle
        In order of time; from the first month on of which anything is known.

    Raises
    ------
    UsageError
        If there is no such group.
    UnknownNameError
        If the competition is not in the store.
    UnknownTeam
        If the team never played in it in that time, with the nearest names.
    NotEnoughData
        If nothing of the competition was known.
    """
    with open_work() as work:
        code = require_competition(work, competition).code
    return past_styles(gather(open_work, code, as_of=now, now=now), team, group)


def past_styles(measures: Measures, team: str, group: str) -> tuple[PastStyle, ...]:
    """Profile a team month by month from what was counted; see ``style_through_time``.

    Raises
    ------
    UsageError, UnknownTeam
        As ``style_through_time``.
    """
    chosen = tuple(each for each in DIMENSIONS.values() if each.group == group)
    if not chosen:
        raise UsageError(f"there is no group of dimensions {group!r}; there are {', '.join(GROUPS)}")
    _require(measures, team)
    counted = {name for each in chosen for name in (each.count, each.per)}
    return tuple(_past(measures.only(counted), team, chosen))


def _require(measures: Measures, team: str) -> None:
    known = measures.table.teams.names
    if team not in known:
        raise UnknownTeam(team, nearest_names(team, sorted(known)))


def _past(measures: Measures, team: str, chosen: Sequence[Dimension]) -> Iterator[PastStyle]:
    last = measures.table.last_known_at()
    for months in reversed(range(_MONTHS)):
        moment = last - months * _MONTH
        try:
            profiles = league_profiles(measures.until(moment), tuple(chosen), moment)
        except NotEnoughData:
            continue  # before the first match of all, there is nothing to tell
        place = profiles.teams.index(team) if team in profiles.teams else None
        found = () if place is None else tuple(dimension_values(profiles, place, moment))
        yield PastStyle(as_of=moment, season=Season(start=profiles.season), dimensions=found)
