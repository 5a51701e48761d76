"""Hold prices against a kept prediction: those that bookmakers offer, and those that somebody types in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

import numpy as np

from monps.domain.base import Noun
from monps.domain.market import MarketKey, Selection
from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM, QUOTED_SELECTIONS
from monps.domain.predictions import EnsemblePrediction, MarketPrediction
from monps.domain.risk import NoBet, PositionSize, Value, expected_value, net_odds
from monps.domain.stakes import Funds, Limits, PositionRequest
from monps.errors import PredictionNotFoundError
from monps.markets.catalogue import listed
from monps.markets.pricing import price
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.ports.repositories import StoredQuote
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.kept_grid import grid_of
from monps.services.risk import size_position
from monps.staking.value import NORMAL_95, ValueRule, tilted

BY_HAND = "by_hand"
_SUMMARIES = {CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM}
_CROWD = 3
_MOST_ERROR = 0.5
"""No probability is less certain than that."""

Typed = Mapping[Selection, float]


class CheckedPrice(Noun):
    """What odds are worth beside our price, and, where they are worth a bet, how much to stake."""

    value: Value
    position: PositionSize | None = None

    @property
    def no_bet(self) -> NoBet | None:
        """Why there is no bet, if there is none."""
        if self.value.no_bet is not None or self.position is None:
            return self.value.no_bet
        return self.position.no_bet


class Staking(NamedTuple):
    """Of which bankroll stakes are shares, what is asked of a price, and what one never stakes."""

    bankroll: Decimal
    rule: ValueRule = ValueRule()
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """Prices of one match by selection: the best that bookmakers offer, and those that were typed in."""

    offered: Mapping[Selection, CheckedPrice]
    typed: Mapping[Selection, CheckedPrice]


def check_prices(
    open_work: UnitOfWorkFactory,
    prediction: EnsemblePrediction,
    typed: Typed,
    staking: Staking,
    *,
    now: datetime,
) -> PriceCheck:
    """Say what prices of a match are worth, and what to stake.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where quotes are read.
    prediction : EnsemblePrediction
        Our own prices.
    typed : mapping of Selection to float
        Decimal odds that somebody was offered; what the prediction does not price is left out.
    staking : Staking
        What there is to stake, and what is asked of a price.
    now : datetime
        The present.
    """
    desk = _Desk(prediction, staking, now)
    with open_work() as work:
        known = [] if prediction.match_id is None else work.calendar.quotes([prediction.match_id], now)
    return PriceCheck(
        offered=dict(desk.check(_best_offers(known))),
        typed=dict(desk.check([_Offer(each, odds, BY_HAND, now) for each, odds in typed.items()])),
    )


def best_bet(
    open_work: UnitOfWorkFactory, prediction_id: str, staking: Staking, *, now: datetime
) -> CheckedPrice | None:
    """Return the most valuable of what bookmakers offer on a predicted match; None where all of it is no bet.

    Raises
    ------
    PredictionNotFoundError
        If there is no such prediction.
    """
    with open_work() as work:
        prediction = work.predictions.find(prediction_id)
    if prediction is None:
        raise PredictionNotFoundError(f"there is no prediction {prediction_id}")
    offered = check_prices(open_work, prediction, {}, staking, now=now).offered.values()
    worth = [each for each in offered if each.no_bet is None]
    return max(worth, key=lambda each: each.value.expected_value, default=None)


@dataclass(frozen=True, slots=True)
class _Offer:
    """One selection at one bookmaker's odds; ``crowd`` is the median of all bookmakers, if they are a few."""

    backed: Selection
    odds: float
    bookmaker: str
    quoted_at: datetime
    crowd: float | None = None


@dataclass(frozen=True, slots=True)
class _Chance:
    """Our price of a selection, with the expected part that is void and the standard error, where known."""

    price: MarketPrediction
    void: float
    error: float | None


