"""Understat's words for ours."""

from functools import lru_cache
from html import unescape

SITUATIONS = {
    "OpenPlay": "open_play",
    "FromCorner": "corner",
    "SetPiece": "set_piece",
    "DirectFreekick": "free_kick",
    "Penalty": "penalty",
}
SHOT_TYPES = {"RightFoot": "right_foot", "LeftFoot": "left_foot", "Head": "head", "OtherBodyPart": "other"}
RESULTS = {
    "Goal": "goal",
    "SavedShot": "saved",
    "MissedShots": "missed",
    "BlockedShot": "blocked",
    "ShotOnPost": "post",
    "OwnGoal": "own_goal",
}


@lru_cache(maxsize=65_536)
def name_of(text: str) -> str:
    """Return a name as people write it; Understat's is made for a page.

    Examples
    --------
    >>> name_of("N&#039;Golo Kanté")
    "N'Golo Kanté"
    """
    return unescape(text).strip()
