"""What each side did in each match, as columns."""

from typing import ClassVar

import polars as pl

from monps.domain.details import SIDE_MEASURES
from monps.tables.details import MATCH_COLUMNS, DetailTable

MEASURES = SIDE_MEASURES
"""What may be known of a side in a match, as floats; null where no source says it.

``possession`` is in percent. ``red_cards`` counts second yellow cards too. ``own_goals`` are those that the
side scored against itself. Understat knows expected goals, PPDA and deep completions; tables in WhoScored's
manner possession, passes, dribbles, aerials, tackles and errors; SofaScore's statistics and FBref's match
reports crosses, long balls and big chances. Set pieces are told apart by ``ShotTable.situation`` alone.
"""


class TeamMatchTable(DetailTable):
    """One row for each side of each match, ordered by kick-off, with what the sources know of it.

    Where several sources speak of the same match, ``services.history`` takes each measure from the first
    that knows it, and ``source`` names those that spoke, joined by ``+``; a repository hands out
    a row for each source.
    """

    SCHEMA: ClassVar[dict[str, pl.DataType]] = {
        **MATCH_COLUMNS,
        "team": pl.String(),
        "opponent": pl.String(),
        "is_home": pl.Boolean(),
        "goals": pl.Int16(),
        "goals_against": pl.Int16(),
        **dict.fromkeys(MEASURES, pl.Float64()),
        "source": pl.String(),
    }
    REQUIRED = ("match_id", "competition", "season", "kickoff", "known_at", "team", "opponent", "is_home")
    ORDER = ("kickoff", "match_id", "is_home")
