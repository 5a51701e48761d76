"""Size bets: one, or all of a match together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

import numpy as np

from monps.domain.football import Fixture
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ledger import CENT
from monps.domain.risk import Bite, NoBet, PortfolioRisk, PositionSize, net_odds
from monps.domain.stakes import Funds, PortfolioRequest, PositionRequest
from monps.errors import NotEnoughData
from monps.markets.pricing import price
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.growth import expected_growth, expected_value, kelly_single, uncertainty_shrinkage
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.backtest import require_agent
from monps.services.history import require_competition, require_teams
from monps.services.live import forecast_fixtures
from monps.services.open_book import (
    NOTHING,
    Position,
    exposures_of,
    measure,
    money,
    poisson_grid,
    selection_of,
    share_of,
    total,
)
from monps.staking.controls import Account, Controlled, Slate, control
from monps.staking.portfolio import MatchBets, best_stakes
from monps.tables.quotes import QuoteTable


def size_position(request: PositionRequest) -> PositionSize:
    """Size one bet: a fraction of Kelly's stake, shrunk for uncertainty, under the limits.

    Parameters
    ----------
    request : PositionRequest
        The bet, the bankroll, and the limits.

    Returns
    -------
    PositionSize
        With the controls that bit, or with the reason why there is no bet.
    """
    odds = net_odds(request.odds, request.commission)
    value = float(expected_value(request.probability, odds))
    shrinkage = float(uncertainty_shrinkage(value, request.standard_error * odds))
    kelly = float(kelly_single(request.probability, odds))
    asked = np.array([request.fraction * shrinkage * kelly * float(request.funds.balance)])
    found = control(_slate(request.funds, asked), request.limits)
    stake = _cents(found.stakes[0])
    share = share_of(stake, request.funds.balance)
    decided = (1.0 - request.void) * np.array([request.probability, 1.0 - request.probability])
    growth = expected_growth([share], [[odds - 1.0, -1.0, 0.0]], [*decided, request.void])
    return PositionSize(
        bankroll=request.funds.balance,
        odds=request.odds,
        probability=request.probability,
        void=request.void,
        commission=request.commission,
        expected_value=value,
        kelly=kelly,
        fraction=request.fraction,
        shrinkage=shrinkage,
        share=share,
        stake=stake,
        growth=max(0.0, float(growth)),
        controls=tuple(_bites(asked, found, 0)),
        no_bet=_why_not(stake, value, found.bites),
    )


def size_portfolio(
    open_work: UnitOfWorkFactory, request: PortfolioRequest, *, now: datetime, forecaster: str = "brain"
) -> PortfolioRisk:
    """Size all bets on offer on one match together, exactly from its grid.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the fixture's history is read.
    request : PortfolioRequest
        The match, what is on offer, the bankroll, and the limits.
    now : datetime
        The present.
    forecaster : str
        Whose grid to take, where none is given by expected goals.

    Raises
    ------
    UnknownNameError
        If the competition, a team, a market or a selection is not known.
    UsageError
        If an offer is not settled on the final score.
    NotEnoughData
        If nothing of the competition was known, or the forecaster is silent.
    """
    bets = MatchBets(
        _grid(open_work, request, now, forecaster),
        tuple(selection_of(offer) for offer in request.offers),
        np.array([net_odds(offer.odds, offer.commission) for offer in request.offers]),
    )
    best = best_stakes([bets], np.random.default_rng(0))
    asked = request.fraction * best.stakes * float(request.funds.balance)
    found = control(_slate(request.funds, asked), request.limits)
    positions = tuple(_positions(request, bets, asked, found))
    return _portfolio(request, bets, positions)


def _portfolio(
    request: PortfolioRequest, bets: MatchBets, positions: Sequence[PositionSize]
) -> PortfolioRisk:
    wealth = request.funds.balance
    name = f"{request.home} – {request.away}" if request.home else "the match"
    book = [
        Position(name, selection, each.stake, float(odds), bets.grid, each.probability)
        for selection, odds, each in zip(bets.selections, bets.odds, positions, strict=True)
        if each.stake
    ]
    returns, chance = bets.outcomes()
    shares = np.array([each.share for each in positions])
    return PortfolioRisk(
        bankroll=wealth,
        staked=total(book),
        share=share_of(total(book), wealth),
        expected_profit=money(float(shares @ returns @ chance) * float(wealth)),
        growth=float(expected_growth(shares, returns, chance)),
        positions=tuple(positions),
        exposures=exposures_of(book, wealth),
        controls=tuple(bite for each in positions for bite in each.controls),
        risk=measure(book, request.confidence, np.random.default_rng(0)),
    )


def _positions(
    request: PortfolioRequest, bets: MatchBets, asked: Floats, found: Controlled
) -> Iterator[PositionSize]:
    sheet = price(bets.grid, tuple(dict.fromkeys(selection.market for selection in bets.selections)))
    for place, (offer, selection) in enumerate(zip(request.offers, bets.selections, strict=True)):
        chance = float(sheet.probability[0, sheet.places[selection]])
        value = float(expected_value(chance, bets.odds[place]))
        stake = _cents(found.stakes[place])
        yield PositionSize(
            bankroll=request.funds.balance,
            odds=offer.odds,
            probability=chance,
            void=float(sheet.void[0, sheet.places[selection]]),
            commission=offer.commission,
            expected_value=value,
            kelly=float(kelly_single(chance, bets.odds[place])),
            fraction=request.fraction,
            share=share_of(stake, request.funds.balance),
            stake=stake,
            controls=tuple(_bites(asked, found, place)),
            no_bet=_why_not(stake, value, {n: t for n, t in found.bites.items() if t[place] > 0}),
        )


def _grid(
    open_work: UnitOfWorkFactory, request: PortfolioRequest, now: datetime, forecaster: str
) -> ScoreGrid:
    if request.home_goals is not None and request.away_goals is not None:
        return poisson_grid(request.home_goals, request.away_goals)
    as_of = min(request.as_of or now, now)
    key = MatchKey(
        competition=request.competition or "",
        season=Season(start=_season(request.kickoff or now)),
        home=request.home or "",
        away=request.away or "",
    )
    with open_work() as work:
        competition = require_competition(work, key.competition)
        require_teams(work, competition, (key.home, key.away))
        fixture = Fixture(key=key, kickoff=request.kickoff or now)
        none = QuoteTable.from_quotes([])
        found = forecast_fixtures(work, require_agent(forecaster), [(-1, fixture)], none, as_of=as_of)
    if not found.made.all():
        raise NotEnoughData(f"{forecaster} has no forecast of {key.home} – {key.away}")
    return found.grid


def _season(kickoff: datetime) -> int:
    return kickoff.year - (kickoff.month < 7)  # noqa: PLR2004 - seasons begin in July


def _slate(funds: Funds, asked: Floats) -> Slate:
    balance = float(funds.balance)
    account = Account(
        balance=balance,
        wealth=balance,
        peak=float(funds.peak if funds.peak is not None else funds.balance),
        lost_today=float(funds.lost_today),
        staked_today=float(funds.staked_today),
    )
    same = np.zeros(len(asked), dtype=np.int64)
    return Slate(asked, same, same, account, float(funds.staked_on_match), float(funds.staked_on_competition))


def _cents(stake: float) -> Decimal:
    return Decimal(repr(float(stake))).quantize(CENT, ROUND_DOWN)


def _bites(asked: Floats, found: Controlled, place: int) -> Iterator[Bite]:
    before = float(asked[place])
    for name, taken in found.bites.items():
        after = before - float(taken[place])
        if money(after) < money(before):
            words = f"{name.replace('_', ' ')}: {money(before)} became {max(money(after), NOTHING)}"
            yield Bite(control=name, before=money(before), after=max(money(after), NOTHING), detail=words)
        before = after


def _why_not(stake: Decimal, value: float, bites: Mapping[str, Floats]) -> NoBet | None:
    if stake:
        return None
    if value <= 0:
        return NoBet(reason="no_edge", detail=f"the expected value is {value:+.1%}")
    if bites:
        return NoBet(reason="control", detail=f"nothing is left after {', '.join(bites)}")
    return NoBet(reason="no_stake", detail="the stake is below a cent, or other bets do the same better")
