"""Corners and cards in the place of goals, so that everything made for goals serves them."""

from collections.abc import Mapping

import polars as pl

from monps.errors import UnknownNameError
from monps.tables.encode import nearest_names
from monps.tables.matches import NEVER, SCHEMA, MatchTable

SUBJECTS: Mapping[str, tuple[str, ...]] = {"corners": ("corners",), "cards": ("yellow_cards", "red_cards")}
"""What is counted, by the statistics that are summed."""


def counted(table: MatchTable, subject: str) -> MatchTable:
    """Return the matches with something else in the place of goals; those played without it are left out.

    Parameters
    ----------
    table : MatchTable
        With the statistics of both sides.
    subject : {"corners", "cards"}
        What is counted; a red card counts as one.

    Raises
    ------
    UnknownNameError
        If it is something else.
    """
    if subject not in SUBJECTS:
        raise UnknownNameError("subject", subject, nearest_names(subject, SUBJECTS))
    counts = {
        f"{side}_goals": pl.sum_horizontal(
            *(pl.col(f"{side}_{part}") for part in SUBJECTS[subject]), ignore_nulls=False
        ).cast(SCHEMA[f"{side}_goals"])
        for side in ("home", "away")
    }
    known = [
        pl.col(f"{side}_{part}").is_not_null() for side in ("home", "away") for part in SUBJECTS[subject]
    ]
    to_come = pl.col("known_at") >= NEVER
    return MatchTable(table.frame.filter(pl.all_horizontal(known) | to_come).with_columns(**counts))
