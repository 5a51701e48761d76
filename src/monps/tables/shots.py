"""Shots as columns."""

from typing import ClassVar

import polars as pl

from monps.tables.details import MATCH_COLUMNS, DetailTable


class ShotTable(DetailTable):
    """One row for each shot, ordered by kick-off and minute.

    ``x`` and ``y`` are from 0 to 1: ``x`` from the shooting side's own goal line to the other's, ``y`` from
    the right touchline to the left. An own goal counts for the other side than ``team``, which is
    the side of the player; it has no expected goals worth counting. ``situation``, ``shot_type`` and
    ``result`` have the values of ``SITUATIONS``, ``SHOT_TYPES`` and
    ``SHOT_RESULTS`` in ``monps.domain.details``, or null where the source does not say.
    """

    SCHEMA: ClassVar[dict[str, pl.DataType]] = {
        **MATCH_COLUMNS,
        "team": pl.String(),
        "opponent": pl.String(),
        "is_home": pl.Boolean(),
        "player_id": pl.Int64(),
        "player": pl.String(),
        "assister": pl.String(),
        "minute": pl.Int16(),
        "x": pl.Float64(),
        "y": pl.Float64(),
        "expected_goals": pl.Float64(),
        "situation": pl.String(),
        "shot_type": pl.String(),
        "result": pl.String(),
        "source": pl.String(),
    }
    REQUIRED = ("match_id", "competition", "season", "kickoff", "known_at", "team", "is_home", "minute")
    ORDER = ("kickoff", "match_id", "minute")