@dataclass(frozen=True)
class _Desk:
    """Prices one match."""

    prediction: EnsemblePrediction
    staking: Staking
    now: datetime

    @property
    def rule(self) -> ValueRule:
        return self.staking.rule

    def check(self, offers: Sequence[_Offer]) -> Iterator[tuple[Selection, CheckedPrice]]:
        chances = _chances(self.prediction, {offer.backed for offer in offers})
        for offer in offers:
            if offer.backed in chances:
                yield offer.backed, self._checked(offer, chances[offer.backed])

    def _checked(self, offer: _Offer, chance: _Chance) -> CheckedPrice:
        value = self._value(offer, chance)
        if value.no_bet is not None:
            return CheckedPrice(value=value)
        return CheckedPrice(value=value, position=_sized(value, chance.error or 0.0, self.staking))

    def _value(self, offer: _Offer, chance: _Chance) -> Value:
        commission = self.rule.commission.get(offer.bookmaker, 0.0)
        p, net = chance.price.probability, net_odds(offer.odds, commission)
        worth = expected_value(p, offer.odds, commission)
        spread = NORMAL_95 * (chance.error or 0.0) * net
        return Value(
            **self.prediction.model_dump(include={"match_id", "competition", "home", "away", "kickoff"}),
            **offer.backed.market._asdict(),
            selection=offer.backed.name,
            bookmaker=offer.bookmaker,
            odds=offer.odds,
            quoted_at=offer.quoted_at,
            probability=p,
            void=chance.void,
            commission=commission,
            fair_odds=chance.price.fair_odds,
            implied=1.0 / offer.odds,
            expected_value=worth,
            interval=(worth - spread, worth + spread),
            kelly=max(0.0, worth / (net - 1.0)),
            no_bet=self._refusal(offer, worth, chance.error, net),
        )

    def _refusal(self, offer: _Offer, worth: float, error: float | None, net: float) -> NoBet | None:
        least, hours = self.rule.least_value, self.rule.oldest_hours
        if self.now - offer.quoted_at > timedelta(hours=hours):
            return NoBet(reason="stale_quote", detail=f"the quote is older than {hours:g} hours")
        if offer.crowd is not None and offer.odds - 1.0 > self.rule.anomalous * (offer.crowd - 1.0):
            return NoBet(
                reason="anomalous_quote",
                detail=f"odds of {offer.odds:g} are far above the median bookmaker's {offer.crowd:g}",
            )
        if worth <= least:
            return NoBet(
                reason="no_edge", detail=f"an expected value of {worth:+.1%} does not clear {least:.1%}"
            )
        if error is None:
            return NoBet(reason="uncertain", detail="nothing tells how uncertain our price of this is")
        if worth - self.rule.caution * error * net <= least:
            return NoBet(
                reason="uncertain",
                detail=f"the expected value, {worth:+.1%} ± {error * net:.1%}, may not clear {least:.1%}",
            )
        return None


def _sized(value: Value, error: float, staking: Staking) -> PositionSize:
    """Size the bet as if it were the only one."""
    return size_position(
        PositionRequest(
            funds=Funds(balance=staking.bankroll),
            probability=value.probability,
            odds=value.odds,
            void=value.void,
            standard_error=min(error, _MOST_ERROR),
            commission=value.commission,
            limits=staking.limits,
        )
    )


def _best_offers(known: Sequence[StoredQuote]) -> list[_Offer]:
    """Return each selection's best odds; of a book's revisions the latest counts."""
    latest = {(q.bookmaker, q.market, q.line): q for q in (stored.quote for stored in known)}
    by_selection: dict[Selection, list[tuple[float, str, datetime]]] = defaultdict(list)
    for quote in latest.values():
        if quote.bookmaker not in _SUMMARIES:
            key = MarketKey(quote.market, quote.line)
            for name, odds in zip(QUOTED_SELECTIONS[quote.market], quote.odds, strict=True):
                by_selection[Selection(key, name)].append((odds, quote.bookmaker, quote.known_at))
    return [_best(backed, rows) for backed, rows in by_selection.items()]


def _best(backed: Selection, rows: Sequence[tuple[float, str, datetime]]) -> _Offer:
    crowd = median(odds for odds, *_ in rows) if len(rows) >= _CROWD else None
    return _Offer(backed, *max(rows), crowd)


def _chances(prediction: EnsemblePrediction, wanted: set[Selection]) -> dict[Selection, _Chance]:
    """Find our own prices of the wanted selections, those that we have."""
    priced = {_backed(each): each for each in prediction.markets}
    found = [each for each in priced if each in wanted]
    on_goals = set(listed())
    told = [each for each in found if each.market in on_goals]
    voids, errors = _spread(prediction, grid_of(prediction), told) if told else ((), ())
    known = dict(zip(told, zip(voids, errors, strict=True), strict=True))
    return {each: _Chance(priced[each], *known.get(each, (0.0, None))) for each in found}


def _spread(
    prediction: EnsemblePrediction, grid: ScoreGrid, backed: Sequence[Selection]
) -> tuple[list[float], list[float]]:
    """Return each selection's void part, and its probability's standard error, from those of the goals."""
    markets = tuple(dict.fromkeys(each.market for each in backed))
    sheet = price(grid, markets)
    columns = [sheet.column(each) for each in backed]
    pairs = (
        (prediction.home_goals_error, prediction.home_goals),
        (prediction.away_goals_error, prediction.away_goals),
    )
    steps = [error / goals if goals > 0 else 0.0 for error, goals in pairs]
    moved = [
        _moved(grid, shift, markets)[columns] - sheet.probability[0, columns]
        for shift in ((steps[0], 0.0), (0.0, steps[1]))
    ]
    return sheet.void[0, columns].tolist(), np.hypot(*moved).tolist()


def _moved(grid: ScoreGrid, shift: tuple[float, float], markets: Sequence[MarketKey]) -> Floats:
    home, away = (np.array([each]) for each in shift)
    moved: Floats = price(tilted(grid, home, away), tuple(markets)).probability[0]
    return moved


def _backed(each: MarketPrediction) -> Selection:
    return Selection(MarketKey(each.family, each.line, each.period), each.selection)
