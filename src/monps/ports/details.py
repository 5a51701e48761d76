"""What the store knows beyond results and prices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

Columns = dict[str, list[Any]]
"""Equally long columns by their names; moments are microseconds since 1970 in UTC."""


class DetailRepository(Protocol):
    """Statistics of sides, shots and appearances, as they were known at a moment.

    Answers are plain columns, so that a hundred thousand rows are read quickly; ``monps.tables`` says
    which columns there are. Teams and players go by the names that monps shows, and only matches
    that are linked to one of the store are handed out. Everything is known with the match's result, but a
    correction from when it was read.
    """

    def team_matches(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each match, side and source (``TeamMatchTable``); all if nothing is named."""
        ...

    def shots(self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()) -> Columns:
        """Return a row for each shot (``ShotTable``)."""
        ...

    def appearances(
        self, competitions: Sequence[str], as_of: datetime, sources: Sequence[str] = ()
    ) -> Columns:
        """Return a row for each player, match and source (``AppearanceTable``)."""
        ...
