"""What the store knew at a moment, in columns; and names that must be known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monps.agents import History
from monps.domain.football import Competition
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam
from monps.ports.repositories import QuoteFilter
from monps.ports.unit_of_work import UnitOfWork
from monps.ratings.market_memory import SHARPEST_FIRST, with_implied_goals
from monps.tables.appearances import AppearanceTable
from monps.tables.encode import nearest_names
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable
from monps.tables.shots import ShotTable
from monps.tables.side_by_side import side_by_side
from monps.tables.team_matches import TeamMatchTable

PREFERRED_SOURCES = ("understat", "fbref", "sofascore")
"""Where several tell the same measure of a side, the first that does is believed; tables come last."""

_LISTED = 12
_YARDSTICKS = QuoteFilter(bookmakers=SHARPEST_FIRST, markets=("match_result", "totals", "asian_handicap"))


def read_matches(
    work: UnitOfWork, competitions: Sequence[str], as_of: datetime, since: datetime | None = None
) -> MatchTable:
    """Return the matches of these competitions as known at a moment; on request only the later ones.

    Raises
    ------
    NotEnoughData
        If there are none.
    """
    table = MatchTable.from_columns(work.matches.columns(competitions, as_of, since))
    if not len(table):
        raise NotEnoughData(f"no result of {', '.join(competitions)} was known at {as_of:%Y-%m-%d %H:%M} UTC")
    return table


def read_history(
    work: UnitOfWork,
    competitions: Sequence[str],
    as_of: datetime,
    since: datetime | None = None,
    *,
    details: bool = False,
) -> History:
    """Return matches and quotes as known at a moment, with the goals that past prices stood for.

    Parameters
    ----------
    work : UnitOfWork
        Where they are read.
    competitions : sequence of str
        Their codes.
    as_of : datetime
        The moment.
    since : datetime, optional
        Read only the matches that began then or later.
    details : bool
        Whether what each side did, shots and appearances are wanted too.

    Raises
    ------
    NotEnoughData
        If there is no match.
    """
    matches = read_matches(work, competitions, as_of, since)
    quotes = QuoteTable.from_columns(work.matches.quote_columns(competitions, as_of, _YARDSTICKS))
    history = History(with_implied_goals(matches, quotes), quotes)
    return with_details(history, work, competitions, as_of) if details else history


def with_details(history: History, work: UnitOfWork, competitions: Sequence[str], as_of: datetime) -> History:
    """Return the same history with what each side did, shots and appearances as known at a moment."""
    told = TeamMatchTable.from_columns(work.details.team_matches(competitions, as_of))
    return replace(
        history,
        team_matches=side_by_side(history.matches, told, PREFERRED_SOURCES),
        shots=ShotTable.from_columns(work.details.shots(competitions, as_of)),
        appearances=AppearanceTable.from_columns(work.details.appearances(competitions, as_of)),
    )


def require_competition(work: UnitOfWork, code: str) -> Competition:
    """Return a competition that must be in the store.

    Raises
    ------
    UnknownNameError
        With the nearest codes, or, where none looks like it, with those that there are.
    NotEnoughData
        If the store is empty.
    """
    if (found := work.matches.competition(code)) is not None:
        return found
    known = [competition.code for competition in work.matches.competitions()]
    if not known:
        raise NotEnoughData("there are no matches yet; `monps ingest football-data PATH` brings some")
    raise UnknownNameError("competition", code, nearest_names(code, known) or tuple(known)[:_LISTED])


def require_teams(work: UnitOfWork, competition: Competition, names: Sequence[str]) -> None:
    """Refuse a team that was never seen in any competition of the country.

    Raises
    ------
    UnknownTeam
        With the nearest names.
    """
    known = {
        team
        for other in work.matches.competitions()
        if other.country == competition.country
        for team in work.matches.teams(other.code)
    }
    for name in names:
        if name not in known:
            raise UnknownTeam(name, nearest_names(name, sorted(known)))
