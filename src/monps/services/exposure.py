"""What open bets can lose together, and where they are."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from monps.domain.ledger import Bet
from monps.domain.risk import PortfolioRisk, VaRCalculation, net_odds
from monps.domain.stakes import VaRRequest
from monps.numerics.grid import ScoreGrid
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.backtest import require_agent
from monps.services.bankrolls import require_bankroll
from monps.services.live import forecast_fixtures
from monps.services.open_book import (
    Position,
    exposures_of,
    measure,
    poisson_grid,
    selection_of,
    share_of,
    total,
)
from monps.services.place import fixture_of
from monps.tables.quotes import QuoteTable


def risk_of_book(
    open_work: UnitOfWorkFactory, request: VaRRequest, *, now: datetime, forecaster: str = "dixon_coles"
) -> VaRCalculation:
    """Say what a bankroll's open bets, or positions that are given, can lose.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books and the history are.
    request : VaRRequest
        Whose bets, and how sure.
    now : datetime
        The present.
    forecaster : str
        By whose grids a bankroll's bets are looked at.

    Raises
    ------
    NotFoundError
        If there is no such bankroll.

    Notes
    -----
    Bets that the final score does not decide stand alone, with the chance that was noted when they were
    placed, or else the one that their odds imply.
    """
    book = _given(request)
    if request.bankroll is not None:
        with open_work() as work:
            require_bankroll(work, request.bankroll)
            book = _open(work, request.bankroll, now, forecaster)
    generator = np.random.default_rng(request.seed)
    return measure(book, request.confidence, generator, draws=request.simulations)


def open_exposure(
    open_work: UnitOfWorkFactory, bankroll: str, *, now: datetime, forecaster: str = "dixon_coles"
) -> PortfolioRisk:
    """Say what a bankroll has at stake on open bets, by match, day, competition and bookmaker.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books and the history are.
    bankroll : str
        Its name.
    now : datetime
        The present.
    forecaster : str
        By whose grids the bets are looked at.

    Raises
    ------
    NotFoundError
        If there is no such bankroll.
    """
    with open_work() as work:
        account = require_bankroll(work, bankroll)
        book = _open(work, bankroll, now, forecaster)
    wealth = account.balance + account.open_stakes
    found = measure(book, 0.95, np.random.default_rng(1))
    return PortfolioRisk(
        bankroll=wealth,
        staked=total(book),
        share=share_of(total(book), wealth),
        expected_profit=found.expected_profit,
        exposures=exposures_of(book, wealth),
        risk=found,
    )


def _given(request: VaRRequest) -> list[Position]:
    return [
        Position(
            each.match,
            selection_of(each),
            each.stake,
            net_odds(each.odds, each.commission),
            poisson_grid(each.home_goals, each.away_goals),
            1.0 / each.odds,
            each.day,
            each.competition,
            each.bookmaker,
        )
        for each in request.positions
    ]


def _open(work: UnitOfWork, bankroll: str, now: datetime, forecaster: str) -> list[Position]:
    """Return a bankroll's open bets, each with the grid of its match as it is forecast now."""
    bets = work.ledger.bets(bankroll, open_only=True)
    grids = _grids(work, bets, now, forecaster)
    return [
        Position(
            f"{bet.home} – {bet.away}",
            bet.backed,
            bet.stake,
            net_odds(float(bet.odds), float(bet.commission)),
            grids.get(bet.match_id),
            float(1 / bet.odds) if bet.probability is None else bet.probability,
            bet.kickoff.date(),
            bet.competition,
            bet.bookmaker,
        )
        for bet in bets
    ]


def _grids(work: UnitOfWork, bets: Sequence[Bet], now: datetime, forecaster: str) -> dict[int, ScoreGrid]:
    grids: dict[int, ScoreGrid] = {}
    agent, none = require_agent(forecaster), QuoteTable.from_quotes([])
    for code in sorted({bet.competition for bet in bets}):
        ids = sorted({bet.match_id for bet in bets if bet.competition == code})
        stored = [found for number in ids if (found := work.calendar.find(number, now)) is not None]
        fixtures = [(each.match_id, fixture_of(each)) for each in stored]
        if fixtures:
            said = forecast_fixtures(work, agent, fixtures, none, as_of=now)
            made = [number for (number, _), has in zip(fixtures, said.made.tolist(), strict=True) if has]
            grids |= {number: said.grid[place] for place, number in enumerate(made)}
    return grids
