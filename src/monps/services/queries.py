"""Plain questions to the store."""

from monps.domain.football import Competition
from monps.domain.identifiers import Season
from monps.errors import NotEnoughData
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.history import require_competition


def list_competitions(open_work: UnitOfWorkFactory) -> tuple[Competition, ...]:
    """Return every competition in the store, by code."""
    with open_work() as work:
        return tuple(work.matches.competitions())


def list_teams(
    open_work: UnitOfWorkFactory, competition: str, season: Season | None = None
) -> tuple[str, ...]:
    """Return the names of a competition's teams, of one season or of all.

    Raises
    ------
    UnknownNameError
        If the competition is not in the store.
    NotEnoughData
        If it has no match of that season.
    """
    with open_work() as work:
        code = require_competition(work, competition).code
        teams = tuple(work.matches.teams(code, season))
    if not teams:
        raise NotEnoughData(f"there is no match of {code} {season.label if season else ''}".rstrip())
    return teams
