"""What is known of both sides of a match of the store, before it."""

from datetime import datetime

from monps.domain.features import MatchFeatures
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.features import match_features
from monps.services.friction import team_friction
from monps.services.rounds import find_match


def features_of_match(
    open_work: UnitOfWorkFactory, match_id: int, *, as_of: datetime | None, now: datetime
) -> MatchFeatures:
    """Return both sides' features and their friction, seen from before kick-off.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read.
    match_id : int
        The match's number in the store.
    as_of : datetime, optional
        The moment (default: now, or kick-off if that was earlier).
    now : datetime
        The present.

    Raises
    ------
    MatchNotFoundError
        If there is no such match.
    NotEnoughData
        If nothing of its competition was known.
    """
    match = find_match(open_work, match_id, now=now)
    seen = min(as_of or now, now, match.kickoff)
    of = match.competition, match.home, match.away
    friction = team_friction(open_work, *of, as_of=seen, now=now)
    return match_features(open_work, *of, as_of=seen, now=now, match_id=match_id, friction=friction)
