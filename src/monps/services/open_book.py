"""Positions that are open, put together by match, and what they can lose."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

import numpy as np

from monps.domain.ledger import CENT
from monps.domain.market import MarketKey, Selection
from monps.domain.risk import Exposure, VaRCalculation
from monps.domain.stakes import OfferedBet
from monps.markets.catalogue import market
from monps.markets.timing import FULL_TIME
from monps.markets.views import FullTime
from monps.numerics.conway_maxwell import conway_maxwell_grid
from monps.numerics.grid import ScoreGrid
from monps.staking.exposure import Entry, OpenBet, OpenMatch, book_risk
from monps.staking.portfolio import MatchBets

NOTHING = Decimal("0.00")
Kind = Literal["match", "day", "competition", "bookmaker"]
_LABELS: dict[Kind, Callable[["Position"], str]] = {
    "match": lambda position: position.match,
    "day": lambda position: str(position.day or "?"),
    "competition": lambda position: position.competition or "?",
    "bookmaker": lambda position: position.bookmaker or "?",
}


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """One open bet.

    Parameters
    ----------
    match : str
        Which match; bets on the same one hang together.
    selection : Selection
        What was backed.
    stake : Decimal
        Money.
    odds : float
        Net decimal odds.
    grid : ScoreGrid or None
        Of the match alone; None where nobody forecasts it.
    chance : float
        Of winning, for a bet that the grid does not decide.
    day, competition, bookmaker
        Where it belongs, as far as is known.
    """

    match: str
    selection: Selection
    stake: Decimal
    odds: float
    grid: ScoreGrid | None
    chance: float
    day: date | None = None
    competition: str | None = None
    bookmaker: str | None = None

    @property
    def is_decided_by_score(self) -> bool:
        """Whether the final score decides it."""
        key = self.selection.market
        return key.period == FULL_TIME and isinstance(market(key).view, FullTime)


def measure(
    book: Sequence[Position], confidence: float, generator: np.random.Generator, *, draws: int = 20_000
) -> VaRCalculation:
    """Measure what a book can lose, exactly where its outcomes can be listed.

    Parameters
    ----------
    book : sequence of Position
        Bets on different matches are independent.
    confidence : float
        Of the value at risk.
    generator : numpy.random.Generator
        Draws where there is too much to list.
    draws : int
        How many.
    """
    found = book_risk(list(_entries(book)), confidence, generator, draws)
    tail = found.tail
    return VaRCalculation(
        confidence=confidence,
        bets=len(book),
        staked=total(book),
        expected_profit=money(tail.mean),
        var=money(tail.var),
        cvar=money(tail.cvar),
        worst=money(tail.worst),
        chance_of_loss=min(1.0, max(0.0, tail.chance_of_loss)),
        method=found.method,
        outcomes=found.outcomes,
    )


def exposures_of(book: Sequence[Position], bankroll: Decimal) -> tuple[Exposure, ...]:
    """Return what is staked on each match, day, competition and bookmaker, and the most that it may lose.

    Parameters
    ----------
    book : sequence of Position
        The open bets.
    bankroll : Decimal
        What the stakes are a share of.
    """
    return tuple(
        Exposure(
            kind=kind,
            name=name,
            bets=len(positions),
            staked=total(positions),
            share=share_of(total(positions), bankroll),
            worst=money(_worst(positions)),
        )
        for kind, label in _LABELS.items()
        for name, positions in _grouped(book, label)
    )


def total(book: Iterable[Position]) -> Decimal:
    """Return what is staked."""
    return sum((position.stake for position in book), NOTHING)


def money(amount: float) -> Decimal:
    """Return an amount to the cent."""
    return Decimal(repr(float(amount))).quantize(CENT) + NOTHING  # no minus before 0.00


def share_of(amount: Decimal, bankroll: Decimal) -> float:
    """Return an amount as a share of a bankroll; 0 of an empty one."""
    return float(amount / bankroll) if bankroll else 0.0


def poisson_grid(home_goals: float, away_goals: float) -> ScoreGrid:
    """Return the grid of one match from expected goals alone."""
    return conway_maxwell_grid(np.array([home_goals]), np.array([away_goals]), np.zeros(1), np.ones(1))


def selection_of(offer: OfferedBet) -> Selection:
    """Return what is on offer, as the markets know it."""
    return Selection(MarketKey(offer.family, offer.line, offer.period), offer.selection)


def _grouped(
    book: Sequence[Position], label: Callable[[Position], str]
) -> Iterator[tuple[str, list[Position]]]:
    for name, positions in groupby(sorted(book, key=label), key=label):
        yield name, list(positions)


def _entries(book: Sequence[Position]) -> Iterator[Entry]:
    """Put the bets that one grid decides together, and leave the others alone."""
    for _, positions in _grouped(book, _LABELS["match"]):
        together = [each for each in positions if each.grid is not None and each.is_decided_by_score]
        if together and together[0].grid is not None:
            selections = tuple(each.selection for each in together)
            odds, stakes = (
                np.array(column) for column in zip(*((e.odds, float(e.stake)) for e in together), strict=True)
            )
            yield OpenMatch(MatchBets(together[0].grid, selections, odds), stakes)
        yield from (
            OpenBet(each.chance, each.odds, float(each.stake)) for each in positions if each not in together
        )


def _worst(positions: Sequence[Position]) -> float:
    """Return the sum of what each independent part can lose at most."""
    return float(-sum(entry.profits()[0].min() for entry in _entries(positions)) / 100.0)
