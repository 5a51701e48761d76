"""Bookmakers' prices.

Quotes come by the million, so they are plain named tuples; whoever makes one has checked it by column
(odds above 1, the book's implied probabilities summing to at least 1).
"""

from datetime import datetime
from typing import NamedTuple

QUOTED_SELECTIONS: dict[str, tuple[str, ...]] = {
    "match_result": ("home", "draw", "away"),
    "totals": ("over", "under"),
    "asian_handicap": ("home", "away"),
    "both_teams_to_score": ("yes", "no"),
}
"""The order in which ``OddsQuote.odds`` lists a market's selections."""

CONSENSUS_MAXIMUM = "maximum"
CONSENSUS_AVERAGE = "average"
EXCHANGE_SUFFIX = "_exchange"


class OddsQuote(NamedTuple):
    """One bookmaker's decimal odds for all selections of one market at one moment.

    ``market`` is a key of ``QUOTED_SELECTIONS``; ``line`` is from the home side's view for handicaps.
    ``bookmaker`` is a lower-case name (``"pinnacle"``); the provider's own summaries over bookmakers are
    ``"average"`` and ``"maximum"``, and only the latter may imply less than 1 in sum, since no single
    book offered it. ``closing`` marks the last prices before kick-off. ``known_at`` is aware UTC.
    """

    bookmaker: str
    market: str
    line: float | None
    closing: bool
    odds: tuple[float, ...]
    known_at: datetime
