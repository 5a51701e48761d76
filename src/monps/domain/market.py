"""Markets as nouns: which question, on which line; the rules that settle them live in ``monps.markets``."""

from typing import NamedTuple


class MarketKey(NamedTuple):
    """One market: its family, the line if it has one, and the period it is settled on.

    Examples
    --------
    >>> str(MarketKey("totals", 2.5))
    'totals 2.5'
    >>> str(MarketKey("asian_handicap", -0.25, period="first_half"))
    'first_half asian_handicap -0.25'
    """

    family: str
    line: float | None = None
    period: str = "full_time"

    def __str__(self) -> str:
        period = "" if self.period == "full_time" else f"{self.period} "
        line = "" if self.line is None else f" {self.line:g}"
        return f"{period}{self.family}{line}"


class Selection(NamedTuple):
    """One thing one can back in a market: ``over`` in ``totals 2.5``."""

    market: MarketKey
    name: str

    def __str__(self) -> str:
        return f"{self.market}: {self.name}"
