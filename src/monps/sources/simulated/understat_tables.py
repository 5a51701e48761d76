"""Every shot and every appearance of a season, as tables of Understat's answers hold them."""

from typing import NamedTuple

import numpy as np
import polars as pl

from monps.numerics.checks import Bools, Floats, Ints
from monps.sources.simulated import names
from monps.sources.simulated.appearances import MATCH_MINUTES
from monps.sources.simulated.play import PENALTY_CHANCE
from monps.sources.simulated.season import DivisionSeason
from monps.sources.simulated.squads import POSITION, SQUAD
from monps.sources.simulated.understat_file import first_match

_HALF = MATCH_MINUTES // 2
_WORTH_OF_A_GOAL, _BEST_CHANCE = 3.0, 0.97
_SITUATIONS = (("OpenPlay", "FromCorner", "SetPiece", "DirectFreekick"), (0.73, 0.15, 0.07, 0.05))
_SHOT_TYPES = (("RightFoot", "LeftFoot", "Head"), (0.52, 0.31, 0.17))
_WIDE = (("MissedShots", "BlockedShot", "ShotOnPost"), (0.56, 0.41, 0.03))
_POSITIONS = np.array(["GK", "DC", "MC", "FW"])
_DECIMALS = 5
_STREAM = 7
"""Shots have chance of their own: what happens in matches does not depend on whether they are written."""


Values = np.ndarray | list[str]


class _Shots(NamedTuple):
    """A season's k shots, every array of shape (k,); a player of a side of a match has one number."""

    division: DivisionSeason
    player: Ints
    scored: Bools
    penalty: Bools

    @property
    def side(self) -> Ints:
        """The side of each shot."""
        return self.player // SQUAD


