"""History cut at a moment, and after it every fixture that might be played next.

An agent that forecasts these has forecast whatever will be asked of it; and it does so by the very code
that replays the past.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from monps.errors import NotEnoughData
from monps.numerics.checks import Bools
from monps.tables.fixtures import possible_fixtures
from monps.tables.matches import MatchTable

if TYPE_CHECKING:
    from monps.agents.base import History

NEWCOMER_HOST, NEWCOMER_GUEST = "\U0010fffe host", "\U0010fffe guest"
"""Stand for any team that was never seen, at home and away: no team sorts after them, the guest first."""

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """What was known at a moment, with all possible fixtures below.

    Parameters
    ----------
    history : History
        Matches and quotes known at the moment, and the fixtures, all on the next morning.
    wanted : ndarray of bool, shape (n,)
        Which rows are the fixtures.
    as_of : datetime
        The moment.
    known_at : datetime
        When the newest of the results became known.
    """

    history: "History"
    wanted: Bools
    as_of: datetime
    known_at: datetime

    @classmethod
    def of(cls, history: "History", as_of: datetime, seasons: Mapping[str, int]) -> "Slate":
        """Cut history, and add the fixtures of some competitions, each with its season's number.

        Raises
        ------
        NotEnoughData
            If no match of one of them was known.
        """
        past = history.until(as_of)
        known = past.matches
        parts = [known.frame]
        for code, season in seasons.items():
            league = known.where(pl.col("competition") == code)
            if not len(league):
                raise NotEnoughData(f"no result of {code} was known at {as_of:%Y-%m-%d %H:%M} UTC")
            newcomers = (NEWCOMER_HOST, NEWCOMER_GUEST)
            parts.append(possible_fixtures(league, season, _morning(as_of), more_teams=newcomers).frame)
        table = MatchTable(pl.concat(parts))
        wanted = np.arange(len(table)) >= len(known)
        return cls(replace(past, matches=table), wanted, as_of, known.last_known_at())

    def of_competition(self, code: str) -> Bools:
        """Shape (n,): the fixtures of one competition."""
        return np.asarray(self.wanted & (self.history.matches.frame["competition"] == code).to_numpy())

    def known(self, code: str) -> MatchTable:
        """Return the results of one competition that were known."""
        rows = ~self.wanted & (self.history.matches.frame["competition"] == code).to_numpy()
        return MatchTable(self.history.matches.frame.filter(rows))


def _morning(as_of: datetime) -> datetime:
    """Return the first midnight that is not before a moment."""
    days = -((_EPOCH - as_of) // _DAY)
    return _EPOCH + days * _DAY
