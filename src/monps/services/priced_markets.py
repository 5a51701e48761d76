"""The price list of a prediction, beside the prices that somebody was offered."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from monps.domain.base import Moment, Noun
from monps.domain.market import MarketKey, Selection
from monps.domain.predictions import OVERLAPPING, EnsemblePrediction, MarketPrediction
from monps.domain.risk import Money, Value
from monps.errors import UnknownNameError, UsageError
from monps.numerics.overround import remove_margin
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import require_prediction
from monps.services.price_check import CheckedPrice, Staking, check_prices
from monps.tables.encode import nearest_names

OFFERED = r"^(?:[a-z_]+/)?[a-z0-9_]+(?::[+-]?\d+(?:\.\d+)?)?:[A-Za-z0-9_ .+-]+@\d+(?:\.\d+)?$"
"""How an offer is written: ``[period/]family[:line]:selection@odds``."""

_FULL_TIME = "full_time"


class PricedSelection(MarketPrediction):
    """Our price of a selection, and what the odds on offer are worth beside it, where there are any."""

    offer: CheckedPrice | None = None


class PricedMarkets(Noun):
    """The coherent price list of one prediction; stakes are of ``bankroll``."""

    prediction_id: str
    computed_at: Moment
    bankroll: Money
    markets: tuple[PricedSelection, ...]


def price_markets(
    open_work: UnitOfWorkFactory,
    prediction_id: str,
    offered: Sequence[str] = (),
    *,
    bankroll: Decimal,
    now: datetime,
) -> PricedMarkets:
    """Return the whole price list of a prediction, with the worth of what is on offer.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the prediction is.
    prediction_id : str
        Which one.
    offered : sequence of str
        Prices that somebody was offered: ``match_result:home@2.10``, ``totals:2.5:over@1.95``,
        ``first_half/totals:0.5:under@3.2``.
    bankroll : Decimal
        Of which stakes are shares.
    now : datetime
        The present.

    Raises
    ------
    PredictionNotFoundError
        If there is none of this number.
    UnknownNameError
        If something is on offer that the prediction does not price, with the nearest that it does.
    UsageError
        If an offer makes no sense.
    """
    with open_work() as work:
        kept = require_prediction(work, prediction_id)
    prediction = EnsemblePrediction.model_validate_json(kept.payload)
    typed = dict(map(read_offer, offered))
    _require_priced(prediction, typed)
    checked = check_prices(open_work, prediction, typed, Staking(bankroll), now=now).typed
    siblings = Counter(_backed(each).market for each in prediction.markets)
    found = with_edges(checked, typed, siblings)
    return PricedMarkets(
        prediction_id=prediction_id,
        computed_at=prediction.computed_at,
        bankroll=bankroll,
        markets=tuple(
            PricedSelection(**dict(each), offer=found.get(_backed(each))) for each in prediction.markets
        ),
    )


def read_offer(text: str) -> tuple[Selection, float]:
    """Read a price that somebody was offered.

    Raises
    ------
    UsageError
        If it is not written as it should be, or the odds are 1 or less.

    Examples
    --------
    >>> read_offer("totals:2.5:over@1.95")
    (Selection(market=MarketKey(family='totals', line=2.5, period='full_time'), name='over'), 1.95)
    >>> str(read_offer("first_half/match_result:draw@2.2")[0])
    'first_half match_result: draw'
    """
    named, _, price = text.rpartition("@")
    period, _, market = named.rpartition("/")
    parts = market.split(":")
    try:
        odds, line = float(price), float(parts[1]) if len(parts) == _WITH_LINE else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no offer: write it as totals:2.5:over@1.95") from error
    if len(parts) not in {2, _WITH_LINE} or not 1 < odds <= _HIGHEST_ODDS:
        raise UsageError(f"{text!r} is no offer: write it as totals:2.5:over@1.95, with odds above 1")
    return Selection(MarketKey(parts[0], line, period or _FULL_TIME), parts[-1]), odds


_WITH_LINE, _HIGHEST_ODDS = 3, 10_000


def with_edges(
    checked: Mapping[Selection, CheckedPrice],
    typed: Mapping[Selection, float],
    siblings: Mapping[MarketKey, int],
) -> dict[Selection, CheckedPrice]:
    """Add the edge over the margin-free price where a whole market is on offer; else no margin is known.

    Parameters
    ----------
    checked : mapping of Selection to CheckedPrice
        What the offers are worth.
    typed : mapping of Selection to float
        The offers.
    siblings : mapping of MarketKey to int
        How many selections each market has.
    """
    by_market: dict[MarketKey, list[Selection]] = defaultdict(list)
    for each in typed:
        by_market[each.market].append(each)
    found = dict(checked)
    for key, selections in by_market.items():
        odds = [typed[each] for each in selections]
        whole = key.family not in OVERLAPPING and 1 < len(selections) == siblings[key]
        if whole and sum(1.0 / each for each in odds) >= 1.0:
            fairly = remove_margin([odds]).probabilities[0].tolist()
            for each, fair in zip(selections, fairly, strict=True):
                found[each] = _with_edge(found[each], fair)
    return found


def _with_edge(price: CheckedPrice, fair: float) -> CheckedPrice:
    value = dict(price.value) | {"fair_implied": fair, "edge": price.value.probability - fair}
    return CheckedPrice(value=Value(**value), position=price.position)


def _require_priced(prediction: EnsemblePrediction, typed: Mapping[Selection, float]) -> None:
    priced = {_backed(each) for each in prediction.markets}
    for each in typed:
        if each not in priced:
            raise UnknownNameError("selection", str(each), nearest_names(str(each), [str(p) for p in priced]))


def _backed(each: MarketPrediction) -> Selection:
    return Selection(MarketKey(each.family, each.line, each.period), each.selection)
