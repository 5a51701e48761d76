"""Appearances of a country that does not exist, as a source would tell them."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from monps.sources.simulated import SimulatedCountry, names
from monps.sources.simulated.season import DivisionSeason
from monps.sources.simulated.squads import POSITION, POSITIONS
from monps.tables.appearances import AppearanceTable

COUNTRY = SimulatedCountry(seed=3, until=date(2026, 6, 30), seasons=3, sizes=(8, 8))


MAPPING = """
source = "statisticians"
rows = "appearances"

[match]
competition = "competition"
season = "season"
date = "day"

[side]
is_home = "is_home"
team = "team"
opponent = "opponent"

[player]
key = "player_id"
name = "player"
position = "position"
started = "started"
minutes = "minutes"

[player.measures]
goals = "goals"
own_goals = "own_goals"
penalties_scored = "penalties_scored"
penalties_missed = "penalties_missed"
non_penalty_expected_goals = "non_penalty_expected_goals"
"""
"""What the columns of ``write_appearances`` mean."""


@cache
def simulated_appearances() -> AppearanceTable:
    """Return all appearances of its first division."""
    return AppearanceTable.from_dataframe(_told(COUNTRY))


def write_appearances(country: SimulatedCountry, file: Path) -> None:
    """Write those of what was played as a table of somebody's own."""
    played = _told(country).filter(pl.col("kickoff").dt.date() <= country.until)
    season = pl.col("season").cast(pl.String) + "/" + ((pl.col("season") + 1) % 100).cast(pl.String)
    played.with_columns(season, day=pl.col("kickoff").dt.date()).write_csv(file)


def _told(country: SimulatedCountry) -> pl.DataFrame:
    divisions = [division for division in country.divisions if division.competition == "SIM1"]
    return pl.concat(_division(division, 1000 * place) for place, division in enumerate(divisions))


def _division(division: DivisionSeason, first_match: int) -> pl.DataFrame:
    done, sides = division.appearances, division.schedule.sides
    side, place = np.nonzero(done.minutes > 0)
    match, clubs = side // 2, np.array(division.clubs.names)
    numbers = division.squads.number[sides[side], place]
    kickoff = division.kickoff.gather(match)
    own_goals = np.zeros(len(side))
    return pl.DataFrame(
        {
            "match_id": first_match + match,
            "competition": division.competition,
            "season": division.season.start,
            "kickoff": kickoff,
            "known_at": kickoff + timedelta(hours=3),
            "team": clubs[sides[side]],
            "opponent": clubs[sides[side ^ 1]],
            "is_home": side % 2 == 0,
            "player_id": numbers,
            "player": [names.player(number) for number in numbers.tolist()],
            "position": np.array(POSITIONS)[POSITION[place]],
            "started": done.starts[side, place],
            "minutes": done.minutes[side, place],
            "goals": done.goals[side, place].astype(float),
            "own_goals": own_goals,
            "penalties_scored": done.penalties[side, place].astype(float),
            "penalties_missed": own_goals,
            "non_penalty_expected_goals": done.expected_goals[side, place]
            - 0.76 * done.penalties[side, place],
            "source": "simulated",
        }
    )
