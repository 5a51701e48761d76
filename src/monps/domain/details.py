"""What sources say of matches beyond the result: statistics of sides, shots, appearances, season totals.

These are named tuples, not models: there are hundreds of thousands of them, and readers check each field
as they make it.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

SIDE_MEASURES = (
    "shots",
    "shots_on_target",
    "fouls",
    "corners",
    "yellow_cards",
    "red_cards",
    "expected_goals",
    "non_penalty_expected_goals",
    "expected_points",
    "ppda_passes",
    "ppda_actions",
    "ppda_allowed_passes",
    "ppda_allowed_actions",
    "deep_completions",
    "deep_completions_allowed",
    "possession",
    "touches",
    "touches_in_box",
    "passes",
    "passes_completed",
    "key_passes",
    "crosses",
    "crosses_completed",
    "long_balls",
    "long_balls_completed",
    "through_balls",
    "dribbles",
    "dribbles_completed",
    "aerials_won",
    "aerials_lost",
    "tackles",
    "tackles_won",
    "interceptions",
    "clearances",
    "recoveries",
    "offsides",
    "dispossessed",
    "errors",
    "saves",
    "shots_off_target",
    "shots_blocked",
    "shots_on_post",
    "shots_inside_box",
    "big_chances",
    "big_chances_missed",
    "penalties",
    "penalties_scored",
    "own_goals",
)
"""What may be said of a side in a match.

``possession`` is in percent; ``red_cards`` counts second yellow cards too; ``own_goals`` are those that the
side scored against itself.
"""

PLAYER_MEASURES = (
    "goals",
    "own_goals",
    "penalties_scored",
    "penalties_missed",
    "shots",
    "expected_goals",
    "non_penalty_expected_goals",
    "assists",
    "expected_assists",
    "key_passes",
    "yellow_cards",
    "red_cards",
)
"""What may be said of a player in a match."""

SITUATIONS = ("open_play", "corner", "set_piece", "free_kick", "penalty")
"""How a shot came about; ``free_kick`` is a direct one, ``set_piece`` any other but a corner."""

SHOT_TYPES = ("right_foot", "left_foot", "head", "other")
SHOT_RESULTS = ("goal", "saved", "missed", "blocked", "post", "own_goal")

Measures = tuple[float | None, ...]
"""A value, or None, for each name of ``SIDE_MEASURES`` or ``PLAYER_MEASURES``."""


class SourceMatch(NamedTuple):
    """A match as a source refers to it.

    ``home`` and ``away`` are the source's own names. ``day`` is the day by the source's clock, which may
    be a day off in another time zone. ``key`` is the source's own number for it; ``referee`` is named as the
    source names him.
    """

    competition: str
    season: int
    home: str
    away: str
    day: date | None = None
    home_goals: int | None = None
    away_goals: int | None = None
    key: str | None = None
    referee: str | None = None


class SideRecord(NamedTuple):
    """What one side did; ``match`` is the place of its match in ``Details.matches``."""

    match: int
    is_home: bool
    measures: Measures


class Player(NamedTuple):
    """A player by the source's own number for him, or, where it has none, by name and team."""

    key: str
    name: str


class ShotRecord(NamedTuple):
    """One shot; coordinates from 0 to 1, ``x`` towards the goal shot at, ``y`` from the right touchline.

    ``number`` tells it from the other shots of the same match in the same source.
    """

    match: int
    number: int
    is_home: bool
    player: Player | None
    assister: str | None
    minute: int
    x: float | None
    y: float | None
    expected_goals: float | None
    situation: str | None
    shot_type: str | None
    result: str | None


class AppearanceRecord(NamedTuple):
    """One player in one match."""

    match: int
    is_home: bool
    player: Player
    position: str | None
    started: bool | None
    minutes: int | None
    measures: Measures


class PlayerSeason(NamedTuple):
    """A player's totals over a season with one team, from one of a source's tables, under its own names."""

    competition: str
    season: int
    team: str
    player: Player
    table: str
    totals: Mapping[str, float | str]


class Details(NamedTuple):
    """Everything of one file that goes beyond results and prices."""

    matches: tuple[SourceMatch, ...] = ()
    sides: tuple[SideRecord, ...] = ()
    shots: tuple[ShotRecord, ...] = ()
    appearances: tuple[AppearanceRecord, ...] = ()
    player_seasons: tuple[PlayerSeason, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(self)


NO_DETAILS = Details()


def side_measures(**known: float | None) -> Measures:
    """Set out what is known of a side; what is left out is unknown.

    Examples
    --------
    >>> side_measures(shots=11)[:2]
    (11, None)
    """
    return tuple(map(known.get, SIDE_MEASURES))


def player_measures(**known: float | None) -> Measures:
    """Set out what is known of a player; what is left out is unknown."""
    return tuple(map(known.get, PLAYER_MEASURES))
