"""Who played in which match, how long, and what he did, as columns."""

from typing import ClassVar

import polars as pl

from monps.domain.details import PLAYER_MEASURES
from monps.tables.details import MATCH_COLUMNS, DetailTable


class AppearanceTable(DetailTable):
    """One row for each player, match and source, ordered by kick-off.

    A player of the squad who stayed on the bench has a row with no minutes where the source lists him
    (Fantasy Premier League does, Understat does not). ``started`` is null where the source does not say.
    ``position`` is as the source writes it: ``FW``, ``AMC``, ``Sub`` (Understat), ``FWD``, ``MID``
    (Fantasy Premier League from 2020/21). Of the measures, Understat knows shots, expected goals and
    (by the difference to its non-penalty goals) penalties scored, but neither own goals nor, in its tables
    of player matches, cards; Fantasy Premier League knows goals, own goals, penalties missed and cards, and
    expected goals from 2022/23. ``player_id`` is the same in every source once it is linked.
    """

    SCHEMA: ClassVar[dict[str, pl.DataType]] = {
        **MATCH_COLUMNS,
        "team": pl.String(),
        "opponent": pl.String(),
        "is_home": pl.Boolean(),
        "player_id": pl.Int64(),
        "player": pl.String(),
        "position": pl.String(),
        "started": pl.Boolean(),
        "minutes": pl.Int16(),
        **dict.fromkeys(PLAYER_MEASURES, pl.Float64()),
        "source": pl.String(),
    }
    REQUIRED = ("match_id", "competition", "season", "kickoff", "known_at", "team", "player_id", "player")
    ORDER = ("kickoff", "match_id", "is_home", "player_id")
