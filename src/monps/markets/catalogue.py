"""Look up markets, and list them with their rules."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from monps.domain.market import MarketKey, Selection
from monps.domain.price_list import Menu
from monps.errors import UnknownNameError
from monps.markets import MARKETS
from monps.markets.base import Market
from monps.markets.facts import Facts
from monps.numerics.checks import Floats


class CatalogueRow(NamedTuple):
    """One listed market.

    Parameters
    ----------
    family : str
        As in ``MarketKey``.
    line : float or None
        Likewise.
    period : str
        Likewise.
    selections : tuple of str
        What one can back.
    rule : str
        How it settles, in words.
    """

    family: str
    line: float | None
    period: str
    selections: tuple[str, ...]
    rule: str


def market(key: MarketKey) -> Market:
    """Return the market of a key, whether its line is listed or not.

    Parameters
    ----------
    key : MarketKey
        Family, line and period.

    Raises
    ------
    UnknownNameError
        If there is no such family or period.
    UsageError
        If the family has no such line.

    Examples
    --------
    >>> market(MarketKey("asian_handicap", -7.25)).rule.selections
    ('home', 'away')
    """
    if key.family not in MARKETS:
        raise _unknown("market", key.family, MARKETS)
    return MARKETS[key.family].market(key.line, key.period)


@cache
def listed(subject: str = "goals") -> tuple[MarketKey, ...]:
    """Return the keys of all listed markets on one thing that is counted.

    Parameters
    ----------
    subject : str
        ``"goals"``, ``"corners"`` or ``"cards"``.

    Raises
    ------
    UnknownNameError
        If nothing else is counted.
    """
    subjects = {family.subject for family in MARKETS.values()}
    if subject not in subjects:
        raise UnknownNameError("subject", subject, sorted(subjects))
    return tuple(key for family in MARKETS.values() if family.subject == subject for key in family.listed())


@cache
def menu(*subjects: str) -> Menu:
    """Return all listed selections on some things that are counted, one after the other.

    Parameters
    ----------
    *subjects : str
        ``"goals"``, ``"corners"`` or ``"cards"``.

    Raises
    ------
    UnknownNameError
        If nothing else is counted.
    """
    markets = (market(key) for subject in subjects for key in listed(subject))
    return Menu(selection for each in markets for selection in each.selections)


def catalogue() -> list[CatalogueRow]:
    """Return every listed market with its selections and its rule in words."""
    markets = [market(key) for family in MARKETS.values() for key in family.listed()]
    return [CatalogueRow(*each.key, each.rule.selections, each.describe()) for each in markets]


def settle(selection: Selection, facts: Facts) -> Floats:
    """Settle a unit stake on a selection for n matches.

    Parameters
    ----------
    selection : Selection
        What was backed.
    facts : Facts
        What happened.

    Returns
    -------
    ndarray, shape (n,)
        In {-1, -½, 0, ½, 1}: lost, half lost, void, half won, won; NaN where the facts are not known.

    Raises
    ------
    UnknownNameError
        If there is no such market or selection.

    Examples
    --------
    >>> under = Selection(MarketKey("totals", 2.25), "under")
    >>> settle(under, Facts.of_scores([1, 1, 2], [0, 1, 1])).tolist()
    [1.0, 0.5, -1.0]
    """
    of = market(selection.market)
    names = of.rule.selections
    if selection.name not in names:
        raise _unknown("selection", selection.name, names)
    settled: Floats = of.settle(facts)[names.index(selection.name)]
    return settled


def _unknown(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    from monps.tables.encode import nearest_names  # noqa: PLC0415 - only an error needs it

    return UnknownNameError(kind, name, nearest_names(name, known))
