"""How each league ranks its teams, and which of its positions matter."""

from monps.domain.football import Competition
from monps.domain.season import Criterion, LeagueRules, Zone
from monps.errors import UnknownNameError

TIE_BREAKS: dict[str, tuple[Criterion, ...]] = {
    "goals": ("goal_difference", "goals_for"),
    "goals_then_head_to_head": (
        "goal_difference",
        "goals_for",
        "head_to_head_points",
        "head_to_head_away_goals",
    ),
    "goals_then_two_legs": (
        "goal_difference",
        "goals_for",
        "head_to_head_goal_difference",
        "head_to_head_away_goals",
        "away_goals",
    ),
    "head_to_head": (
        "head_to_head_points",
        "head_to_head_goal_difference",
        "goal_difference",
        "goals_for",
    ),
    "wins": ("wins", "goal_difference", "goals_for"),
}
"""What separates teams level on points, by the rule's name. What is still level is decided by lot: leagues
that go on to fair play or to a deciding match have nothing here that would tell."""

_DEFAULT_TIE_BREAK = "goals_then_head_to_head"
_OTHER_TIE_BREAKS = {
    "D1": "goals_then_two_legs",
    "D2": "goals_then_two_legs",
    **dict.fromkeys(("SP1", "SP2", "I1", "I2", "P1", "T1", "G1"), "head_to_head"),
    "B1": "wins",
}

_FIRST = {"title": (1, 1), "top 4": (1, 4)}
_UP_TWO = {"promotion": (1, 2)}
_TOP = {**_FIRST, "relegation": (-3, -1)}
_SECOND = {**_UP_TWO, "relegation": (-3, -1)}
_WITH_PLAY_OFF = {"relegation play-off": (-3, -3), "relegation": (-2, -1)}
_SCOTTISH = {
    "promotion": (1, 1),
    "play-offs": (2, 4),
    "relegation play-off": (-2, -2),
    "relegation": (-1, -1),
}

_ZONES = {
    "E1": {**_UP_TWO, "play-offs": (3, 6), "relegation": (-3, -1)},
    "E2": {**_UP_TWO, "play-offs": (3, 6), "relegation": (-4, -1)},
    "E3": {"promotion": (1, 3), "play-offs": (4, 7), "relegation": (-2, -1)},
    "EC": {"promotion": (1, 1), "play-offs": (2, 7), "relegation": (-4, -1)},
    "D1": {**_FIRST, **_WITH_PLAY_OFF},
    "D2": {**_UP_TWO, "play-off": (3, 3), **_WITH_PLAY_OFF},
    "F1": {**_FIRST, **_WITH_PLAY_OFF},
    "I2": {**_UP_TWO, "play-offs": (3, 8), "relegation": (-3, -1)},
    "SP2": {**_UP_TWO, "play-offs": (3, 6), "relegation": (-4, -1)},
    **dict.fromkeys(("SC1", "SC2", "SC3"), _SCOTTISH),
}
"""First and last position of what matters, where it is not ``_TOP`` or ``_SECOND``. Leagues change these
numbers now and then; a request may bring its own."""

_MEETINGS = {**dict.fromkeys(("SC1", "SC2", "SC3"), 2), **dict.fromkeys(("SC0", "B1", "G1"), None)}
"""How often one side receives another, where that is not once; None where the league splits in spring."""


def rules_of(competition: Competition, tie_break: str | None = None) -> LeagueRules:
    """Return a league's rules: its own, or, where none are listed, what most leagues of its tier do.

    Parameters
    ----------
    competition : Competition
        The league.
    tie_break : str, optional
        A key of ``TIE_BREAKS``, instead of the league's own.

    Raises
    ------
    UnknownNameError
        If there is no such rule.

    Examples
    --------
    >>> liga = Competition(code="SP1", name="La Liga", country="Spain", tier=1)
    >>> rules_of(liga).criteria[0], [zone.name for zone in rules_of(liga).zones]
    ('head_to_head_points', ['title', 'top 4', 'relegation'])
    """
    code = competition.code
    name = tie_break or _OTHER_TIE_BREAKS.get(code, _DEFAULT_TIE_BREAK)
    if name not in TIE_BREAKS:
        raise UnknownNameError("tie-break rule", name, tuple(TIE_BREAKS))
    zones = _ZONES.get(code, _TOP if competition.tier == 1 else _SECOND)
    return LeagueRules(
        tie_break=name,
        criteria=TIE_BREAKS[name],
        zones=tuple(Zone(name=zone, first=first, last=last) for zone, (first, last) in zones.items()),
        meetings=_MEETINGS.get(code, 1),
    )


def with_zones(rules: LeagueRules, zones: tuple[Zone, ...]) -> LeagueRules:
    """Return rules with zones of one's own: they replace those of the same name, others are added."""
    merged = {zone.name: zone for zone in (*rules.zones, *zones)}
    return rules.model_copy(update={"zones": tuple(merged.values())})