def shots_content(division: DivisionSeason, played: Bools) -> bytes:
    """Write a division's shots; over a side's shots, expected goals sum to the side's.

    Parameters
    ----------
    division : DivisionSeason
        With n matches.
    played : ndarray, shape (n,)
    """
    # The whole season is drawn, whatever of it was played: what was played stays as it was.
    shots = _shots(division)
    rng = np.random.default_rng([division.season.start, division.tier, _STREAM])
    count, chances = len(shots.player), _chances(shots, rng)
    situations = rng.choice(_SITUATIONS[0], count, p=_SITUATIONS[1])
    columns: dict[str, Values] = {
        "id": np.arange(1, count + 1) + 1_000 * first_match(division),
        "minute": _minutes(shots, rng),
        "result": _results(shots, rng),
        "X": (1.0 - 0.3 * np.exp(-3.0 * chances)).round(3),
        "Y": np.clip(rng.normal(0.5, 0.12, count), 0.02, 0.98).round(3),
        "xG": chances.round(_DECIMALS),
        "situation": np.where(shots.penalty, "Penalty", situations),
        "shotType": rng.choice(_SHOT_TYPES[0], count, p=_SHOT_TYPES[1]),
        "player_assisted": np.full(count, ""),
        "lastAction": np.full(count, "Pass"),
    }
    who = [*_who(division, shots.player), *_of_match(division, shots.side // 2)]
    frame = _frame(columns).with_columns(who).filter(played[shots.side // 2])
    return _csv(frame.sort("match_id", "minute", maintain_order=True))


def _shots(division: DivisionSeason) -> _Shots:
    done = division.appearances
    counts = done.shots.ravel()
    player = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(player)) - np.repeat(np.cumsum(counts) - counts, counts)
    goals, penalties = (each.ravel()[player] for each in (done.goals, done.penalties))
    return _Shots(division, player, place < goals, place < penalties)


def appearances_content(division: DivisionSeason, played: Bools) -> bytes:
    """Write a row for everyone who was on the pitch, match after match.

    Parameters
    ----------
    division : DivisionSeason
        With n matches.
    played : ndarray, shape (n,)
    """
    done = division.appearances
    minutes = done.minutes.ravel()
    player = np.flatnonzero((done.minutes > 0) & np.repeat(played, 2)[:, None])
    goals, penalties = (each.ravel()[player] for each in (done.goals, done.penalties))
    chances = done.expected_goals.ravel()[player]
    columns: dict[str, Values] = {
        "position": np.where(done.starts.ravel()[player], _POSITIONS[POSITION[player % SQUAD]], "Sub"),
        "time": minutes[player],
        "goals": goals,
        "npg": goals - penalties,
        "xG": chances.round(_DECIMALS),
        "npxG": (chances - PENALTY_CHANCE * penalties).round(_DECIMALS),
        "xA": done.expected_assists.ravel()[player].round(_DECIMALS),
        **{
            name: getattr(done, name).ravel()[player]
            for name in ("shots", "assists", "key_passes", "yellow_cards", "red_cards")
        },
    }
    who = [*_who(division, player), *_of_match(division, player // SQUAD // 2)]
    return _csv(_frame(columns).with_columns(who).rename({"match_id": "id"}))


def _who(division: DivisionSeason, player: Ints) -> list[pl.Series]:
    """Say who each row is about, and for which side he played."""
    side = player // SQUAD
    clubs = division.schedule.sides[side]
    numbers = division.squads.number[clubs, player % SQUAD]
    return [
        pl.Series("player_id", numbers + 1),
        pl.Series("player", [names.player(number) for number in numbers.tolist()]),
        pl.Series("h_a", np.where(side % 2 == 0, "h", "a")),
    ]


def _of_match(division: DivisionSeason, match: Ints) -> list[pl.Series]:
    clubs, schedule = np.array(division.clubs.names), division.schedule
    moments = division.kickoff.dt.strftime("%Y-%m-%d %H:%M:%S").to_numpy()
    return [
        pl.Series("match_id", first_match(division) + match),
        pl.Series("season", np.full(len(match), division.season.start)),
        pl.Series("h_team", clubs[schedule.home[match]]),
        pl.Series("a_team", clubs[schedule.away[match]]),
        pl.Series("h_goals", division.events.goals[match, 0]),
        pl.Series("a_goals", division.events.goals[match, 1]),
        pl.Series("date", moments[match]),
    ]


def _chances(shots: _Shots, rng: np.random.Generator) -> Floats:
    """Divide each side's chances from play among its shots; a penalty is worth what it is worth."""
    events, side = shots.division.events, shots.side
    from_play = (events.expected_goals - PENALTY_CHANCE * events.penalties).ravel()
    weight = rng.gamma(1.0, 1.0, len(side)) * np.where(shots.scored, _WORTH_OF_A_GOAL, 1.0) * ~shots.penalty
    total = np.bincount(side, weight, minlength=len(from_play))[side]
    shares = np.divide(weight, total, out=np.zeros(len(side)), where=total > 0)
    return np.where(shots.penalty, PENALTY_CHANCE, np.minimum(from_play[side] * shares, _BEST_CHANCE))


def _minutes(shots: _Shots, rng: np.random.Generator) -> Ints:
    """Draw minutes while the player is on; so many of a side's goals fall in the first half as did."""
    done = shots.division.appearances
    minutes, starts = (each.ravel()[shots.player] for each in (done.minutes, done.starts))
    first, last = np.where(starts, 0, MATCH_MINUTES - minutes), np.where(starts, minutes, MATCH_MINUTES)
    early = _early(shots, first < _HALF)
    late = shots.scored & ~early & (last > _HALF)
    first = np.where(late, np.maximum(first, _HALF), first)
    last = np.where(early, np.minimum(last, _HALF), last)
    drawn: Ints = first + np.floor(rng.random(len(first)) * np.maximum(last - first, 1)).astype(np.int64)
    return drawn


def _early(shots: _Shots, on: Bools) -> Bools:
    """Pick the goals of the first half: of those who were on then, the first of each side."""
    half_time = shots.division.events.half_time_goals.ravel()
    may = shots.scored & on
    before = np.concatenate([[0], np.cumsum(np.bincount(shots.side, may, minlength=len(half_time)))])
    early: Bools = may & (np.cumsum(may) - 1 - before[shots.side] < half_time[shots.side])
    return early


def _results(shots: _Shots, rng: np.random.Generator) -> list[str]:
    events, side = shots.division.events, shots.side
    saved = (events.shots_on_target - events.goals).ravel()
    other = (events.shots - events.goals).ravel()
    on_target = rng.random(len(side)) * np.maximum(other[side], 1) < saved[side]
    wide = rng.choice(_WIDE[0], len(side), p=_WIDE[1])
    return list(np.where(shots.scored, "Goal", np.where(on_target, "SavedShot", wide)))


def _frame(columns: dict[str, Values]) -> pl.DataFrame:
    return pl.DataFrame({name: list(values) for name, values in columns.items()})


def _csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv().encode()
