"""The open book: what it may lose, exactly where its outcomes can be listed, else by drawing them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.numerics.tail_risk import TailRisk, drawn_sum, sum_of_independent, tail_risk
from monps.staking.portfolio import MatchBets

Method = Literal["exact", "simulated"]


class Entry(Protocol):
    """Something that ends independently of all else in the book."""

    def profits(self) -> tuple[Ints, Floats]:
        """Return what comes of each outcome in whole cents, and the outcomes' chances, each of shape (u,)."""
        ...


class OpenBet(NamedTuple):
    """One bet that no grid decides.

    Parameters
    ----------
    chance : float
        Of winning.
    odds, stake : float
        Net decimal odds, and money.
    """

    chance: float
    odds: float
    stake: float

    def profits(self) -> tuple[Ints, Floats]:
        """Return what a win and a loss come to in whole cents, and their chances, each of shape (2,)."""
        cents = np.rint(100.0 * self.stake * np.array([self.odds - 1.0, -1.0]))
        return cents.astype(np.int64), np.array([self.chance, 1.0 - self.chance])


class OpenMatch(NamedTuple):
    """Stakes on one match.

    Parameters
    ----------
    bets : MatchBets
        What was backed, at which odds.
    stakes : ndarray, shape (k,)
        In money.
    """

    bets: MatchBets
    stakes: Floats

    def profits(self) -> tuple[Ints, Floats]:
        """Return what comes of each outcome in whole cents, and the outcomes' chances, each of shape (u,)."""
        returns, chance = self.bets.outcomes()
        cents = np.rint(100.0 * self.stakes[:, None] * returns).sum(axis=0)
        return cents.astype(np.int64), chance


class BookRisk(NamedTuple):
    """What a book may lose, in money.

    Parameters
    ----------
    tail : TailRisk
        In money.
    method : str
        ``"exact"`` or ``"simulated"``.
    outcomes : int
        How many were listed or drawn.
    """

    tail: TailRisk
    method: Method
    outcomes: int


def exact_risk(book: Sequence[Entry], confidence: float) -> BookRisk | None:
    """Measure the risk of a book by listing all its outcomes.

    Parameters
    ----------
    book : sequence of Entry
        Independent of each other.
    confidence : float
        Of the value at risk.

    Returns
    -------
    BookRisk or None
        None where there are too many outcomes to be listed.
    """
    listed = sum_of_independent(*_unzipped(book))
    if listed is None:
        return None
    sums, chance = listed
    return BookRisk(tail_risk(sums / 100.0, chance / chance.sum(), confidence), "exact", len(sums))


def simulated_risk(
    book: Sequence[Entry], confidence: float, generator: np.random.Generator, draws: int = 20_000
) -> BookRisk:
    """Measure the risk of a book by drawing its outcomes.

    Parameters
    ----------
    book : sequence of Entry
        Independent of each other.
    confidence : float
        Of the value at risk.
    generator : numpy.random.Generator
    draws : int
        How many outcomes.
    """
    drawn = drawn_sum(*_unzipped(book), generator, draws)
    return BookRisk(tail_risk(drawn / 100.0, np.full(draws, 1.0 / draws), confidence), "simulated", draws)


def book_risk(
    book: Sequence[Entry], confidence: float, generator: np.random.Generator, draws: int = 20_000
) -> BookRisk:
    """Measure the risk of a book, exactly if its outcomes can be listed.

    Parameters
    ----------
    book, confidence, generator, draws
        As for :func:`simulated_risk`.
    """
    return exact_risk(book, confidence) or simulated_risk(book, confidence, generator, draws)


def _unzipped(book: Sequence[Entry]) -> tuple[list[Ints], list[Floats]]:
    rows = [each.profits() for each in book]
    return [cents for cents, _ in rows], [chance for _, chance in rows]
