"""Prices as people read them: by heading and market, ours beside the bookmakers' and the reader's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from monps.domain.market import MarketKey, Selection
from monps.domain.predictions import MarketPrediction
from monps.errors import UsageError
from monps.services.price_check import CheckedPrice
from monps.web.naming import GROUPS, OTHER_GROUP, group_of

FIELD = "odds~"
"""What the names of fields for prices begin with."""
_MAIN: dict[str, tuple[float | None, ...]] = {
    "match_result": (None,),
    "double_chance": (None,),
    "draw_no_bet": (None,),
    "totals": (1.5, 2.5, 3.5),
    "both_teams_to_score": (None,),
    "asian_handicap": (-1.0, -0.5, 0.0, 0.5, 1.0),
}
_FULL_TIME = "full_time"
_LEAST, _MOST = 1.0, 10_000.0


class PriceRow(NamedTuple):
    """One selection: its price, the odds it is offered at, and what the reader typed."""

    selection: Selection
    probability: float
    fair_odds: float | None
    offered: CheckedPrice | None
    typed: str
    assessed: CheckedPrice | None
    refused: bool

    @property
    def field(self) -> str:
        """The name of the field for a price."""
        return field_of(self.selection)

    @property
    def judged(self) -> CheckedPrice | None:
        """The reader's price where there is one, else the best offered."""
        return self.assessed or (None if self.typed else self.offered)


class PriceTable(NamedTuple):
    """One market."""

    key: MarketKey
    rows: tuple[PriceRow, ...]


class PriceGroup(NamedTuple):
    """Markets under one heading."""

    heading: str
    tables: tuple[PriceTable, ...]

    @property
    def size(self) -> int:
        """How many selections there are."""
        return sum(len(table.rows) for table in self.tables)


class Prices(NamedTuple):
    """What is known of prices besides the forecast: the best offered, those typed in, what they are worth."""

    offered: Mapping[Selection, CheckedPrice] = {}
    typed: Mapping[str, str] = {}
    assessed: Mapping[Selection, CheckedPrice] = {}


def field_of(selection: Selection) -> str:
    """Name the field for a selection's price.

    Examples
    --------
    >>> field_of(Selection(MarketKey("totals", 2.5), "over"))
    'odds~totals~2.5~full_time~over'
    """
    family, line, period = selection.market
    return f"{FIELD}{family}~{'' if line is None else f'{line:g}'}~{period}~{selection.name}"


def selection_of(field: str) -> Selection:
    """Read a selection back from the name of its field.

    Raises
    ------
    UsageError
        If it is no such name.
    """
    parts = field.removeprefix(FIELD).split("~", 3)
    try:
        family, line, period, name = parts
        return Selection(MarketKey(family, float(line) if line else None, period), name)
    except ValueError as error:
        raise UsageError(f"{field!r} names no selection") from error


def read_odds(text: str) -> float | None:
    """Read decimal odds as people type them; None if they are none.

    Examples
    --------
    >>> read_odds("2,10"), read_odds(" 2.1 "), read_odds("1.0"), read_odds("evens")
    (2.1, 2.1, None, None)
    """
    try:
        odds = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return odds if _LEAST < odds <= _MOST else None


def price_groups(
    markets: Sequence[MarketPrediction],
    prices: Prices,
    keep: Callable[[MarketPrediction], bool] = lambda _: True,
) -> tuple[PriceGroup, ...]:
    """Set prices out under their headings.

    Parameters
    ----------
    markets : sequence of MarketPrediction
        Selections of one market next to each other.
    prices : Prices
        What is offered and typed.
    keep : callable
        Which selections are shown.
    """
    tables = list(_tables(filter(keep, markets), prices))
    headings = [*GROUPS, OTHER_GROUP]
    found = {heading: [t for t in tables if group_of(t.key.family) == heading] for heading in headings}
    return tuple(PriceGroup(heading, tuple(listed)) for heading, listed in found.items() if listed)


def is_main(price: MarketPrediction) -> bool:
    """Whether it is one of the prices that most people ask for."""
    return price.period == _FULL_TIME and price.line in _MAIN.get(price.family, ())


def is_asked(prices: Prices) -> Callable[[MarketPrediction], bool]:
    """Return what keeps the main prices, and those that somebody offers or typed in."""
    fields = {name for name, text in prices.typed.items() if text}

    def keep(price: MarketPrediction) -> bool:
        selection = backed(price)
        return is_main(price) or selection in prices.offered or field_of(selection) in fields

    return keep


def backed(price: MarketPrediction) -> Selection:
    """Return what a price is for."""
    return Selection(MarketKey(price.family, price.line, price.period), price.selection)


def _tables(markets: Iterator[MarketPrediction], prices: Prices) -> Iterator[PriceTable]:
    for key, chosen in groupby(markets, key=lambda price: backed(price).market):
        yield PriceTable(key, tuple(_row(price, prices) for price in chosen))


def _row(price: MarketPrediction, prices: Prices) -> PriceRow:
    selection = backed(price)
    typed = prices.typed.get(field_of(selection), "").strip()
    return PriceRow(
        selection=selection,
        probability=price.probability,
        fair_odds=price.fair_odds,
        offered=prices.offered.get(selection),
        typed=typed,
        assessed=prices.assessed.get(selection),
        refused=bool(typed) and read_odds(typed) is None,
    )
