"""Which markets stand for each family: all without a line, and of the others the lines that are usual."""

from collections.abc import Mapping

from monps.domain.market import MarketKey
from monps.markets.catalogue import listed
from monps.markets.timing import FIRST_HALF, FULL_TIME, SECOND_HALF

PERIODS = (FULL_TIME, FIRST_HALF, SECOND_HALF)
_LONG, _SHORT = (0.5, 1.5, 2.0, 2.25, 2.5, 2.75, 3.5, 4.5), (0.5, 1.0, 1.5)
_SIDE, _WIDE, _NARROW = (0.5, 1.5, 2.5), (-1.5, -1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 1.5), (-0.5, 0.0, 0.5)
USUAL: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "totals": (_LONG, _SHORT),
    "home_totals": (_SIDE, (0.5,)),
    "away_totals": (_SIDE, (0.5,)),
    "asian_handicap": (_WIDE, _NARROW),
    "european_handicap": ((-1.0, 1.0), (-1.0, 1.0)),
    "corners_totals": ((8.5, 9.5, 10.0, 10.5, 11.5), ()),
    "corners_home_totals": ((4.5, 5.5), ()),
    "corners_away_totals": ((3.5, 4.5), ()),
    "corners_asian_handicap": ((-2.5, -1.5, -0.5, 0.5, 1.5), ()),
    "cards_totals": ((2.5, 3.5, 4.5, 5.5), ()),
    "cards_home_totals": ((1.5, 2.5), ()),
    "cards_away_totals": ((1.5, 2.5), ()),
    "cards_asian_handicap": ((-0.5, 0.0, 0.5), ()),
}
"""Lines of the whole match, and of a half."""


def main_markets(subject: str) -> tuple[MarketKey, ...]:
    """Return the markets on goals, corners or cards that are scored, in the catalogue's order.

    Parameters
    ----------
    subject : {"goals", "corners", "cards"}
    """
    return tuple(key for key in listed(subject) if key.period in PERIODS and _is_usual(key))


def quarter_hours() -> tuple[MarketKey, ...]:
    """Return markets on goals of parts of a match shorter than a half: all without a line, and over 0.5."""
    short = (key for key in listed("goals") if key.period not in PERIODS)
    return tuple(key for key in short if key.line in (None, 0.5))


def _is_usual(key: MarketKey) -> bool:
    if key.line is None or key.family not in USUAL:
        return True
    return key.line in USUAL[key.family][key.period != FULL_TIME]
