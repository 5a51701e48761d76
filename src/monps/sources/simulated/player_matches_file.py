"""A season's appearances as a table: a row for each player and match, in columns like Understat's."""

import numpy as np
import polars as pl

from monps.numerics.checks import Bools
from monps.sources.simulated import names
from monps.sources.simulated.play import PENALTY_CHANCE
from monps.sources.simulated.season import DivisionSeason
from monps.sources.simulated.squads import POSITION

_PLACES = np.array(["GK", "DC", "MC", "FW"])
_SUBSTITUTE = "Sub"


def content(division: DivisionSeason, played: Bools) -> bytes:
    """Write everyone who was on the pitch in the matches that have been played.

    Parameters
    ----------
    division : DivisionSeason
        A division's season of n matches.
    played : ndarray of bool, shape (n,)
        Which of them are over.
    """
    done = division.appearances
    side, place = np.nonzero((done.minutes > 0) & np.repeat(played, 2)[:, None])
    match, at = side // 2, (side, place)
    number = division.squads.number[division.schedule.sides[side], place]
    goals = division.events.goals[match]
    columns = {
        "player_id": number + 1,
        "player": [names.player(each) for each in number.tolist()],
        "id": 1 + 1_000 * (10 * division.season.start + division.tier) + match,
        "date": division.kickoff.dt.strftime("%Y-%m-%d").gather(match),
        "season": np.full(len(match), division.season.start),
        "h_team": np.array(division.home)[match],
        "a_team": np.array(division.away)[match],
        "h_goals": goals[:, 0],
        "a_goals": goals[:, 1],
        "position": np.where(done.starts[at], _PLACES[POSITION[place]], _SUBSTITUTE),
        "time": done.minutes[at],
        "goals": done.goals[at],
        "shots": done.shots[at],
        "xG": done.expected_goals[at].round(5),
        "assists": done.assists[at],
        "key_passes": done.key_passes[at],
        "xA": done.expected_assists[at].round(5),
        "npg": done.goals[at] - done.penalties[at],
        "npxG": (done.expected_goals[at] - PENALTY_CHANCE * done.penalties[at]).round(5).clip(0.0),
    }
    return pl.DataFrame(columns).write_csv().encode()
