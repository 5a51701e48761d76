"""What the store knows beyond results and prices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from monps.domain.ingestion import ParsedFile

Columns = dict[str, list[Any]]
"""Equally long columns by their names; moments are microseconds since 1970 in UTC."""


class DetailChanges(NamedTuple):
    """What storing the details of one file changed.

    ``details_filled`` are rows that were there and of which more is said now. A new reading of a file
    corrects what an earlier one said; what differs from another file of the same source is not stored, but
    counted.
    """

    team_matches_added: int = 0
    shots_added: int = 0
    appearances_added: int = 0
    player_seasons_added: int = 0
    details_filled: int = 0
    details_corrected: int = 0
    details_differing: int = 0


class SourceReport(NamedTuple):
    """What went wrong with a source: a file ``refused``, or a field ``new``, ``missing`` or ``retyped``."""

    source: str
    file: str
    reported_at: datetime
    kind: str
    detail: str


class SourceStanding(NamedTuple):
    """How a source stands: what it told, how much of it could be linked, when, and what went wrong last."""

    source: str
    files: int
    last_read_at: datetime | None
    competitions: int
    first_season: int | None
    last_season: int | None
    newest_match: datetime | None
    matches: int
    matches_linked: int
    team_seasons: int
    team_seasons_linked: int
    team_matches: int
    shots: int
    appearances: int
    player_seasons: int
    rejected: int
    last_error: str | None
    last_error_at: datetime | None
    drift: tuple[str, ...]


class DetailRepository(Protocol):
    """Statistics of sides, shots and appearances, as they were known at a moment.

    Answers are plain columns, so that a hundred thousand rows are read quickly; ``monps.tables`` says
    which columns there are. Teams and players go by the names that monps shows, and only matches
    that are linked to one of the store are handed out. Everything is known with the match's result, but a
    correction from when it was read.
    """

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> DetailChanges:
        """Store what a file says beyond results; the file itself goes into ``MatchRepository`` first.

        Matches, teams and players are kept as the source names them, whether or not they are linked.

        Raises
        ------
        DataRefused
            If it speaks of a competition that it does not name.
        """
        ...

    def report(self, report: SourceReport) -> None:
        """Note what went wrong with a source; what was noted of a field before is not noted again."""
        ...

    def standings(self) -> Sequence[SourceStanding]:
        """How every source stands, by name."""
        ...

    def player_seasons(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each player, team, season and table of a source; ``totals`` is JSON."""
        ...

    def team_matches(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each match, side and source (``TeamMatchTable``); all if nothing is named."""
        ...

    def shots(self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()) -> Columns:
        """Return a row for each shot (``ShotTable``)."""
        ...

    def appearances(
        self,
        competitions: Sequence[str],
        as_of: datetime,
        sources: Sequence[str] = (),
        *,
        since: datetime | None = None,
    ) -> Columns:
        """Return a row for each player, match and source (``AppearanceTable``).

        On request only of matches from a moment on, as old ones are many.
        """
        ...
